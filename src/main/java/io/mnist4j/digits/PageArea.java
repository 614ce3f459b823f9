package io.mnist4j.digits;

import io.mnist4j.data.pictures.Picture;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/**
 * Which part of a photo is the page that is written on, and which is the desk that it lies on: what
 * fills a whole side of the picture with a tone that no shadow makes of the page's.
 */
final class PageArea {
  /** Blocks of the picture's shorter side. */
  private static final int BLOCKS = 64;

  /** Shadows leave more of the light than this, and take no more of one colour than so much. */
  static final double DARKEST_SHADOW = 0.42;

  private static final double COLOUR_OF_SHADOW = 0.09;

  /** How much of a side the desk fills. */
  private static final double SIDE = 0.9;

  /** The page is at least this part of the picture, and fills so much of the box around it. */
  private static final double SMALLEST_PAGE = 0.25;

  private static final double RECTANGULAR = 0.8;

  private final int height;
  private final int width;
  private final int size;
  private final int rows;
  private final int columns;

  /** Mean red, green and blue of each block. */
  private final double[][] blocks;

  private PageArea(Picture picture) {
    height = picture.height();
    width = picture.width();
    size = Math.max(1, Math.min(height, width) / BLOCKS);
    rows = (height + size - 1) / size;
    columns = (width + size - 1) / size;
    blocks = new double[rows * columns][4];
    for (int row = 0; row < height; row++) {
      int first = row / size * columns;
      for (int left = 0; left < width; left += size) {
        int right = Math.min(width, left + size);
        int red = 0;
        int green = 0;
        int blue = 0;
        for (int column = left; column < right; column++) {
          int argb = picture.argb(row, column);
          red += argb >> 16 & 0xff;
          green += argb >> 8 & 0xff;
          blue += argb & 0xff;
        }
        double[] block = blocks[first + left / size];
        block[0] += red;
        block[1] += green;
        block[2] += blue;
        block[3] += right - left;
      }
    }
    for (double[] block : blocks) {
      for (int c = 0; c < 3; c++) {
        block[c] /= block[3];
      }
    }
  }

  /** Which pixels are the desk's, row by row; empty if the page fills the picture. */
  static Optional<boolean[]> desk(Picture picture) {
    // No camera makes a transparent one, and colours that nobody sees say nothing.
    if (Math.min(picture.height(), picture.width()) < BLOCKS / 2 || picture.isTransparent()) {
      return Optional.empty();
    }
    PageArea area = new PageArea(picture);
    return area.offPage().map(area::enlarged);
  }

  private Optional<boolean[]> offPage() {
    double[] page = page();
    boolean[] off = new boolean[blocks.length];
    for (int i = 0; i < off.length; i++) {
      off[i] = isOff(blocks[i], page);
    }
    boolean[] desk = new boolean[off.length];
    int[][] sides = {
      {0, 1, columns},
      {(rows - 1) * columns, 1, columns},
      {0, columns, rows},
      {columns - 1, columns, rows}
    };
    for (int[] side : sides) {
      int count = 0;
      for (int i = 0; i < side[2]; i++) {
        count += off[side[0] + i * side[1]] ? 1 : 0;
      }
      for (int i = 0; count >= SIDE * side[2] && i < side[2]; i++) {
        flood(off, desk, side[0] + i * side[1]);
      }
    }
    return leavesPage(desk) ? Optional.of(desk) : Optional.empty();
  }

  /**
   * Whether what is left is large and has four straight sides, as pages have and digits have not.
   */
  private boolean leavesPage(boolean[] desk) {
    int[] box = {rows, columns, 0, 0};
    int page = 0;
    for (int i = 0; i < desk.length; i++) {
      if (!desk[i]) {
        page++;
        box[0] = Math.min(box[0], i / columns);
        box[1] = Math.min(box[1], i % columns);
        box[2] = Math.max(box[2], i / columns + 1);
        box[3] = Math.max(box[3], i % columns + 1);
      }
    }
    return page > SMALLEST_PAGE * desk.length
        && page < desk.length
        && page > RECTANGULAR * (box[2] - box[0]) * (box[3] - box[1]);
  }

  /** The tone of the page: the commonest in the middle of the picture. */
  private double[] page() {
    double[][] middle = new double[blocks.length][];
    int count = 0;
    for (int i = 0; i < blocks.length; i++) {
      int row = i / columns;
      int column = i % columns;
      if (row >= rows / 4
          && row < rows - rows / 4
          && column >= columns / 4
          && column < columns - columns / 4) {
        middle[count++] = blocks[i];
      }
    }
    double[] page = new double[3];
    for (int c = 0; c < 3; c++) {
      int colour = c;
      page[c] =
          Arrays.stream(middle, 0, count).mapToDouble(b -> b[colour]).sorted().toArray()[count / 2];
    }
    return page;
  }

  private static boolean isOff(double[] block, double[] page) {
    double own = block[0] + block[1] + block[2] + 15;
    double its = page[0] + page[1] + page[2] + 15;
    double light = Math.max(own / its, its / own);
    double colour = 0;
    for (int c = 0; c < 3; c++) {
      colour = Math.max(colour, Math.abs((block[c] + 5) / own - (page[c] + 5) / its));
    }
    return light > 1 / DARKEST_SHADOW || (colour > COLOUR_OF_SHADOW && light > 1.15);
  }

  private void flood(boolean[] off, boolean[] desk, int start) {
    Deque<Integer> waiting = new ArrayDeque<>();
    waiting.add(start);
    while (!waiting.isEmpty()) {
      int at = waiting.remove();
      if (off[at] && !desk[at]) {
        desk[at] = true;
        if (at >= columns) {
          waiting.add(at - columns);
        }
        if (at < desk.length - columns) {
          waiting.add(at + columns);
        }
        if (at % columns > 0) {
          waiting.add(at - 1);
        }
        if (at % columns < columns - 1) {
          waiting.add(at + 1);
        }
      }
    }
  }

  /** The pixels of the blocks, and those around them where the page's edge is. */
  private boolean[] enlarged(boolean[] desk) {
    boolean[] pixels = new boolean[height * width];
    int reach = size + 3;
    for (int i = 0; i < desk.length; i++) {
      int top = i / columns * size;
      int left = i % columns * size;
      for (int row = Math.max(0, top - reach);
          desk[i] && row < Math.min(height, top + size + reach);
          row++) {
        int from = row * width + Math.max(0, left - reach);
        Arrays.fill(pixels, from, row * width + Math.min(width, left + size + reach), true);
      }
    }
    return pixels;
  }
}
