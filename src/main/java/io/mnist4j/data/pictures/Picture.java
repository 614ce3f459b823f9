package io.mnist4j.data.pictures;

import io.mnist4j.data.Luma;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** A decoded picture, upright, in colour, and small enough to work on. */
public final class Picture {
  /** How much of a picture's own tones is one tone, in 0 to 255: more is ink and paper. */
  private static final int ONE_TONE = 64;

  private static final List<IntUnaryOperator> RGB =
      List.of(argb -> argb >> 16 & 0xff, argb -> argb >> 8 & 0xff, argb -> argb & 0xff);

  private final int height;
  private final int width;
  private final int[] argb;
  private final int reduction;

  /**
   * Takes the array without a copy.
   *
   * @param height rows, at least 1
   * @param width columns, at least 1
   * @param argb {@code [height, width]} row by row: alpha, red, green and blue of 8 bits each,
   *     colours not multiplied by alpha
   * @param reduction how many rows and columns of the file one row and column here stand for, at
   *     least 1
   * @throws IllegalArgumentException if the sizes contradict each other
   */
  public Picture(int height, int width, int[] argb, int reduction) {
    if (height < 1 || width < 1 || argb.length != height * width) {
      throw new IllegalArgumentException(
          "%d pixels are not a picture of %dx%d".formatted(argb.length, width, height));
    }
    this.height = height;
    this.width = width;
    this.argb = argb;
    this.reduction = reduction;
  }

  /** Rows. */
  public int height() {
    return height;
  }

  /** Columns. */
  public int width() {
    return width;
  }

  /** How many rows and columns of the file one row and column here stand for. */
  public int reduction() {
    return reduction;
  }

  /** Alpha, red, green and blue of a pixel, 8 bits each. */
  public int argb(int row, int column) {
    return argb[row * width + column];
  }

  /**
   * The brightness as people see it, {@link Luma}. What is transparent becomes white, or black
   * behind a drawing of light strokes alone, or the tone that borders on it where the picture shows
   * several.
   */
  public GreyImage luma() {
    return grey(Picture::lumaOf);
  }

  /**
   * The luma, or red, green or blue alone where that tells the picture's two tones apart far
   * better, as blue does with yellow ink on white paper.
   */
  public GreyImage clearest() {
    GreyImage clearest = luma();
    if (isGrey()) {
      return clearest;
    }
    // Colour noise must not decide: the luma stays unless a channel has twice its contrast.
    double variance = 4 * Otsu.of(clearest.histogram()).varianceBetween();
    boolean opaque = !isTransparent();
    for (IntUnaryOperator channel : RGB) {
      int[] histogram = opaque ? histogram(channel) : grey(channel).histogram();
      double candidateVariance = Otsu.of(histogram).varianceBetween();
      if (candidateVariance > variance) {
        variance = candidateVariance;
        clearest = grey(channel);
      }
    }
    return clearest;
  }

  /** How often each tone is there where nothing shines through. */
  private int[] histogram(IntUnaryOperator channel) {
    int[] histogram = new int[256];
    for (int pixel : argb) {
      histogram[channel.applyAsInt(pixel)]++;
    }
    return histogram;
  }

  /** Whether something shines through any pixel. */
  public boolean isTransparent() {
    for (int pixel : argb) {
      if (pixel >>> 24 != 255) {
        return true;
      }
    }
    return false;
  }

  private boolean isGrey() {
    for (int pixel : argb) {
      int green = pixel >> 8 & 0xff;
      if ((pixel >> 16 & 0xff) != green || (pixel & 0xff) != green) {
        return false;
      }
    }
    return true;
  }

  private GreyImage grey(IntUnaryOperator channel) {
    byte[] grey = new byte[argb.length];
    if (!isTransparent()) {
      for (int i = 0; i < argb.length; i++) {
        grey[i] = (byte) channel.applyAsInt(argb[i]);
      }
      return new GreyImage(height, width, grey);
    }
    int backing = backing(channel);
    for (int i = 0; i < argb.length; i++) {
      int alpha = argb[i] >>> 24;
      grey[i] =
          (byte) ((channel.applyAsInt(argb[i]) * alpha + backing * (255 - alpha) + 127) / 255);
    }
    return new GreyImage(height, width, grey);
  }

  /**
   * The tone that shines through where the picture is transparent: as where the pixels that are
   * seen border on it, for the paper was taken away up to there.
   */
  private int backing(IntUnaryOperator channel) {
    long[] tones = new long[256];
    long[] borderTones = new long[256];
    long visible = 0;
    long border = 0;
    double covariance = 0;
    for (int pixel : argb) {
      tones[channel.applyAsInt(pixel)] += pixel >>> 24;
      visible += pixel >>> 24;
    }
    if (visible == 0) {
      return 255;
    }
    int median = quantile(tones, visible / 2);
    if (quantile(tones, visible - visible / 20) - quantile(tones, visible / 20) <= ONE_TONE) {
      return median < 128 ? 255 : 0;
    }
    double mean = 0;
    for (int tone = 0; tone < tones.length; tone++) {
      mean += (double) tone * tones[tone] / visible;
    }
    for (int i = 0; i < argb.length; i++) {
      int tone = channel.applyAsInt(argb[i]);
      int alpha = argb[i] >>> 24;
      int weight = alpha == 0 ? 0 : alpha * transparentNeighbours(i);
      borderTones[tone] += weight;
      border += weight;
      covariance += weight * (tone - mean);
    }
    if (border == 0) {
      return median;
    }
    // Strokes are paler where they end, so the paper is on that side of the strokes' tone.
    return quantile(borderTones, covariance > 0 ? border - border / 10 : border / 10);
  }

  private int transparentNeighbours(int at) {
    int count = 0;
    for (int row = Math.max(0, at / width - 1);
        row <= Math.min(height - 1, at / width + 1);
        row++) {
      for (int column = Math.max(0, at % width - 1);
          column <= Math.min(width - 1, at % width + 1);
          column++) {
        count += argb(row, column) >>> 24 < 128 ? 1 : 0;
      }
    }
    return count;
  }

  private static int quantile(long[] histogram, long rank) {
    long seen = 0;
    for (int tone = 0; tone < histogram.length; tone++) {
      seen += histogram[tone];
      if (seen > rank) {
        return tone;
      }
    }
    return histogram.length - 1;
  }

  private static int lumaOf(int argb) {
    return Luma.of(argb >> 16 & 0xff, argb >> 8 & 0xff, argb & 0xff);
  }
}
