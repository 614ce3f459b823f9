package io.mnist4j.digits;

import io.mnist4j.data.pictures.GreyImage;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * Tells one whole digit from what is none: a part of one, two that touch, letters, scribbles. A
 * network that classifies digits cannot say so, for it has learned from digits alone and names one
 * for whatever it is shown. Safe for use by several threads at once.
 *
 * <p>A convolutional network with an eleventh class for all that is no digit. Its weights come with
 * the program; {@code DigitVerifierTraining} among the tests made them, from MNIST's training
 * images and what it drew itself.
 */
public final class DigitVerifier {
  /** Rows and columns of the images that it takes. */
  public static final int SIDE = 28;

  /** Classes: the digits 0 to 9, and what is no digit. */
  static final int CLASSES = 11;

  static final int[] FILTERS = {12, 24};
  static final int KERNEL = 3;
  static final int HIDDEN = 48;

  /** What is left of a side after both convolutions, each followed by pooling of 2 × 2. */
  private static final int POOLED = pooled(pooled(SIDE));

  private static final String WEIGHTS = "digit-verifier.bin";

  private final float[][] weights = new float[4][];
  private final float[][] biases = new float[4][];

  private DigitVerifier(DataInputStream in) throws IOException {
    int[] inputs = {
      KERNEL * KERNEL, FILTERS[0] * KERNEL * KERNEL, FILTERS[1] * POOLED * POOLED, HIDDEN
    };
    int[] outputs = {FILTERS[0], FILTERS[1], HIDDEN, CLASSES};
    for (int layer = 0; layer < 4; layer++) {
      weights[layer] = floats(in, outputs[layer] * inputs[layer]);
      biases[layer] = floats(in, outputs[layer]);
    }
  }

  private static int pooled(int side) {
    return (side - KERNEL + 1) / 2;
  }

  private static float[] floats(DataInputStream in, int count) throws IOException {
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = in.readFloat();
    }
    return floats;
  }

  /** The one that comes with the program. */
  public static DigitVerifier shipped() {
    return Shipped.VERIFIER;
  }

  private static final class Shipped {
    private static final DigitVerifier VERIFIER = read();

    private static DigitVerifier read() {
      try (InputStream in = DigitVerifier.class.getResourceAsStream(WEIGHTS)) {
        return of(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Reads weights.
   *
   * @param in for each layer its weights, {@code [outputs, inputs]}, and its biases, as floats in
   *     big-endian order
   */
  static DigitVerifier of(InputStream in) throws IOException {
    return new DigitVerifier(new DataInputStream(new BufferedInputStream(in)));
  }

  /**
   * How probable it is that an image shows each digit, and nothing else.
   *
   * @param image of 28 × 28 pixels, as MNIST's are: 0 is paper and 255 is ink
   * @return for 0 to 9, each 0 to 1; what lacks in their sum to 1 is for no digit, which is taken
   *     to be as likely
   */
  public float[] probabilities(GreyImage image) {
    float[] pixels = new float[SIDE * SIDE];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = Byte.toUnsignedInt(image.pixels()[i]) / 255f;
    }
    float[] maps = convolved(pixels, 1, SIDE, 0);
    maps = convolved(maps, FILTERS[0], pooled(SIDE), 1);
    float[] hidden = product(maps, 2);
    for (int i = 0; i < hidden.length; i++) {
      hidden[i] = Math.max(0, hidden[i]);
    }
    return digits(product(hidden, 3));
  }

  /**
   * Convolution without padding, then ReLU and the largest of each 2 × 2. A map keeps the side of
   * its input, so that all of it is one long loop; its last columns mean nothing.
   */
  private float[] convolved(float[] in, int channels, int side, int layer) {
    int half = pooled(side);
    float[] out = new float[FILTERS[layer] * half * half];
    float[] map = new float[(side - KERNEL) * side + side - KERNEL + 1];
    for (int filter = 0; filter < FILTERS[layer]; filter++) {
      Arrays.fill(map, biases[layer][filter]);
      for (int channel = 0; channel < channels; channel++) {
        int first = (filter * channels + channel) * KERNEL * KERNEL;
        addTaps(map, in, channel * side * side, side, weights[layer], first);
      }
      for (int i = 0; i < half * half; i++) {
        int at = i / half * 2 * side + i % half * 2;
        float upper = Math.max(map[at], map[at + 1]);
        float lower = Math.max(map[at + side], map[at + side + 1]);
        out[filter * half * half + i] = Math.max(0, Math.max(upper, lower));
      }
    }
    return out;
  }

  /** Adds what the nine weights of a filter make of one channel. */
  private static void addTaps(
      float[] map, float[] in, int start, int side, float[] weights, int first) {
    for (int row = 0; row < KERNEL; row++) {
      float left = weights[first + row * KERNEL];
      float middle = weights[first + row * KERNEL + 1];
      float right = weights[first + row * KERNEL + 2];
      int from = start + row * side;
      for (int i = 0; i < map.length; i++) {
        map[i] += left * in[from + i] + middle * in[from + i + 1] + right * in[from + i + 2];
      }
    }
  }

  private float[] product(float[] in, int layer) {
    float[] out = biases[layer].clone();
    for (int o = 0; o < out.length; o++) {
      for (int i = 0; i < in.length; i++) {
        out[o] += weights[layer][o * in.length + i] * in[i];
      }
    }
    return out;
  }

  /** The softmax of all classes, but for the last. */
  private static float[] digits(float[] outputs) {
    float largest = Float.NEGATIVE_INFINITY;
    for (float output : outputs) {
      largest = Math.max(largest, output);
    }
    double sum = 0;
    for (float output : outputs) {
      sum += Math.exp(output - largest);
    }
    float[] digits = new float[CLASSES - 1];
    for (int i = 0; i < digits.length; i++) {
      digits[i] = (float) (Math.exp(outputs[i] - largest) / sum);
    }
    return digits;
  }
}
