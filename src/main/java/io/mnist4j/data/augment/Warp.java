package io.mnist4j.data.augment;

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

  private final int height;
  private final int width;

  /** The source with a frame of paper, one pixel wide: {@code [height + 2, width + 2]}. */
  private final float[] source;

  private final float[] result;
  private final float[] dx;
  private final float[] dy;

  private float shiftX;
  private float shiftY;
  private float cosine;
  private float sine;

  private float inkLeft;
  private float inkRight;
  private float inkTop;
  private float inkBottom;

  Warp(int height, int width) {
    this.height = height;
    this.width = width;
    source = new float[(height + 2) * (width + 2)];
    result = new float[height * width];
    dx = new float[width];
    dy = new float[width];
  }

  /**
   * Sets where the image as a whole goes.
   *
   * @param right pixels
   * @param down pixels
   * @param degrees about the middle of the image, clockwise
   * @param factor above 0; more than 1 enlarges
   */
  void place(double right, double down, double degrees, double factor) {
    shiftX = (float) right;
    shiftY = (float) down;
    // Math's sine may differ in the last bit from one processor to the next.
    double radians = degrees * (Math.PI / 180);
    cosine = (float) (StrictMath.cos(radians) / factor);
    sine = (float) (StrictMath.sin(radians) / factor);
  }

  /**
   * Bends one image.
   *
   * @param pixels unsigned bytes
   * @param offset index of the image's first pixel
   * @param field a further displacement; null for none
   * @return {@code [height, width]} in [0, 1]; filled again by the next call
   */
  float[] bend(byte[] pixels, int offset, ElasticField field) {
    frame(pixels, offset);
    int stride = width + 2;
    float centreX = (width - 1) / 2f;
    float centreY = (height - 1) / 2f;
    for (int row = 0; row < height; row++) {
      if (field != null) {
        field.row(row, dx, dy);
      }
      // In the framed source, whose first pixel is the frame's.
      float v = row - centreY - shiftY;
      float rowX = sine * v + centreX + 1;
      float rowY = cosine * v + centreY + 1;
      for (int column = 0; column < width; column++) {
        float u = column - centreX - shiftX;
        float x = cosine * u + rowX + dx[column];
        float y = rowY - sine * u + dy[column];
        float value = 0;
        if (x > inkLeft && x < inkRight && y > inkTop && y < inkBottom) {
          int left = (int) x;
          int top = (int) y;
          float fx = x - left;
          float fy = y - top;
          int at = top * stride + left;
          float above = source[at] + fx * (source[at + 1] - source[at]);
          at += stride;
          float below = source[at] + fx * (source[at + 1] - source[at]);
          value = above + fy * (below - above);
        }
        result[row * width + column] = value;
      }
    }
    return result;
  }

  /** Takes the source in, and finds where its ink ends: most of a digit's image is paper. */
  private void frame(byte[] pixels, int offset) {
    int left = width;
    int right = -1;
    int top = height;
    int bottom = -1;
    for (int row = 0; row < height; row++) {
      int from = offset + row * width;
      int to = (row + 1) * (width + 2) + 1;
      int first = width;
      int last = -1;
      for (int column = 0; column < width; column++) {
        int value = pixels[from + column] & 0xff;
        source[to + column] = SCALED[value];
        if (value != 0) {
          first = Math.min(first, column);
          last = column;
        }
      }
      if (last >= 0) {
        left = Math.min(left, first);
        right = Math.max(right, last);
        top = Math.min(top, row);
        bottom = row;
      }
    }
    // The pixels around the outermost ink, in the framed source: there the values reach 0.
    inkLeft = left;
    inkRight = right + 2;
    inkTop = top;
    inkBottom = bottom + 2;
  }

  /** One image as it is: pixels / 255. The array is filled again by the next call. */
  float[] copy(byte[] pixels, int offset) {
    for (int i = 0; i < result.length; i++) {
      result[i] = SCALED[pixels[offset + i] & 0xff];
    }
    return result;
  }
}
