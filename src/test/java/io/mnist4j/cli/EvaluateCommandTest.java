package io.mnist4j.cli;

import static io.mnist4j.cli.Mnist4jProcess.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.data.catalogue.FileRole;
import io.mnist4j.data.idx.IdxFixture;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** What {@code evaluate} says, draws and writes of a small model. */
class EvaluateCommandTest {
  private static final int HEIGHT = 4;
  private static final int WIDTH = 6;
  private static final int TEST_IMAGES = 80;
  private static final int IDX_HEADER = 16;

  @TempDir static Path shared;
  @TempDir Path directory;
  private static Map<FileRole, byte[]> rows;
  private static String model;
  private static JsonNode evaluation;

  @BeforeAll
  static void trainOnce() throws Exception {
    rows = IdxFixture.rows(400, TEST_IMAGES, HEIGHT, WIDTH);
    Path folder = IdxFixture.write(shared.resolve("rows"), rows);
    Files.writeString(folder.resolve("classes.txt"), "top\nsecond\nthird\nbottom, or last\n");
    Result trained =
        new CommandLineRun(shared)
            .run("train", "--dataset", "./rows", "--epochs", "2", "--lr", "0.0018", "--name", "m");
    assertEquals(0, trained.exitCode(), trained.stderr());
    model = shared.resolve("runs/m/model.zip").toString();
    Result evaluated =
        new CommandLineRun(shared).run("evaluate", model, "--format", "json", "-o", "figures");
    assertEquals(0, evaluated.exitCode(), evaluated.stderr());
    evaluation = new ObjectMapper().readTree(evaluated.stdout());
  }

  @Test
  void figuresAgreeWithEachOther() {
    JsonNode matrix = evaluation.get("confusion-matrix");
    JsonNode classes = evaluation.get("classes");
    assertEquals(4, matrix.size());
    int right = 0;
    double f1 = 0;
    for (int i = 0; i < 4; i++) {
      int support = 0;
      int said = 0;
      for (int j = 0; j < 4; j++) {
        support += matrix.get(i).get(j).asInt();
        said += matrix.get(j).get(i).asInt();
      }
      int hits = matrix.get(i).get(i).asInt();
      right += hits;
      assertEquals(TEST_IMAGES / 4, support);
      assertEquals(support, classes.get(i).get("support").asInt());
      assertEquals((double) hits / support, classes.get(i).get("recall").asDouble(), 1e-12);
      assertEquals((double) hits / said, classes.get(i).get("precision").asDouble(), 1e-12);
      JsonNode interval = classes.get(i).get("recall-interval");
      assertTrue(interval.get(0).asDouble() < classes.get(i).get("recall").asDouble());
      f1 += classes.get(i).get("f1").asDouble() / 4;
    }
    assertTrue(right > TEST_IMAGES / 2 && right < TEST_IMAGES, "mistakes are to be seen: " + right);
    assertEquals((double) right / TEST_IMAGES, evaluation.get("test-accuracy").asDouble(), 1e-12);
    assertEquals(f1, evaluation.get("macro-f1").asDouble(), 1e-12);
    double top3 = evaluation.get("top3-accuracy").asDouble();
    assertTrue(top3 >= evaluation.get("test-accuracy").asDouble() && top3 <= 1);
    JsonNode interval = evaluation.get("top3-accuracy-interval");
    assertTrue(interval.get(0).asDouble() <= top3 && top3 <= interval.get(1).asDouble());
    assertTrue(interval.get(1).asDouble() - interval.get(0).asDouble() > 0.01, "few images");
    double error = evaluation.get("calibration-error").asDouble();
    assertTrue(error > 0 && error < 1);
    assertEquals("bottom, or last", classes.get(3).get("name").asText());
  }

  @Test
  void filesSayTheSame() throws Exception {
    Path figures = shared.resolve("figures");
    String json = Files.readString(figures.resolve("evaluation.json"));
    assertEquals(evaluation, new ObjectMapper().readTree(json.replace(shared + "/", "")));
    List<String> classes = Files.readAllLines(figures.resolve("classes.csv"));
    assertEquals(5, classes.size());
    assertTrue(classes.get(4).startsWith("\"bottom, or last\",20,"), classes.get(4));
    List<String> confusion = Files.readAllLines(figures.resolve("confusion.csv"));
    assertEquals("class,top,second,third,\"bottom, or last\"", confusion.get(0));
    assertEquals("top," + join(evaluation.get("confusion-matrix").get(0)), confusion.get(1));
    int right = (int) Math.round(TEST_IMAGES * evaluation.get("test-accuracy").asDouble());
    assertEquals(
        1 + TEST_IMAGES - right, Files.readAllLines(figures.resolve("mistakes.csv")).size());
    String text = Files.readString(figures.resolve("evaluation.txt"));
    assertTrue(text.contains("\nWorst class: " + evaluation.get("worst-class").asText() + " (F1 "));
  }

  @Test
  void drawsWithBlocks() throws Exception {
    Result result = evaluate("--plot");
    assertEquals(0, result.exitCode(), result.stderr());
    for (String title :
        List.of(
            "Training loss",
            "Validation accuracy",
            "Recall of each class",
            "The most confident mistakes")) {
      assertTrue(result.stdout().contains("\n" + title), result.stdout());
    }
    assertTrue(result.stdout().matches("(?s).*[▁▂▃▄▅▆▇█]{5}.*"), result.stdout());
    assertTrue(result.stdout().matches("(?s).*\nsaid [^\n]+\nis [^\n]+\n.*"), result.stdout());
    assertTrue(result.stdout().lines().allMatch(line -> line.length() <= 80), result.stdout());
    Result json = evaluate("--plot", "--format", "json");
    assertEquals(2, json.exitCode());
    assertEquals("", json.stdout());
  }

  @Test
  void accuracyThatWasAskedForIsJudged() throws Exception {
    double accuracy = evaluation.get("test-accuracy").asDouble();
    assertEquals(0, evaluate("--min-accuracy", String.valueOf(accuracy)).exitCode());
    Result missed = evaluate("--min-accuracy", "0.9999");
    assertEquals(4, missed.exitCode());
    assertTrue(missed.stdout().contains("Test accuracy: "), "the figures are still said");
    assertEquals(
        "mnist4j: the test accuracy %s misses --min-accuracy 0.9999".formatted(accuracy),
        missed.stderr().strip());
    assertEquals(2, evaluate("--min-accuracy", "NaN").exitCode());
  }

  @Test
  void trainingIsJudgedToo() throws Exception {
    List<String> command =
        List.of("train", "--dataset", shared.resolve("rows") + "/", "--quiet", "--no-report");
    Result missed =
        run(command, "--epochs", "1", "--lr", "0.001", "--name", "m", "--min-accuracy", "1");
    assertEquals(4, missed.exitCode(), missed.stderr());
    assertTrue(missed.stderr().contains("misses --min-accuracy 1.0"), missed.stderr());
    assertTrue(Files.exists(directory.resolve("runs/m/model.zip")), "the model is saved");
    // A run that is finished is judged by what it came to.
    Result again = run(List.of("train"), "--resume", "runs/m", "--quiet", "--min-accuracy", "1");
    assertEquals(4, again.exitCode(), again.stderr());
    assertEquals(0, run(List.of("train"), "--resume", "runs/m", "--quiet").exitCode());
    assertEquals(2, run(command, "--min-accuracy", "98").exitCode());
  }

  @Test
  void picturesSortedByClass() throws Exception {
    Path pictures = Files.createDirectory(directory.resolve("pictures"));
    // By name and by number; light on dark and dark on light; and what does not belong there.
    writeImages(pictures.resolve("top"), 0, false);
    writeImages(pictures.resolve("2"), 2, true);
    Files.createDirectory(pictures.resolve(".hidden"));
    Files.writeString(pictures.resolve("top/.DS_Store"), "x");
    Files.writeString(pictures.resolve("top/notes.txt"), "x");
    Result result = evaluate("--dataset", "./pictures", "--format", "json", "-o", "figures");
    assertEquals(0, result.exitCode(), result.stderr());
    JsonNode found = new ObjectMapper().readTree(result.stdout());
    assertEquals("pictures", found.get("dataset").asText());
    assertEquals(TEST_IMAGES / 2, found.get("images").asInt());
    for (int label : new int[] {0, 2}) {
      assertEquals(
          evaluation.get("confusion-matrix").get(label), found.get("confusion-matrix").get(label));
    }
    assertTrue(found.get("classes").get(1).get("recall").isNull());
    List<String> mistakes = Files.readAllLines(directory.resolve("figures/mistakes.csv"));
    assertTrue(mistakes.size() > 1, "nothing to name");
    assertTrue(mistakes.get(1).matches("(top|2)[/\\\\]\\d+\\.png,.*"), mistakes.get(1));

    Path broken = Files.writeString(pictures.resolve("2/broken.png"), "no picture");
    Result some = evaluate("--dataset", "./pictures");
    assertEquals(0, some.exitCode(), some.stderr());
    assertTrue(
        some.stderr()
            .contains(
                "1 picture left out that cannot be read; the first: "
                    + broken.subpath(broken.getNameCount() - 3, broken.getNameCount())),
        some.stderr());
    assertTrue(some.stderr().contains("1 hidden file left out"), some.stderr());
    Files.delete(broken);
    Files.delete(pictures.resolve("top/.DS_Store"));
    writeImages(pictures.resolve("fifth"), 3, false);
    assertRefused(
        evaluate("--dataset", "./pictures"), 3, "its class 'fifth' is no class of the model");
  }

  /** The test images of a class, as picture files. */
  private static void writeImages(Path folder, int label, boolean darkOnLight) throws Exception {
    Files.createDirectory(folder);
    byte[] pixels = rows.get(FileRole.TEST_IMAGES);
    for (int image = label; image < TEST_IMAGES; image += 4) {
      BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < HEIGHT * WIDTH; i++) {
        int tone = Byte.toUnsignedInt(pixels[IDX_HEADER + image * HEIGHT * WIDTH + i]);
        int shown = darkOnLight ? 255 - tone : tone;
        picture.setRGB(i % WIDTH, i / WIDTH, shown << 16 | shown << 8 | shown);
      }
      ImageIO.write(picture, "png", folder.resolve(image + ".png").toFile());
    }
  }

  private static String join(JsonNode numbers) {
    List<String> all = new ArrayList<>();
    numbers.forEach(number -> all.add(number.asText()));
    return String.join(",", all);
  }

  private Result evaluate(String... options) throws Exception {
    return run(List.of("evaluate", model), options);
  }

  private Result run(List<String> command, String... options) throws Exception {
    return new CommandLineRun(directory)
        .run(Stream.concat(command.stream(), Stream.of(options)).toArray(String[]::new));
  }
}
