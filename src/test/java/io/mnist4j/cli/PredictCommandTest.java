package io.mnist4j.cli;

import static io.mnist4j.cli.Mnist4jProcess.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.digits.PenDigits;
import io.mnist4j.digits.Photo;
import io.mnist4j.digits.Rendering;
import io.mnist4j.digits.StrokesDigit;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.commons.io.output.BrokenOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** What {@code predict} reads in people's pictures, and how it says it. */
class PredictCommandTest {
  /** What is written on the strip; the last three digits touch. */
  private static final String STRIP = "31415926";

  @TempDir static Path shared;
  @TempDir Path directory;
  private static Path model;
  private static Path strip;
  private Path seven;

  @BeforeAll
  static void photographStrip() throws Exception {
    model = TrainedRuns.strokesModel();
    strip = shared.resolve("strip.jpg");
    BufferedImage photo =
        Photo.of(
            900,
            300,
            Photo.PAPER,
            true,
            9,
            sheet -> {
              sheet.rotate(-0.03, 450, 150);
              double x = 60;
              for (int i = 0; i < STRIP.length(); i++) {
                int digit = STRIP.charAt(i) - '0';
                PenDigits.draw(sheet, digit, x, 90 + i % 3 * 6, 110, 9, Photo.BALLPOINT);
                x += i < 5 ? 90 : 67;
              }
            });
    ImageIO.write(photo, "jpg", strip.toFile());
  }

  @BeforeEach
  void photographSeven() throws Exception {
    seven = directory.resolve("seven.jpg");
    BufferedImage photo =
        Photo.of(
            640,
            480,
            Photo.PAPER,
            true,
            4,
            sheet -> PenDigits.draw(sheet, 7, 300, 130, 200, 13, Photo.BALLPOINT));
    ImageIO.write(photo, "jpg", seven.toFile());
  }

  @Test
  void readsEveryFormatAndLook() throws Exception {
    for (Rendering look : Rendering.values()) {
      Path folder = Files.createDirectories(directory.resolve("looks").resolve(look.name()));
      for (int i = 0; i < 20; i++) {
        // The format is told from the content; some names say nothing of it.
        Files.write(
            folder.resolve(StrokesDigit.label(i) + "-" + i + ".png"),
            look.file(StrokesDigit.of(i), new Random(i)));
      }
    }
    Result result = predict("looks/**", "--format", "csv");
    assertEquals(0, result.exitCode(), result.stderr());
    assertEquals("", result.stderr());
    Map<Rendering, Integer> right = new EnumMap<>(Rendering.class);
    List<String> rows = result.stdout().lines().toList();
    assertEquals("file,x,y,width,height,digit,probability,0,1,2,3,4,5,6,7,8,9", rows.get(0));
    assertEquals(20 * Rendering.values().length, rows.size() - 1);
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split(",", -1);
      assertEquals(17, cells.length, row);
      Path file = Path.of(cells[0]);
      String digit = file.getFileName().toString().substring(0, 1);
      Rendering look = Rendering.valueOf(file.getParent().getFileName().toString());
      right.merge(look, cells[5].equals(digit) ? 1 : 0, Integer::sum);
      assertEquals(cells[6], cells[7 + Integer.parseInt(cells[5])], row);
    }
    right.forEach((look, count) -> assertTrue(count >= 18, look + ": " + count + " of 20"));
  }

  @Test
  void formatsSayTheSame() throws Exception {
    JsonNode json = json(predict("seven.jpg", "--format", "jsonl"));
    assertEquals("seven.jpg", json.get("file").asText());
    assertEquals("7", json.get("digit").asText());
    assertEquals(10, json.get("probabilities").size());
    double sum = 0;
    for (JsonNode probability : json.get("probabilities")) {
      sum += probability.asDouble();
    }
    assertEquals(1, sum, 1e-5);
    assertEquals(json.get("probability"), json.get("probabilities").get("7"));
    assertEquals(300, json.get("box").get("x").asInt(), 12);
    assertEquals(200, json.get("box").get("height").asInt(), 20);

    String probability = "%.4f".formatted(json.get("probability").asDouble());
    assertEquals("seven.jpg: 7 (" + probability + ")\n", predict("seven.jpg").stdout());
    String three = predict("seven.jpg", "--top", "3").stdout();
    assertTrue(
        three.matches("seven\\.jpg: 7 \\(0\\.\\d{4}\\)(, \\d \\(0\\.\\d{4}\\)){2}\n"), three);
    assertEquals(
        3,
        json(predict("seven.jpg", "--top", "3", "--format", "json")).get("probabilities").size());
  }

  /** A name from somebody else's archive neither moves the cursor nor adds a line. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it knows no such names")
  void namesOfFilesDoNothingToTheTerminal() throws Exception {
    Path named = directory.resolve("named");
    Files.createDirectory(named);
    Files.copy(seven, named.resolve("\033[2J\nzero: 0 (1.0000) .jpg"));
    Result result = predict("named");
    assertEquals(0, result.exitCode(), result.stderr());
    assertTrue(
        result.stdout().startsWith("named/\\x1b[2J\\x0azero: 0 (1.0000) .jpg: 7 ("),
        result.stdout());
    assertEquals(1, result.stdout().lines().count());
  }

  @Test
  void standardInputIsReadOnce() throws Exception {
    Result result =
        new CommandLineRun(directory).input(seven).run("predict", "-m", model.toString(), "-");
    assertEquals(0, result.exitCode(), result.stderr());
    assertTrue(result.stdout().startsWith("-: 7 ("), result.stdout());

    Path nothing = Files.createFile(directory.resolve("nothing"));
    Result empty =
        new CommandLineRun(directory).input(nothing).run("predict", "-m", model.toString(), "-");
    assertEquals(3, empty.exitCode());
    assertEquals("mnist4j: standard input: is empty\n", empty.stderr());
  }

  @Test
  void stripIsReadWholeIncludingDigitsThatTouch() throws Exception {
    Result result = predict(strip.toString(), "--segment", "--format", "jsonl");
    JsonNode json = json(result);
    assertEquals(STRIP, json.get("digits").asText(), result.stdout());
    int last = -1;
    for (JsonNode found : json.get("found")) {
      assertTrue(found.get("box").get("x").asInt() > last, result.stdout());
      last = found.get("box").get("x").asInt();
    }
    String text = predict(strip.toString(), "--segment").stdout();
    assertTrue(text.startsWith(strip + ": " + STRIP + " (0."), text);

    Result largest = predict(strip.toString());
    assertEquals(0, largest.exitCode());
    assertTrue(largest.stderr().contains("digits were found, and the largest was read"));
  }

  @Test
  void showDrawsWhatTheNetworkSees() throws Exception {
    List<String> lines = predict("seven.jpg", "--show").stdout().lines().toList();
    assertEquals(1 + 30, lines.size());
    assertEquals("┌" + "─".repeat(56) + "┐", lines.get(1));
    // The bar of the seven is wide and its foot narrow.
    long[] ink =
        lines.subList(2, 30).stream()
            .mapToLong(l -> l.chars().filter(c -> c == '█').count())
            .toArray();
    assertTrue(Arrays.stream(ink, 4, 12).max().orElse(0) > 16, Arrays.toString(ink));
    assertTrue(Arrays.stream(ink, 18, 26).max().orElse(99) < 10, Arrays.toString(ink));
    // Data stays data.
    Result json = predict("seven.jpg", "--show", "--format", "jsonl");
    assertEquals("7", json(json).get("digit").asText());
    assertTrue(json.stderr().contains("█"), json.stderr());
  }

  @Test
  void explanationsArePicturesOnePerDigit() throws Exception {
    Result result = predict(strip.toString(), "seven.jpg", "--segment", "--explain", "why");
    assertEquals(0, result.exitCode(), result.stderr());
    List<String> names = new ArrayList<>(List.of("seven.png", "strip.png"));
    for (int i = 2; i <= STRIP.length(); i++) {
      names.add("strip-" + i + ".png");
    }
    try (Stream<Path> files = Files.list(directory.resolve("why"))) {
      assertEquals(
          names.stream().sorted().toList(),
          files.map(f -> f.getFileName().toString()).sorted().toList());
    }
    BufferedImage why = ImageIO.read(directory.resolve("why/seven.png").toFile());
    int orange = 0;
    int blue = 0;
    for (int y = 12; y < 292; y++) {
      for (int x = 596; x < 876; x++) {
        int rgb = why.getRGB(x, y);
        int redder = (rgb >> 16 & 0xff) - (rgb & 0xff);
        orange += redder > 60 ? 1 : 0;
        blue += redder < -60 ? 1 : 0;
      }
    }
    assertTrue(orange > 500 && blue > 20, orange + " orange, " + blue + " blue");
  }

  @Test
  void whatCannotBeReadIsNamedAndTheRestIsRead() throws Exception {
    byte[] photo = Files.readAllBytes(seven);
    Files.write(directory.resolve("cut.jpg"), Arrays.copyOf(photo, photo.length / 2));
    Files.writeString(directory.resolve("text.png"), "hello");
    Files.createFile(directory.resolve("empty.png"));
    Files.createDirectory(directory.resolve("folder"));
    Result result =
        predict("cut.jpg", "text.png", "empty.png", "gone.png", "folder", "*.tif", "seven.jpg");
    assertEquals(3, result.exitCode());
    List<String> beginnings =
        List.of(
            "mnist4j: cut.jpg: a damaged JPEG file",
            "mnist4j: text.png: not a picture",
            "mnist4j: empty.png: is empty",
            "mnist4j: gone.png: no such file",
            "mnist4j: folder: no PNG, JPEG, GIF, BMP or TIFF file in this folder",
            "mnist4j: *.tif: no file matches");
    List<String> errors = result.stderr().lines().toList();
    assertEquals(beginnings.size(), errors.size(), result.stderr());
    for (int i = 0; i < beginnings.size(); i++) {
      assertTrue(errors.get(i).startsWith(beginnings.get(i)), errors.get(i));
    }
    assertTrue(result.stdout().startsWith("seven.jpg: 7 ("), result.stdout());
    assertEquals(1, result.stdout().lines().count());
  }

  @Test
  void blankPictureHoldsNoDigit() throws Exception {
    BufferedImage blank = Photo.of(300, 200, Photo.PAPER, false, 1, sheet -> {});
    ImageIO.write(blank, "png", directory.resolve("blank.png").toFile());
    Result result = predict("blank.png");
    assertEquals(0, result.exitCode(), result.stderr());
    assertEquals("blank.png: none (no digit was found)\n", result.stdout());
    assertTrue(json(predict("blank.png", "--format", "jsonl")).get("digit").isNull());
    assertEquals(
        "", json(predict("blank.png", "--segment", "--format", "jsonl")).get("digits").asText());
  }

  @Test
  void wrongUse() throws Exception {
    assertRefused(predict("--top", "0", "seven.jpg"), 2, "--top must be at least 1, not 0");
    assertRefused(predict("--segment", "--as-is", "seven.jpg"), 2, "give one of them");
    String model = TrainedRuns.strokes().resolve("runs/m/model.zip").toString();
    assertRefused(predict(model), 2, model + " is a model, not a picture: name it with --model");
    assertRefused(predict("model.zip"), 3, "model.zip: no such file");
    assertRefused(predict(), 2, "FILE is missing");
    CommandLineRun without = new CommandLineRun(directory);
    assertRefused(without.run("predict", "seven.jpg"), 3, "train one with `mnist4j train`");
    assertRefused(predict("--explain", "seven.jpg", seven.toString()), 3, "cannot write seven.jpg");
  }

  @Test
  void takesTheNewestModelOfTheFolder() throws Exception {
    Result result = new CommandLineRun(TrainedRuns.strokes()).run("predict", seven.toString());
    assertEquals(0, result.exitCode(), result.stderr());
    assertEquals("Model: " + Path.of("runs/m/model.zip") + "\n", result.stderr());
    assertTrue(result.stdout().startsWith(seven + ": 7 ("), result.stdout());
  }

  @Test
  void readsWithModelsOfOtherPrograms() throws Exception {
    for (String file : List.of("keras3-mlp.h5", "keras3-bytes.h5", "dl4j-0.9.1-cnn.zip")) {
      String other = Path.of("src/test/resources/models", file).toAbsolutePath().toString();
      Result result = new CommandLineRun(directory).run("predict", "-m", other, "seven.jpg");
      assertEquals(0, result.exitCode(), result.stderr());
      assertTrue(result.stdout().startsWith("seven.jpg: 7 ("), file + ": " + result.stdout());
    }
  }

  @Test
  void saysThatStdoutDidNotTakeThePredictions() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    for (String format : List.of("text", "jsonl", "csv")) {
      err.reset();
      int exitCode =
          Main.run(
              new String[] {
                "predict", "-m", model.toString(), "--format", format, seven.toString()
              },
              InputStream.nullInputStream(),
              new PrintStream(BrokenOutputStream.INSTANCE, false, StandardCharsets.UTF_8),
              new PrintStream(err, false, StandardCharsets.UTF_8));
      assertEquals(3, exitCode, format);
      assertEquals(
          "mnist4j: cannot write the result to stdout: the stream is closed or broken",
          err.toString(StandardCharsets.UTF_8).strip());
    }
  }

  private Result predict(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("predict", "-m", model.toString()));
    all.addAll(List.of(arguments));
    return new CommandLineRun(directory).run(all.toArray(String[]::new));
  }

  private static JsonNode json(Result result) throws Exception {
    assertEquals(0, result.exitCode(), result.stderr());
    assertEquals(1, result.stdout().lines().count(), result.stdout());
    return new ObjectMapper().readTree(result.stdout());
  }

  @Test
  void whatIsLessSureThanAskedForIsNone() throws Exception {
    assertEquals("seven.jpg: 7", told("seven.jpg", "--reject", "0.5").substring(0, 12));
    String none = told("seven.jpg", "--reject", "1");
    assertEquals("seven.jpg: none (what was found is not surely a digit)\n", none);
    assertRefused(
        predict("seven.jpg", "--reject", "2"), 2, "--reject must be from 0 to 1, not 2.0");
    assertRefused(
        predict("seven.jpg", "--reject", "0.5", "--format", "kaggle"), 2, "wants a label for each");
  }

  private String told(String... options) throws Exception {
    Result result = predict(options);
    assertEquals(0, result.exitCode(), result.stderr());
    return result.stdout();
  }
}
