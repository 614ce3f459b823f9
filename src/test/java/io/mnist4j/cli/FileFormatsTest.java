package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.data.idx.IdxFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/reference/files.md names every file and column, and what the last version wrote is read. */
class FileFormatsTest {
  private static final Path FIXTURES = Path.of("src/test/resources/v0.2.0");
  private static final String EXPERIMENT =
      "data: {dataset: '%s'}\nmodel: {layers: [{dense: {units: 4}}]}\n";

  @TempDir Path directory;

  private Result run(String... args) throws Exception {
    Result result = new CommandLineRun(directory).run(args);
    assertEquals(0, result.exitCode(), String.join(" ", args) + "\n" + result.stderr());
    return result;
  }

  @Test
  void thePageNamesEveryFileAndColumn() throws Exception {
    Path data = IdxFixture.write(directory.resolve("rows"), IdxFixture.rows(200, 40, 6, 6));
    String experiment = EXPERIMENT.formatted(data);
    write("base.yaml", experiment);
    write("sweep.yaml", "base: base.yaml\ntrials: 2\nspace: {training.batch-size: [8, 16]}\n");
    write("federation.yaml", experiment + "clients: {iid: {count: 3}}\nrounds: 2\n");
    write(
        "groups.csv",
        IntStream.range(0, 40)
            .mapToObj(i -> "%d,%s,w%d\n".formatted(i, i % 2 == 0 ? "a" : "b", i % 8))
            .collect(Collectors.joining("", "index,hand,writer\n", "")));
    String base = directory.resolve("base.yaml").toString();
    run("train", "--config", base, "--name", "a", "--patience", "1", "--tensorboard");
    run("train", "--config", base, "--name", "r", "--repeat", "2", "--epochs", "1");
    run("sweep", directory.resolve("sweep.yaml").toString(), "--name", "s");
    run("federate", directory.resolve("federation.yaml").toString(), "--name", "f");
    run(
        "evaluate",
        "runs/a",
        "--output",
        "test",
        "--groups",
        directory.resolve("groups.csv").toString());
    run("evaluate", "runs/a", "--predictions", directory.resolve("said.csv").toString());
    run("data", "issues", data.toString(), "--output", "found", "--config", base);
    run("report", "runs/a", "runs/r/1");

    String page = Files.readString(Path.of("docs/reference/files.md"));
    List<String> unnamed = new ArrayList<>();
    List<Path> files = files();
    for (Path file : files) {
      String name = file.getFileName().toString().replaceAll("tfevents\\..*", "tfevents.*");
      if (!page.contains(name) && !name.endsWith(".svg")) {
        unnamed.add(file.toString());
      }
      if (name.endsWith(".csv") && !name.equals("confusion.csv")) {
        String header = Files.readAllLines(file).get(0);
        Stream.of(header.replaceAll("probability-\\d+", "probability-CLASS").split(",", -1))
            .filter(column -> !column.equals("training.batch-size") && !page.contains(column))
            .forEach(column -> unnamed.add(file + ": " + column));
      }
    }
    assertEquals(List.of(), unnamed);
    assertTrue(files.size() > 40, "files found: " + files.size());
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  /** What the commands wrote. */
  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.getParent().equals(directory))
          .filter(file -> !file.startsWith(directory.resolve("rows")))
          .toList();
    }
  }

  @Test
  void aFederationGoesOn() throws Exception {
    PathUtils.copyDirectory(FIXTURES.resolve("federation"), directory.resolve("f"));
    List<String> before = Files.readAllLines(directory.resolve("f/rounds.csv"));
    run("federate", "--resume", "f", "--rounds", "4");
    List<String> after = Files.readAllLines(directory.resolve("f/rounds.csv"));
    assertEquals(before, after.subList(0, 4));
    assertEquals(5, after.size());
    assertEquals("0.227000", before.get(3).split(",", -1)[1]);
  }

  @Test
  void repeatedRunsGoOn() throws Exception {
    PathUtils.copyDirectory(FIXTURES.resolve("repeat"), directory.resolve("r"));
    String result = run("train", "--resume", "r", "--repeat", "3").stdout();
    assertTrue(result.contains("of 3 runs"), result);
    String json = Files.readString(directory.resolve("r/repeat.json"));
    assertTrue(json.contains("\"test-accuracy\" : 0.1492"), json);
  }

  @Test
  void issuesAreLeftOut() throws Exception {
    Path issues = FIXTURES.resolve("issues.csv").toAbsolutePath();
    Result result =
        run("train", "--dataset", "strokes", "--exclude", issues.toString(), "--dry-run");
    String all = result.stdout() + result.stderr();
    assertTrue(all.contains("on strokes: 59,985 images"), all);
  }
}
