package io.mnist4j.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.errors.DataException;
import io.mnist4j.errors.ModelException;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

class DigitModelTest {
  private static final Path MODEL = Path.of("src/test/resources/v0.1.0/run/model.zip");

  @TempDir static Path directory;
  private static Path photo;
  private static BufferedImage drawn;

  /** Two strokes on paper: 1 and 1. */
  @BeforeAll
  static void draw() throws Exception {
    drawn = new BufferedImage(240, 160, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = drawn.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, 240, 160);
    pen.setColor(Color.BLACK);
    pen.setStroke(new BasicStroke(12));
    pen.drawLine(60, 30, 60, 130);
    pen.drawLine(170, 30, 170, 130);
    pen.dispose();
    photo = directory.resolve("photo.png");
    ImageIO.write(drawn, "png", photo.toFile());
  }

  @Test
  void readsAPictureHoweverItComes() throws Exception {
    DigitModel model = DigitModel.load(MODEL);
    assertEquals(List.of(28, 28), List.of(model.rows(), model.columns()));
    List<ReadDigit> read = model.read(photo);
    assertEquals(2, read.size());
    ReadDigit first = read.get(0);
    assertTrue(model.labels().contains(first.label()));
    assertEquals(first.probability(), first.probabilities().get(first.label()));
    assertEquals(1, first.probabilities().values().stream().mapToDouble(p -> p).sum(), 1e-4);
    assertTrue(Math.abs(first.digit().x() - 54) <= 3, first.digit().toString());
    assertTrue(first.digit().height() >= 100 && read.get(1).digit().x() > 150);
    for (DigitPicture same :
        List.of(
            DigitPicture.of(drawn),
            DigitPicture.decode(Files.readAllBytes(photo)),
            DigitPicture.read(photo))) {
      assertEquals(
          read.stream().map(ReadDigit::probabilities).toList(),
          model.read(same).stream().map(ReadDigit::probabilities).toList());
    }
    assertEquals(2, model.readStrip(DigitPicture.of(drawn)).size());
  }

  @Test
  void onePhotoIsOneCallForANetworkOfDl4j() throws Exception {
    INDArray digits = DigitPicture.features(photo);
    assertArrayEquals(new long[] {2, 784}, digits.shape());
    assertEquals(0, digits.minNumber().doubleValue());
    assertEquals(1, digits.maxNumber().doubleValue(), 0.05);
    float[][] own = DigitModel.load(MODEL).probabilities(digits.toFloatMatrix());
    INDArray stock = MultiLayerNetwork.load(MODEL.toFile(), true).output(digits);
    assertArrayEquals(stock.toFloatMatrix()[1], own[1], 1e-6f);
    BufferedImage blank = new BufferedImage(50, 50, BufferedImage.TYPE_BYTE_GRAY);
    Path nothing = directory.resolve("blank.png");
    ImageIO.write(blank, "png", nothing.toFile());
    assertEquals(List.of(), DigitPicture.of(blank).digits());
    DataException e = assertThrows(DataException.class, () -> DigitPicture.features(nothing));
    assertTrue(e.getMessage().startsWith(nothing.toString()), e.getMessage());
  }

  @Test
  void severalThreadsReadTheSame() throws Exception {
    DigitModel model = DigitModel.load(MODEL);
    DigitPicture picture = DigitPicture.read(photo);
    List<ReadDigit> expected = model.read(picture);
    assertTrue(
        IntStream.range(0, 200)
            .parallel()
            .mapToObj(i -> model.read(picture))
            .allMatch(
                read ->
                    read.get(0).probabilities().equals(expected.get(0).probabilities())
                        && read.get(1).probabilities().equals(expected.get(1).probabilities())));
  }

  @Test
  void modelsOfOtherProgramsTellHowTheyWereRead() throws Exception {
    DigitModel keras = DigitModel.load(Path.of("src/test/resources/models/keras3-bytes.h5"));
    assertTrue(!keras.notes().isEmpty());
    assertTrue(keras.read(photo).size() == 2);
    assertEquals(List.of(), DigitModel.load(MODEL).notes());
  }

  @Test
  void evaluates() throws Exception {
    TestFigures figures = DigitModel.load(MODEL).evaluate("strokes", directory);
    assertEquals("strokes", figures.dataset());
    assertEquals(10_000, figures.images());
    assertEquals(0.1492, figures.accuracy());
    assertTrue(figures.accuracyLow() < figures.accuracy());
    assertTrue(figures.accuracy() < figures.accuracyHigh());
    assertEquals(10, figures.labels().size());
    assertEquals(10_000, Arrays.stream(figures.confusion()).flatMapToInt(Arrays::stream).sum());
  }

  @Test
  void refusesWithALine() throws Exception {
    assertThrows(ModelException.class, () -> DigitModel.load(directory.resolve("none.zip")));
    assertThrows(DataException.class, () -> DigitPicture.decode(new byte[] {1, 2, 3}));
    DigitModel model = DigitModel.load(MODEL);
    assertThrows(IllegalArgumentException.class, () -> model.probabilities(new float[1][783]));
    assertThrows(IllegalArgumentException.class, () -> model.probabilities(new float[0][]));
    ByteArrayOutputStream gif = new ByteArrayOutputStream();
    ImageIO.write(drawn, "gif", gif);
    assertEquals(2, DigitPicture.decode(gif.toByteArray()).digits().size());
  }
}
