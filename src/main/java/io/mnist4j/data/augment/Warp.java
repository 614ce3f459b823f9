package io.mnist4j.data.augment;

import java.util.Arrays;

/**
 * Bends one image: each pixel of the result is looked up where it came from, between the four
 * nearest pixels of the source (bilinear interpolation), and is paper where that lies outside. For
 * one thread at a time.
 */
final class Warp {
  /** Grey values as the network takes them. */
  private static final float[] SCALED = new float[256];

  static {
    for (int value = 0; value < SCALED.length; value++) {
      SCALED[value] = value / 255f;
    }
  }

  /** A cosine or sine whose inverse is of use: the error of a quotient stays below a pixel. */
  private static final float SMALLEST_SLOPE = 0.01f;

  private final int height;
  private final int width;
  private final InkBounds ink;

  /** The source with a frame of paper, one pixel wide: {@code [height + 2, width + 2]}. */
  private final float[] source;

  /** What each column and each row has in the coordinates of its pixels' origins. */
  private final float[] columnX;

  private final float[] columnY;
  private final float[] rowX;
  private final float[] rowY;

  /** Of one column: x of each row, then y of each row. */
  private final float[] displacements;

  private float shiftX;
  private float shiftY;
  private float cosine;
  private float sine;

  /** By how much the origin's x grows from one column, or one row, to the next. */
  private float xByColumn;

  private float xByRow;

  /** The pixels around the outermost ink, in the framed source: there the values reach 0. */
  private float inkLeft;

  private float inkRight;
  private float inkTop;
  private float inkBottom;

  Warp(int height, int width) {
    this.height = height;
    this.width = width;
    ink = new InkBounds(height, width);
    source = new float[(height + 2) * (width + 2)];
    columnX = new float[width];
    columnY = new float[width];
    rowX = new float[height];
    rowY = new float[height];
    displacements = new float[2 * height];
  }

  /**
   * Sets where the image as a whole goes.
   *
   * @param right pixels
   * @param down pixels
   * @param degrees about the middle of the image, clockwise
   * @param factor above 0; more than 1 enlarges
   * @param slant degrees by which upright lines lean to the right before that, within ±60
   */
  void place(double right, double down, double degrees, double factor, double slant) {
    shiftX = (float) right;
    shiftY = (float) down;
    // Math's sine may differ in the last bit from one processor to the next.
    double radians = degrees * (Math.PI / 180);
    cosine = (float) (StrictMath.cos(radians) / factor);
    sine = (float) (StrictMath.sin(radians) / factor);
    float shear = (float) StrictMath.tan(slant * (Math.PI / 180));
    xByColumn = cosine - shear * sine;
    xByRow = sine + shear * cosine;
  }

  /**
   * Bends one image.
   *
   * @param pixels unsigned bytes
   * @param offset index of the image's first pixel
   * @param field a further displacement; null for none
   * @param target {@code height * width} values in [0, 1] are put there, row by row
   * @param at index in the target of the first one
   */
  void bend(byte[] pixels, int offset, ElasticField field, float[] target, int at) {
    Arrays.fill(target, at, at + height * width, 0);
    if (!ink.find(pixels, offset)) {
      return;
    }
    frame(pixels, offset);
    locate();
    if (field == null) {
      for (int row = 0; row < height; row++) {
        bendRow(row, target, at + row * width);
      }
    } else {
      for (int column = 0; column < width; column++) {
        field.column(column, displacements);
        bendColumn(column, target, at + column);
      }
    }
  }

  /** Takes the source in. */
  private void frame(byte[] pixels, int offset) {
    Arrays.fill(source, 0);
    int left = ink.left();
    int right = ink.right();
    for (int row = ink.top(); row <= ink.bottom(); row++) {
      int from = offset + row * width;
      int to = (row + 1) * (width + 2) + 1;
      for (int column = left; column <= right; column++) {
        source[to + column] = SCALED[pixels[from + column] & 0xff];
      }
    }
    inkLeft = left;
    inkRight = right + 2;
    inkTop = ink.top();
    inkBottom = ink.bottom() + 2;
  }

  /** Finds where in the framed source each row and each column comes from. */
  private void locate() {
    float centreX = (width - 1) / 2f;
    float centreY = (height - 1) / 2f;
    for (int column = 0; column < width; column++) {
      float u = column - centreX - shiftX;
      columnX[column] = xByColumn * u;
      columnY[column] = sine * u;
    }
    for (int row = 0; row < height; row++) {
      float v = row - centreY - shiftY;
      rowX[row] = xByRow * v + centreX + 1;
      rowY[row] = cosine * v + centreY + 1;
    }
  }

  /**
   * One row where there is no field: its pixels come from a straight line, so those that come from
   * the ink's rectangle lie side by side. Their ends are estimated, then found.
   */
  private void bendRow(int row, float[] target, int at) {
    float dx = rowX[row];
    float dy = rowY[row];
    float first = 0;
    float last = width - 1;
    if (Math.abs(xByColumn) > SMALLEST_SLOPE) {
      float toLeft = (inkLeft - dx - columnX[0]) / xByColumn;
      float toRight = (inkRight - dx - columnX[0]) / xByColumn;
      first = Math.max(first, Math.min(toLeft, toRight) - 1);
      last = Math.min(last, Math.max(toLeft, toRight) + 1);
    }
    if (Math.abs(sine) > SMALLEST_SLOPE) {
      float toTop = (dy - columnY[0] - inkTop) / sine;
      float toBottom = (dy - columnY[0] - inkBottom) / sine;
      first = Math.max(first, Math.min(toTop, toBottom) - 1);
      last = Math.min(last, Math.max(toTop, toBottom) + 1);
    }
    int from = (int) first;
    int to = (int) last;
    while (from <= to && !isInk(columnX[from] + dx, dy - columnY[from])) {
      from++;
    }
    while (from <= to && !isInk(columnX[to] + dx, dy - columnY[to])) {
      to--;
    }
    for (int column = from; column <= to; column++) {
      target[at + column] = interpolate(columnX[column] + dx, dy - columnY[column]);
    }
  }

  /** One column where there is a field, which gives its displacements column by column. */
  private void bendColumn(int column, float[] target, int at) {
    float dx = columnX[column];
    float dy = columnY[column];
    for (int row = 0, to = at; row < height; row++, to += width) {
      float x = dx + rowX[row] + displacements[row];
      float y = rowY[row] - dy + displacements[height + row];
      if (isInk(x, y)) {
        target[to] = interpolate(x, y);
      }
    }
  }

  private boolean isInk(float x, float y) {
    return x > inkLeft && x < inkRight && y > inkTop && y < inkBottom;
  }

  /** The source's value between four pixels. */
  private float interpolate(float x, float y) {
    int left = (int) x;
    int top = (int) y;
    float fx = x - left;
    float fy = y - top;
    int at = top * (width + 2) + left;
    float above = source[at] + fx * (source[at + 1] - source[at]);
    at += width + 2;
    float below = source[at] + fx * (source[at + 1] - source[at]);
    return above + fy * (below - above);
  }

  /** One image as it is: pixels / 255. */
  void copy(byte[] pixels, int offset, float[] target, int at) {
    for (int i = 0; i < height * width; i++) {
      target[at + i] = SCALED[pixels[offset + i] & 0xff];
    }
  }
}
