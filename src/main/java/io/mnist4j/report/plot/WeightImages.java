package io.mnist4j.report.plot;

import static io.mnist4j.report.plot.DrawnShape.Anchor.START;

import io.mnist4j.model.TrainedModel;
import io.mnist4j.report.text.NumberText;
import java.util.Arrays;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The weights of the first layer that has any, as images: what each of its units looks for. Blue
 * weights are negative, vermilion ones positive, white is 0.
 *
 * @param image all of them in rows, with a line between two
 * @param shown units that are shown
 * @param units of the layer
 * @param full the magnitude from which on weights have full colour
 */
public record WeightImages(Png image, int shown, int units, double full) {
  private static final String WEIGHTS = "W";
  private static final int MOST = 128;

  /** Of the plot, in pixels, as far as whole pixels of the weights allow. */
  private static final int WIDTH = 930;

  private static final int LEFT = 4;
  private static final int ZERO = 127;
  private static final int LINE = 255;

  /**
   * Draws them.
   *
   * @return empty if the first weights are not those of pixels
   */
  public static Optional<WeightImages> of(TrainedModel model) {
    int height = model.provenance().height();
    int width = model.provenance().width();
    for (Layer layer : model.network().getLayers()) {
      INDArray weights = layer.paramTable().get(WEIGHTS);
      if (weights != null) {
        if (weights.rank() == 2 && weights.size(0) == (long) height * width) {
          // [inputs, units]: in column order the weights of a unit follow each other.
          return Optional.of(draw(values(weights, 'f'), height, width));
        }
        if (weights.rank() == 4 && weights.size(1) == 1) {
          // [filters, channels, rows, columns]
          return Optional.of(
              draw(values(weights, 'c'), (int) weights.size(2), (int) weights.size(3)));
        }
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** What the weights of which units mean, and where full colour begins. */
  public String legend() {
    return ("The weights of %s units. Vermilion: ink here speaks for the unit; blue: against it;"
            + " white: no matter. Full colour begins at %s.")
        .formatted(
            shown == units ? "its " + units : "the first %d of its %d".formatted(shown, units),
            NumberText.share(full));
  }

  /** As a plot, of a readable size. */
  public Drawing drawing() {
    double scale = Math.max(1, Math.min(16, WIDTH / image.width()));
    double width = image.width() * scale;
    double height = image.height() * scale;
    String[] sentences = legend().split("(?<=\\.) ", -1);
    double top = 42 + 16 * sentences.length;
    PlotFrame frame =
        new PlotFrame("What the first layer looks for", LEFT, top, LEFT + width, top + height);
    for (int i = 0; i < sentences.length; i++) {
      frame.text(LEFT, 46 + 16 * i, sentences[i], Ink.MUTED, START);
    }
    frame.add(new DrawnShape.Bitmap(LEFT, top, width, height, image));
    return frame.drawing("weights", legend(), Math.max(580, width + 2 * LEFT), top + height + 8);
  }

  /**
   * @param weights {@code [units, rows, columns]}
   */
  private static WeightImages draw(float[] weights, int rows, int columns) {
    int units = weights.length / (rows * columns);
    int shown = Math.min(units, MOST);
    int perRow = Math.min(shown, columns > 10 ? 16 : 32);
    int lines = (shown + perRow - 1) / perRow;
    int width = perRow * (columns + 1) + 1;
    int height = lines * (rows + 1) + 1;
    float full = full(weights, shown * rows * columns);
    byte[] pixels = new byte[width * height];
    Arrays.fill(pixels, (byte) LINE);
    for (int unit = 0; unit < shown; unit++) {
      int top = unit / perRow * (rows + 1) + 1;
      int left = unit % perRow * (columns + 1) + 1;
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          float weight = weights[(unit * rows + row) * columns + column];
          // Not a number becomes 0.
          int level = Math.round(ZERO * Math.max(-1, Math.min(1, weight / full)));
          pixels[(top + row) * width + left + column] = (byte) (ZERO + level);
        }
      }
    }
    return new WeightImages(Png.indexed(width, height, pixels, palette()), shown, units, full);
  }

  private static float[] values(INDArray array, char order) {
    float[] values = new float[(int) array.length()];
    array.castTo(DataType.FLOAT).dup(order).data().asNioFloat().get(values);
    return values;
  }

  /** Three times the root of the mean square: the few larger weights would leave the rest pale. */
  private static float full(float[] weights, int count) {
    double squares = 0;
    for (int i = 0; i < count; i++) {
      squares += weights[i] * weights[i];
    }
    return Math.max(Float.MIN_NORMAL, (float) (3 * Math.sqrt(squares / count)));
  }

  /** 0 is the blue of the plots, 127 white, 254 their vermilion, 255 the line. */
  private static byte[] palette() {
    byte[] palette = new byte[256 * 3];
    for (int index = 0; index < LINE; index++) {
      int full = (index < ZERO ? Ink.BLUE : Ink.VERMILION).lightRgb();
      double strength = Math.abs(index - ZERO) / (double) ZERO;
      for (int channel = 0; channel < 3; channel++) {
        int color = full >> (16 - 8 * channel) & 0xff;
        palette[index * 3 + channel] = (byte) Math.round(255 + (color - 255) * strength);
      }
    }
    Arrays.fill(palette, LINE * 3, LINE * 3 + 3, (byte) 0xc4);
    return palette;
  }
}
