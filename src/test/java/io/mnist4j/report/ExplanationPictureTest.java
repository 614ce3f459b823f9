package io.mnist4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.data.pictures.Picture;
import io.mnist4j.digits.Box;
import io.mnist4j.digits.Digit;
import io.mnist4j.explain.AnswerExplainer;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.predict.Classifier;
import io.mnist4j.predict.RecognizedDigit;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplanationPictureTest {
  private static final int GREEN = 0xff00a000;

  @TempDir Path directory;
  private static BufferedImage panels;

  /** A green picture of 40 x 20, of which the network saw a single pixel of ink. */
  @BeforeAll
  static void draw() {
    int[] argb = new int[40 * 20];
    Arrays.fill(argb, GREEN);
    byte[] seen = new byte[30];
    seen[0] = (byte) 255;
    GreyImage image = new GreyImage(6, 5, seen);
    TrainedModel model = TestedModel.at(Path.of("model.zip")).trained();
    Classifier classifier = new Classifier(model);
    RecognizedDigit digit =
        new RecognizedDigit(
            new Digit(new Box(10, 5, 10, 10), image), classifier.predict(List.of(image)).get(0));
    panels =
        ExplanationPicture.of(
            new Picture(20, 40, argb, 1), digit, AnswerExplainer.of(model).explain(digit));
  }

  private static int color(int x, int y) {
    return panels.getRGB(x, y) & 0xffffff;
  }

  @Test
  void inputIsInTheMiddleOfTheFirstPanelWithItsDigitFramed() {
    assertEquals(3 * 280 + 4 * 12, panels.getWidth());
    assertEquals(280 + 2 * 12, panels.getHeight());
    assertEquals(0xffffff, color(12 + 140, 12 + 10), "above a picture that is wider than high");
    assertEquals(GREEN & 0xffffff, color(12 + 10, 12 + 140));
    // The box begins at column 10 and row 5, at 7 pixels each, 3 pixels further out.
    assertEquals(0xd52b1e, color(12 + 70 - 3, 12 + 70 + 60));
  }

  @Test
  void secondPanelIsWhatTheNetworkSaw() {
    int left = 2 * 12 + 280;
    assertEquals(0xffffff, color(left + 10, 12 + 10), "ink is light for it");
    assertEquals(0, color(left + 200, 12 + 200));
  }

  @Test
  void thirdPanelHasColours() {
    int left = 3 * 12 + 2 * 280;
    boolean colourful = false;
    for (int y = 20; y < 280; y += 10) {
      for (int x = left + 10; x < left + 270; x += 10) {
        int color = color(x, y);
        colourful |= (color >> 16 & 0xff) != (color & 0xff);
      }
    }
    assertTrue(colourful, "slopes are orange or blue");
  }

  @Test
  void filesOfOneNameAreNumbered() throws Exception {
    ExplanationFolder folder = ExplanationFolder.at(directory.resolve("why"));
    assertEquals(directory.resolve("why/a.png"), folder.write("x/a.jpg", panels));
    assertEquals(directory.resolve("why/A-2.png"), folder.write("y/A.png", panels));
    assertEquals(directory.resolve("why/b.png"), folder.write("b", panels));
    assertEquals(
        888, ImageIO.read(Files.newInputStream(directory.resolve("why/a.png"))).getWidth());
  }
}
