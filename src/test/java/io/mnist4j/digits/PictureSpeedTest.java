package io.mnist4j.digits;

import com.sun.management.OperatingSystemMXBean;
import io.mnist4j.cli.TrainedRuns;
import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.data.pictures.ImageFile;
import io.mnist4j.errors.DataException;
import io.mnist4j.model.foreign.ModelFile;
import io.mnist4j.predict.Classifier;
import io.mnist4j.predict.DigitReader;
import io.mnist4j.predict.DigitReader.Scope;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Prints how much time of a processor pictures take, from the file to the answer: single digits on
 * paper of every kind at several sizes, and a photo of a page with 60 digits.
 */
class PictureSpeedTest {
  private static final int ROUNDS = 7;

  /** Longer sides, in pixels. */
  private static final List<Integer> SIDES = List.of(28, 60, 100, 150, 200, 300);

  private static final OperatingSystemMXBean MACHINE =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** Measures, and demands nothing: {@code -Dpictures.speed=true}. */
  @Test
  @EnabledIfSystemProperty(named = "pictures.speed", matches = "true")
  void tellsHowLongPicturesTake() throws Exception {
    DigitReader reader =
        new DigitReader(new Classifier(ModelFile.read(TrainedRuns.strokesModel())));
    for (int side : SIDES) {
      List<byte[]> files = new ArrayList<>();
      for (PageKind kind : PageKind.all(0)) {
        Random random = new Random(files.size());
        PageKind single = new PageKind(kind.paper(), kind.pen(), kind.camera(), false);
        byte[] page = PageDrawing.of(single, List.of(digit(random)), random).file();
        files.add(scaled(page, side));
      }
      double seconds = median(reader, files) / files.size();
      System.out.printf("%3d pixels: %4.0f pictures a second%n", side, 1 / seconds);
    }
    byte[] photo = photo();
    System.out.printf("12 megapixels, 60 digits: %.2f s%n", median(reader, List.of(photo)));
  }

  /** Seconds of a processor for all files, compilers and garbage collection counted too. */
  private static double median(DigitReader reader, List<byte[]> files) throws DataException {
    double[] seconds = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long start = MACHINE.getProcessCpuTime();
      for (byte[] file : files) {
        reader.read(ImageFile.decode(file, "picture"), Scope.DIGITS);
      }
      seconds[round] = (MACHINE.getProcessCpuTime() - start) / 1e9;
    }
    Arrays.sort(seconds);
    return seconds[ROUNDS / 2];
  }

  private static GreyImage digit(Random random) {
    return StrokesDigit.of(random.nextInt(200));
  }

  private static byte[] scaled(byte[] file, int side) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
    double scale = (double) side / Math.max(image.getWidth(), image.getHeight());
    int width = Math.max(1, (int) Math.round(scale * image.getWidth()));
    int height = Math.max(1, (int) Math.round(scale * image.getHeight()));
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = small.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return Rendering.file(small, "png");
  }

  private static byte[] photo() {
    Random random = new Random(3);
    BufferedImage page =
        Photo.of(
            4000,
            3000,
            Photo.PAPER,
            true,
            3,
            graphics -> {
              for (int i = 0; i < 60; i++) {
                BufferedImage digit = Rendering.onNothing(digit(random), Photo.BALLPOINT);
                graphics.drawImage(digit, 300 + i % 10 * 350, 250 + i / 10 * 450, 224, 224, null);
              }
            });
    return Rendering.file(page, "jpg");
  }
}
