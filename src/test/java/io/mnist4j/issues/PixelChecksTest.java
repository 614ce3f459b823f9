package io.mnist4j.issues;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mnist4j.data.ImageSet;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PixelChecksTest {
  private final ImageSet images = PlantedFaults.bars(100, 1);

  private void set(int image, int from, int to, int value) {
    int pixels = images.pixelsPerImage();
    Arrays.fill(images.pixels(), image * pixels + from, image * pixels + to, (byte) value);
  }

  private Optional<IssueKind> kind(int image) {
    return new PixelChecks(images).kind(image);
  }

  @Test
  void nothingIsOddAmongImagesThatAreAlike() {
    PixelChecks checks = new PixelChecks(images);
    for (int image = 0; image < images.size(); image++) {
      assertEquals(Optional.empty(), checks.kind(image));
    }
  }

  @Test
  void oneValueIsBlankOrConstant() {
    set(3, 0, 100, 0);
    set(4, 0, 100, 255);
    assertEquals(Optional.of(IssueKind.BLANK), kind(3));
    assertEquals(Optional.of(IssueKind.CONSTANT), kind(4));
    assertEquals("all pixels are 255", new PixelChecks(images).detail(4));
  }

  @Test
  void zerosAndOnesAmongImagesUpTo255() {
    set(5, 0, 100, 0);
    set(5, 30, 50, 1);
    assertEquals(Optional.of(IssueKind.PIXEL_RANGE), kind(5));
    assertEquals(
        "values 0 to 1", new PixelChecks(images).detail(5).substring(0, "values 0 to 1".length()));
  }

  @Test
  void lightPaperAmongImagesOnDarkPaper() {
    set(6, 0, 100, 250);
    set(6, 30, 50, 10);
    assertEquals(Optional.of(IssueKind.INVERTED), kind(6));
  }

  @Test
  void paperSaysNothingWhereImagesDoNotAgree() {
    for (int image = 0; image < 10; image++) {
      set(image, 0, 30, 250);
      set(image, 50, 100, 250);
    }
    assertEquals(Optional.empty(), kind(0));
  }
}
