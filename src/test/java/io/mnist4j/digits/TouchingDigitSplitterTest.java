package io.mnist4j.digits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.pictures.GreyImage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class TouchingDigitSplitterTest {
  private static final MnistNormalizer NORMALIZER = new MnistNormalizer(28, 28);

  private final List<GreyImage> shown = new ArrayList<>();

  /** A line over the whole width is as wide as hundreds of digits of its height. */
  @Test
  void aLongLineHasABoundedNumberOfParts() {
    for (int width : new int[] {500, 1_000, 4_000}) {
      shown.clear();
      List<ConnectedComponent> cut = cut(ink(8, width, 0, 0, width, 6), 0.5f);
      assertTrue(shown.size() < 600 * 22, width + " columns: " + shown.size() + " parts");
      assertEquals(0, cut.get(0).left());
      assertEquals(width, cut.get(cut.size() - 1).right());
    }
  }

  @Test
  void manyLinesHaveNoMorePartsThanOne() {
    InkImage lines = ink(400, 1_000, 0, 0, 1_000, 400);
    for (int i = 0; i < lines.ink.length; i++) {
      lines.ink[i] = i / 1_000 % 8 < 6 ? 1 : 0;
    }
    assertTrue(cut(lines, 0.5f).size() >= 50);
    assertTrue(shown.size() < 600 * 22, shown.size() + " parts");
  }

  /** A stroke with a bar that is drawn out far to the right. */
  @Test
  void whatIsLowIsNoPart() {
    InkImage image = ink(60, 120, 10, 5, 20, 50);
    for (int column = 30; column < 110; column++) {
      for (int row = 8; row < 12; row++) {
        image.ink[row * 120 + column] = 1;
      }
    }
    List<ConnectedComponent> cut = cut(image, 0.9f);
    assertTrue(cut.stream().allMatch(part -> part.height() >= 20), cut.size() + " parts");
  }

  @Test
  void theWorkEndsWhenItsThreadIsInterrupted() {
    InkImage line = ink(8, 500, 0, 0, 500, 6);
    Thread.currentThread().interrupt();
    try {
      assertThrows(CancellationException.class, () -> cut(line, 0.5f));
    } finally {
      assertTrue(Thread.interrupted());
    }
  }

  /** Paper with a rectangle of ink. */
  private static InkImage ink(int height, int width, int left, int top, int columns, int rows) {
    float[] ink = new float[height * width];
    for (int row = top; row < top + rows; row++) {
      for (int column = left; column < left + columns; column++) {
        ink[row * width + column] = 1;
      }
    }
    return new InkImage(height, width, ink, false);
  }

  private List<ConnectedComponent> cut(InkImage image, float confidence) {
    TouchingDigitSplitter splitter =
        new TouchingDigitSplitter(
            image,
            NORMALIZER,
            images -> {
              shown.addAll(images);
              return images.stream().map(part -> confidence).toList();
            });
    return splitter.cut(ConnectedComponents.of(image));
  }
}
