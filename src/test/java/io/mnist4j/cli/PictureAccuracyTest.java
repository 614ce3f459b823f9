package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.data.ImageSet;
import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.data.store.RealMnist;
import io.mnist4j.digits.PageBenchmark;
import io.mnist4j.digits.Rendering;
import io.mnist4j.digits.Strips;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * How much of the real MNIST {@code predict} reads when its test images come as pictures of other
 * looks, and as strips. {@code -Dpictures=500} takes more of each, for the figures of the
 * documents; {@code -Dpictures.model=FILE} reads them by another model than the default network's.
 */
class PictureAccuracyTest {
  private static final int PICTURES = Integer.getInteger("pictures", 25);

  @TempDir static Path directory;
  private static ImageSet mnist;

  @BeforeAll
  static void readImages() throws Exception {
    if (RealMnist.isPresent()) {
      mnist = RealMnist.test();
    }
  }

  /**
   * Pages of paper of many kinds, by many pens and cameras. {@code -Dpages.turn=2
   * -Dpages.seed=1000} are combinations and seeds that nobody looked at while the finder was made.
   */
  @Test
  void pagesOfAnyKind() throws Exception {
    Map<String, PageBenchmark.Score> scores =
        PageBenchmark.create()
            .run(
                Integer.getInteger("pages.turn", 0),
                Math.max(1, PICTURES / 25),
                Integer.getInteger("pages.seed", 1));
    assertTrue(scores.get("all").share() > 0.92, scores.toString());
    scores.forEach((kind, score) -> assertTrue(score.share() > 0.8, kind + ": " + score));
  }

  @Test
  @EnabledIf(value = "io.mnist4j.data.store.RealMnist#isPresent", disabledReason = RealMnist.ABSENT)
  void digitsOfAnyLook() throws Exception {
    for (Rendering look : Rendering.values()) {
      Path folder = Files.createDirectories(directory.resolve("looks").resolve(look.name()));
      for (int i = 0; i < PICTURES; i++) {
        byte[] file = look.file(image(i), new Random(i));
        Files.write(folder.resolve(i + "-" + mnist.label(i) + ".png"), file);
      }
    }
    Map<String, Integer> read = read("looks/**", "digit");
    assertEquals(Rendering.values().length, read.size());
    read.forEach((look, hits) -> assertTrue(hits >= 0.94 * PICTURES, look + ": " + hits));
  }

  @Test
  @EnabledIf(value = "io.mnist4j.data.store.RealMnist#isPresent", disabledReason = RealMnist.ABSENT)
  void strips() throws Exception {
    Map<Strips, Double> least =
        Map.of(Strips.APART, 0.85, Strips.TOUCHING, 0.8, Strips.OVERLAPPING, 0.45);
    for (Strips kind : Strips.values()) {
      Path folder = Files.createDirectories(directory.resolve("strips").resolve(kind.name()));
      Random random = new Random(5);
      for (int i = 0; i < PICTURES; i++) {
        int[] images = random.ints(2 + random.nextInt(4), 0, mnist.size()).toArray();
        StringBuilder digits = new StringBuilder();
        for (int image : images) {
          digits.append(mnist.label(image));
        }
        byte[] file = kind.file(Arrays.stream(images).mapToObj(this::image).toList());
        Files.write(folder.resolve(i + "-" + digits + ".png"), file);
      }
    }
    Map<String, Integer> read = read("strips/**", "digits", "--segment");
    least.forEach(
        (kind, share) -> assertTrue(read.get(kind.name()) >= share * PICTURES, kind + ": " + read));
  }

  /**
   * Among them a 5 whose foot is drawn out to the left, and a 7 whose bar goes far to the right.
   */
  @Test
  @EnabledIf(value = "io.mnist4j.data.store.RealMnist#isPresent", disabledReason = RealMnist.ABSENT)
  void digitsThatAreDrawnWideStayWhole() throws Exception {
    BufferedImage sheet = Rendering.sheet(760, 200, Color.WHITE);
    Graphics2D pen = sheet.createGraphics();
    pen.setColor(Color.BLACK);
    pen.setStroke(new BasicStroke(5, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    int[][] strokes = {
      {50, 75, 60, 55, 80, 52, 90, 70, 80, 95, 50, 130, 95, 130},
      {160, 60, 180, 50, 195, 65, 180, 85, 200, 105, 185, 128, 155, 125},
      {280, 50, 250, 100, 300, 100},
      {285, 75, 285, 135},
      {450, 55, 400, 55, 395, 82, 425, 85, 445, 100, 440, 122, 415, 130, 365, 128},
      {520, 55, 585, 55, 545, 130},
      {520, 95, 610, 95}
    };
    for (int[] stroke : strokes) {
      for (int i = 2; i < stroke.length; i += 2) {
        pen.drawLine(stroke[i - 2], stroke[i - 1], stroke[i], stroke[i + 1]);
      }
    }
    pen.dispose();
    Path folder = Files.createDirectories(directory.resolve("wide"));
    ImageIO.write(sheet, "png", folder.resolve("drawn-23457.png").toFile());
    assertEquals(Map.of("wide", 1), read("wide/**", "digits", "--segment"));
  }

  /** How many pictures of each folder are read as the end of their name says. */
  private static Map<String, Integer> read(String files, String key, String... options)
      throws Exception {
    String own = TrainedRuns.mnist().resolve("runs/m/model.zip").toString();
    String model = System.getProperty("pictures.model", own);
    List<String> arguments =
        new ArrayList<>(List.of("predict", "-m", model, files, "--format", "jsonl"));
    arguments.addAll(List.of(options));
    Result result = new CommandLineRun(directory).run(arguments.toArray(String[]::new));
    assertEquals(0, result.exitCode(), result.stderr());
    Map<String, Integer> right = new TreeMap<>();
    for (String line : result.stdout().lines().toList()) {
      JsonNode json = new ObjectMapper().readTree(line);
      Path file = Path.of(json.get("file").asText());
      boolean hit = file.toString().endsWith("-" + json.get(key).asText() + ".png");
      String folder = file.getParent().getFileName().toString();
      right.merge(folder, hit ? 1 : 0, Integer::sum);
    }
    System.out.printf("of %d each: %s%n", PICTURES, right);
    return right;
  }

  private GreyImage image(int index) {
    return GreyImage.of(mnist, index);
  }
}
