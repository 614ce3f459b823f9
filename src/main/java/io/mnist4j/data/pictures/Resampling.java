package io.mnist4j.data.pictures;

/**
 * Scales an image of one channel: down by the mean over the area that a new pixel covers, up by
 * linear interpolation. Outside the image there is nothing, 0.
 */
public final class Resampling {
  private final float[] values;
  private final int height;
  private final int width;

  public Resampling(float[] values, int height, int width) {
    this.values = values;
    this.height = height;
    this.width = width;
  }

  /**
   * The values of a grid laid over the image.
   *
   * @param top row, in pixels of the image, where the grid begins
   * @param left column, in pixels of the image, where the grid begins
   * @param rowStep pixels of the image that a row of the grid stands for
   * @param columnStep pixels of the image that a column of the grid stands for
   * @return {@code [rows, columns]}
   */
  public float[] to(
      double top, double left, double rowStep, double columnStep, int rows, int columns) {
    float[] narrow = new float[height * columns];
    for (int column = 0; column < columns; column++) {
      Weights weights = Weights.of(left + column * columnStep, columnStep, width);
      for (int row = 0; row < height; row++) {
        narrow[row * columns + column] = weights.apply(values, row * width, 1);
      }
    }
    float[] grid = new float[rows * columns];
    for (int row = 0; row < rows; row++) {
      Weights weights = Weights.of(top + row * rowStep, rowStep, height);
      for (int column = 0; column < columns; column++) {
        grid[row * columns + column] = weights.apply(narrow, column, columns);
      }
    }
    return grid;
  }

  /** What each pixel of a line counts for one new pixel. */
  private static final class Weights {
    private final int first;
    private final double[] weights;

    private Weights(int first, double[] weights) {
      this.first = first;
      this.weights = weights;
    }

    /**
     * @param from where the new pixel begins
     * @param step how much of the line it covers
     * @param length of the line
     */
    static Weights of(double from, double step, int length) {
      // Less than a pixel: the tent of linear interpolation around the middle, two pixels wide.
      boolean up = step < 1;
      double middle = from + step / 2;
      double begin = up ? middle - 1 : from;
      double end = up ? middle + 1 : from + step;
      int first = Math.max(0, (int) Math.floor(begin));
      int last = Math.min(length, (int) Math.ceil(end));
      double[] weights = new double[Math.max(0, last - first)];
      for (int i = 0; i < weights.length; i++) {
        int pixel = first + i;
        weights[i] =
            up
                ? Math.max(0, 1 - Math.abs(pixel + 0.5 - middle))
                : Math.max(0, Math.min(end, pixel + 1) - Math.max(begin, pixel)) / step;
      }
      return new Weights(first, weights);
    }

    float apply(float[] line, int offset, int stride) {
      double sum = 0;
      for (int i = 0; i < weights.length; i++) {
        sum += weights[i] * line[offset + (first + i) * stride];
      }
      return (float) sum;
    }
  }
}
