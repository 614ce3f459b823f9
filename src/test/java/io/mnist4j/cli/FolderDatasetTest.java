package io.mnist4j.cli;

import static io.mnist4j.cli.Mnist4jProcess.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.data.catalogue.FileRole;
import io.mnist4j.data.idx.IdxFixture;
import io.mnist4j.model.Provenance;
import io.mnist4j.model.archive.ModelArchive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** {@code train} and {@code evaluate} on people's own data, and on parts of it. */
class FolderDatasetTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;
  private Path folder;

  @BeforeEach
  void makeDataset() throws Exception {
    folder = IdxFixture.write(directory.resolve("my # rows"), IdxFixture.rows(800, 160, 8, 6));
  }

  @Test
  void trainsEvaluatesAndRepeatsFromItsFiles() throws Exception {
    Files.writeString(folder.resolve("classes.txt"), "a\nb\nc\nd\ne\nf\ng\nh\u202e\n");
    Result trained = run("train", "--dataset", "./my # rows", "--epochs", "3");
    assertEquals(0, trained.exitCode(), trained.stderr());
    assertTrue(
        trained
            .stderr()
            .startsWith("Training on my---rows: 800 images, 160 to validate and to test; "),
        trained.stderr());
    assertTrue(trained.stdout().contains("on 160 my---rows images"), trained.stdout());
    Path run = directory.resolve("runs/default-my---rows-1");
    assertTrue(accuracy(run) > 0.9, trained.stdout());
    Provenance provenance = provenance(run);
    assertEquals(List.of("a", "b", "c", "d", "e", "f", "g", "h\u202e"), provenance.labels());
    assertEquals(8, provenance.height());
    assertEquals(6, provenance.width());
    assertEquals(
        IdxFixture.sha256(Files.readAllBytes(folder.resolve("t10k-labels-idx1-ubyte"))),
        provenance.datasetSha256().get("t10k-labels-idx1-ubyte"));

    // From another working directory: the files hold the absolute path.
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Result again =
        new CommandLineRun(elsewhere)
            .run("train", "--config", run.resolve("config.yaml").toString(), "--name", "again");
    assertEquals(0, again.exitCode(), again.stderr());
    assertEquals(
        ModelArchive.read(run.resolve("model.zip")).network().params(),
        ModelArchive.read(elsewhere.resolve("runs/again/model.zip")).network().params());
    Result evaluated =
        new CommandLineRun(elsewhere)
            .run("evaluate", run.resolve("model.zip").toString(), "--format", "json");
    assertEquals(0, evaluated.exitCode(), evaluated.stderr());
    JsonNode evaluation = JSON.readTree(evaluated.stdout());
    assertEquals(accuracy(run), evaluation.get("test-accuracy").asDouble());
    assertEquals("h\u202e", evaluation.get("classes").get(7).get("name").asText());
    String text = run("evaluate", run.resolve("model.zip").toString(), "--plot").stdout();
    assertTrue(text.contains("\nh\\u202e "), text);
    assertFalse(text.contains("\u202e"), "what turns the rest of a line around is shown");
  }

  @Test
  void partOfTheClassesWithImagesSetAside() throws Exception {
    Result trained =
        run(
            "train",
            "--dataset",
            folder.toString(),
            "--epochs",
            "2",
            "--name",
            "part",
            "--set",
            "data.classes=[7, 2]",
            "--set",
            "data.validation=0.2",
            "--set",
            "data.limit=100");
    assertEquals(0, trained.exitCode(), trained.stderr());
    assertTrue(
        trained
            .stderr()
            .startsWith("Training on my---rows: 100 images, 40 to validate, 40 to test; "),
        trained.stderr());
    Path run = directory.resolve("runs/part");
    assertEquals(List.of("7", "2"), provenance(run).labels());
    JsonNode summary = JSON.readTree(run.resolve("summary.json").toFile());
    assertEquals(40, summary.get("images").asInt());
    Result evaluated = run("evaluate", run.resolve("model.zip").toString(), "--format", "json");
    assertEquals(0, evaluated.exitCode(), evaluated.stderr());
    JsonNode evaluation = JSON.readTree(evaluated.stdout());
    assertEquals(40, evaluation.get("images").asInt());
    assertEquals(summary.get("test-accuracy"), evaluation.get("test-accuracy"));
  }

  @Test
  void brokenFoldersAreRefused() throws Exception {
    assertRefused(train("none/"), 3, "none: no such folder");
    Files.writeString(folder.resolve("classes.txt"), "a\nb\n");
    assertRefused(
        train("my # rows"), 3, "classes.txt: expected 8 names, for labels 0 to 7, found 2");
    Files.delete(folder.resolve("classes.txt"));
    Map<FileRole, byte[]> other = IdxFixture.rows(800, 160, 8, 5);
    IdxFixture.write(folder, Map.of(FileRole.TEST_IMAGES, other.get(FileRole.TEST_IMAGES)));
    assertRefused(train("my # rows"), 3, "expected images of 8x6 as in train-images-idx3-ubyte");
    Files.delete(folder.resolve("train-labels-idx1-ubyte"));
    assertRefused(
        train("my # rows"), 3, "not a complete data set: missing train-labels-idx1-ubyte");
    assertRefused(train("no-such-folder"), 2, "unknown data set 'no-such-folder'");
    assertRefused(train(""), 2, "unknown data set ''");
  }

  @Test
  void selectionsThatCannotBeAreRefused() throws Exception {
    String rows = folder.toString();
    assertRefused(train(rows, "data.classes=[9, 1]"), 2, "unknown class '9' (there are 0, 1, 2");
    assertRefused(train(rows, "data.classes=[1]"), 2, "data.classes must be at least two");
    assertRefused(train(rows, "data.limit=5"), 2, "data.limit must be at least 8, an image of");
    assertRefused(train(rows, "data.limit=-5"), 2, "data.limit must be 0 (all) or more");
    assertRefused(
        train(rows, "data.validation=0.6"), 2, "data.validation must be auto, test, or a");
    assertRefused(train(rows, "data.validation=1e-5"), 2, "leaves none to validate with");
  }

  private Result train(String dataset, String... settings) throws Exception {
    return settings.length == 0
        ? run("train", "--dataset", dataset)
        : run("train", "--dataset", dataset, "--set", settings[0]);
  }

  private Result run(String... args) throws Exception {
    return new CommandLineRun(directory).run(args);
  }

  private static double accuracy(Path run) throws Exception {
    return JSON.readTree(run.resolve("summary.json").toFile()).get("test-accuracy").asDouble();
  }

  private static Provenance provenance(Path run) throws Exception {
    return ModelArchive.read(run.resolve("model.zip")).provenance();
  }
}
