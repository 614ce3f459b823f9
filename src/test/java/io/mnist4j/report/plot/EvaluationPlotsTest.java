package io.mnist4j.report.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.report.TestedModel;
import io.mnist4j.report.plot.DrawnShape.Bitmap;
import io.mnist4j.report.plot.DrawnShape.Label;
import io.mnist4j.report.plot.DrawnShape.Rectangle;
import io.mnist4j.run.EvaluationSummary;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link ConfusionPlot}, {@link ClassBars}, {@link CalibrationPlot} and the pictures. */
class EvaluationPlotsTest {
  private static final EvaluationSummary TEST = TestedModel.at(Path.of("model.zip"));
  private static final EvaluationSummary PERFECT =
      TestedModel.withoutMistakes(Path.of("model.zip"));

  @Test
  void confusionMatrixHasACellForEachPairThatOccurred() {
    Drawing drawing = ConfusionPlot.draw(TEST.figures());
    assertEquals(
        List.of(
            "cat: 1 right",
            "cat taken for dog: 2 images",
            "dog: 1 right",
            "<3> taken for cat: 1 image",
            "<3>: 1 right"),
        Shapes.of(drawing, Rectangle.class).stream()
            .map(Rectangle::tip)
            .filter(tip -> !tip.isEmpty())
            .toList());
    assertEquals(
        "Most often confused: cat taken for dog (2); <3> taken for cat (1).",
        drawing.description());
    assertTrue(Shapes.texts(drawing).contains("wrong; full strength: 2 images"));
    assertTrue(Shapes.of(drawing, Label.class).stream().noneMatch(Label::turned));
  }

  @Test
  void confusionMatrixWithoutMistakes() {
    Drawing drawing = ConfusionPlot.draw(PERFECT.figures());
    assertEquals("Nothing was confused.", drawing.description());
    assertTrue(Shapes.texts(drawing).stream().noneMatch(text -> text.startsWith("wrong")));
  }

  @Test
  void barsOfClasses() {
    Drawing drawing = ClassBars.draw(TEST.figures());
    assertEquals(
        "Worst class: cat, with recall 0.3333 and an F1 of 0.4000.", drawing.description());
    List<String> tips = Shapes.tips(drawing);
    assertEquals(6, tips.size());
    assertEquals("dog, recall: 1.0000 (95 % interval 0.2065 to 1.0000)", tips.get(2));
    assertTrue(tips.get(3).startsWith("dog, precision: 0.3333 ("), tips.get(3));
  }

  @Test
  void reliabilityDiagramHasTheBinsThatHoldImages() {
    Drawing drawing = CalibrationPlot.draw(TEST.figures().calibration().orElseThrow());
    assertEquals(5, Shapes.tips(drawing).size());
    assertEquals("2 images, mean confidence 0.975: 1.000 right", Shapes.tips(drawing).get(4));
    // The two that are right and surest: 0.05 off in all; 0.90 is 0.1 off, the others wholly.
    assertTrue(drawing.description().endsWith("error is 0.3750."), drawing.description());
  }

  @Test
  void mistakesAreShownMostConfidentFirst() throws Exception {
    Drawing drawing = MistakesPlot.draw(TEST);
    assertEquals(3, Shapes.of(drawing, Bitmap.class).size());
    assertEquals(
        List.of("said dog", "80.0 % sure", "is cat", "said cat", "70.0 % sure", "is <3>"),
        Shapes.texts(drawing).subList(1, 7));
    BufferedImage shown =
        ImageIO.read(
            new ByteArrayInputStream(Shapes.of(drawing, Bitmap.class).get(0).png().bytes()));
    assertEquals(0xffffff, shown.getRGB(0, 0) & 0xffffff, "paper is white");
    assertEquals(0, shown.getRGB(2, 0) & 0xffffff, "ink is black");
    assertTrue(Shapes.texts(MistakesPlot.draw(PERFECT)).contains("None."));
  }

  @Test
  void weightsAreImagesOfTheirSign() throws Exception {
    INDArray weights = TEST.trained().network().getParam("0_W");
    weights.assign(0);
    weights.putScalar(0, 0, 5);
    weights.putScalar(1, 1, -5);
    WeightImages images = WeightImages.of(TEST.trained()).orElseThrow();
    assertEquals(3, images.units());
    BufferedImage shown = ImageIO.read(new ByteArrayInputStream(images.image().bytes()));
    // A line of one pixel around each unit's 6 rows and 5 columns.
    assertEquals(3 * 6 + 1, shown.getWidth());
    assertEquals(6 + 2, shown.getHeight());
    assertEquals(Ink.VERMILION.lightRgb(), shown.getRGB(1, 1) & 0xffffff);
    assertEquals(Ink.BLUE.lightRgb(), shown.getRGB(6 + 2, 1) & 0xffffff);
    assertEquals(0xffffff, shown.getRGB(2, 1) & 0xffffff);
    assertTrue(images.legend().startsWith("The weights of its 3 units."), images.legend());
    assertEquals(1, Shapes.of(images.drawing(), Bitmap.class).size());
  }
}
