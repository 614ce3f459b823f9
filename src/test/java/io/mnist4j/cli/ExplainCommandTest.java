package io.mnist4j.cli;

import static io.mnist4j.cli.Mnist4jProcess.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.digits.PenDigits;
import io.mnist4j.digits.Photo;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** What {@code explain} draws and measures. */
class ExplainCommandTest {
  @TempDir Path directory;
  private static String model;

  @BeforeAll
  static void train() throws Exception {
    model = TrainedRuns.strokesModel().toString();
  }

  @BeforeEach
  void drawSeven() throws Exception {
    BufferedImage photo =
        Photo.of(
            300,
            300,
            Photo.PAPER,
            false,
            4,
            sheet -> PenDigits.draw(sheet, 7, 100, 60, 160, 12, Photo.BALLPOINT));
    ImageIO.write(photo, "png", directory.resolve("seven.png").toFile());
  }

  @Test
  void drawsWhatPredictDraws() throws Exception {
    Result explained = explain("seven.png", "--output", "why");
    assertEquals(0, explained.exitCode(), explained.stderr());
    assertTrue(
        explained.stdout().matches("seven\\.png: 7 \\(0\\.\\d{4}\\), why: why/seven\\.png\n"),
        explained.stdout());
    new CommandLineRun(directory).run("predict", "-m", model, "--explain", "p", "seven.png");
    byte[] why = Files.readAllBytes(directory.resolve("why/seven.png"));
    assertTrue(Arrays.equals(Files.readAllBytes(directory.resolve("p/seven.png")), why));
    Result gradient = explain("seven.png", "--method", "gradient", "--format", "json");
    JsonNode entry = new ObjectMapper().readTree(gradient.stdout()).get("explanations").get(0);
    assertEquals("7", entry.get("digit").asText());
    assertEquals("gradient", entry.get("method").asText());
    assertEquals("explanations/seven.png", entry.get("picture").asText());
    byte[] other = Files.readAllBytes(directory.resolve("explanations/seven.png"));
    assertTrue(!Arrays.equals(other, why), "another method, another picture");
  }

  @Test
  void littleInkMakesItAnother() throws Exception {
    Result changed = explain("seven.png", "--counterfactual", "1", "-o", "less");
    assertEquals(0, changed.exitCode(), changed.stderr());
    assertTrue(
        changed
            .stdout()
            .matches(
                "seven\\.png: 7 \\(0\\.\\d{4}\\) becomes 1 \\(0\\.\\d{4}\\) with the ink of \\d+\\.\\d"
                    + " pixels: \\d+\\.\\d added, \\d+\\.\\d removed, \\d+ changed;"
                    + " less/seven-as-1\\.png\n"),
        changed.stdout());
    assertTrue(Files.exists(directory.resolve("less/seven-as-1.png")));
    Result json = explain("seven.png", "--counterfactual", "1", "--format", "json");
    JsonNode entry = new ObjectMapper().readTree(json.stdout()).get("counterfactuals").get(0);
    assertEquals("1", entry.get("target").asText());
    assertEquals(
        entry.get("ink").asDouble(),
        entry.get("added").asDouble() + entry.get("removed").asDouble(),
        1e-9);
    Result same = explain("seven.png", "--counterfactual", "7");
    assertTrue(same.stdout().contains(") already; "), same.stdout());
  }

  @Test
  void measuresTheSameAgain() throws Exception {
    Result first = explain("--measure", "--images", "12", "--format", "json");
    assertEquals(0, first.exitCode(), first.stderr());
    assertEquals(
        first.stdout(), explain("--measure", "--images", "12", "--format", "json").stdout());
    JsonNode json = new ObjectMapper().readTree(first.stdout());
    assertEquals("strokes", json.get("dataset").asText());
    assertEquals(12, json.get("images").asInt());
    List<String> methods = new ArrayList<>();
    for (JsonNode method : json.get("methods")) {
      methods.add(method.get("method").asText());
      for (String area : List.of("deletion", "insertion", "unexplained")) {
        double value = method.get(area).asDouble();
        assertTrue(value > 0 && value < 1, area + " " + value);
      }
      double infidelity = method.get("infidelity").asDouble();
      assertTrue(method.get("infidelity-interval").get(0).asDouble() < infidelity);
      assertTrue(method.get("infidelity-interval").get(1).asDouble() > infidelity);
    }
    assertEquals(List.of("gradient", "integrated-gradients", "random"), methods);
    JsonNode integrated = json.get("methods").get(1);
    JsonNode random = json.get("methods").get(2);
    assertTrue(
        integrated.get("deletion").asDouble() < random.get("deletion").asDouble(), "deletion");
    assertTrue(
        integrated.get("insertion").asDouble() > random.get("insertion").asDouble(), "insertion");

    Result one = explain("--measure", "--images", "12", "--method", "gradient", "--seed", "2");
    assertTrue(one.stdout().contains("12 test images of strokes\n"), one.stdout());
    assertTrue(!one.stdout().contains("integrated"), one.stdout());
    assertNotEquals(first.stdout(), one.stdout());
  }

  @Test
  void wrongUse() throws Exception {
    assertRefused(explain(), 2, "PICTURE is missing; --measure needs none");
    assertRefused(explain("--measure", "seven.png"), 2, "takes test images, not pictures");
    assertRefused(explain("--measure", "--images", "0"), 2, "--images must be at least 1, not 0");
    assertRefused(explain("seven.png", "--method", "gradients"), 2, "did you mean gradient?");
    assertRefused(
        explain("seven.png", "--counterfactual", "ten"), 2, "--counterfactual must be 0, 1, 2");
    assertRefused(
        explain("--measure", "--counterfactual", "1"),
        2,
        "--counterfactual goes without --measure");
    assertRefused(explain("nine.png"), 3, "nine.png: no such file");
    assertRefused(
        new CommandLineRun(directory).run("explain", "gone.zip", "seven.png"), 3, "no such file");
  }

  private Result explain(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("explain", model));
    all.addAll(List.of(arguments));
    return new CommandLineRun(directory).run(all.toArray(String[]::new));
  }
}
