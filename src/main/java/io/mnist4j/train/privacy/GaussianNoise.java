package io.mnist4j.train.privacy;

/**
 * Gaussian noise by the ziggurat method of G. Marsaglia and W. W. Tsang (2000), with 256 layers, in
 * double precision and with bits of their own for the layer and the place in it (J. Doornik, "An
 * Improved Ziggurat Method to Generate Normal Random Samples", 2005). For one thread at a time.
 */
public final class GaussianNoise {
  private static final int LAYERS = 256;

  /** Where the tail begins, and the area of each layer, for 256 layers. */
  private static final double TAIL = 3.654152885361009;

  private static final double AREA = 0.00492867323399141;

  /** The right end of each layer; of the lowest, the width that its area would have. */
  private static final double[] ENDS = new double[LAYERS + 1];

  /** The bell curve there. */
  private static final double[] HEIGHTS = new double[LAYERS + 1];

  static {
    ENDS[0] = AREA / bell(TAIL);
    ENDS[1] = TAIL;
    for (int i = 1; i < LAYERS - 1; i++) {
      ENDS[i + 1] = Math.sqrt(-2 * StrictMath.log(bell(ENDS[i]) + AREA / ENDS[i]));
    }
    ENDS[LAYERS] = 0;
    for (int i = 0; i <= LAYERS; i++) {
      HEIGHTS[i] = bell(ENDS[i]);
    }
  }

  private final RandomStream stream;
  private final double deviation;

  /**
   * @param key of this training
   * @param deviation standard deviation
   */
  public GaussianNoise(NoiseKey key, double deviation) {
    stream = key.stream();
    this.deviation = deviation;
  }

  private static double bell(double x) {
    return StrictMath.exp(-x * x / 2);
  }

  /**
   * Before the numbers of a part of a step: these depend on the key, the step and the part alone.
   *
   * @param part from 0
   */
  public void begin(long step, int part) {
    stream.begin(step, part);
  }

  /** Adds noise to a stretch of numbers. */
  public void addTo(float[] numbers, int from, int to) {
    for (int i = from; i < to; i++) {
      numbers[i] += (float) (deviation * next());
    }
  }

  /** Of the standard normal distribution. */
  private double next() {
    while (true) {
      long bits = stream.nextLong();
      int layer = (int) (bits & (LAYERS - 1));
      double x = (bits >> 9) * 0x1.0p-54 * ENDS[layer];
      if (Math.abs(x) < ENDS[layer + 1]) {
        return x;
      }
      if (layer == 0) {
        return x < 0 ? -tail() : tail();
      }
      double height = HEIGHTS[layer] + stream.nextDouble() * (HEIGHTS[layer + 1] - HEIGHTS[layer]);
      if (height < bell(x)) {
        return x;
      }
    }
  }

  /** Beyond where the tail begins: G. Marsaglia (1964). */
  private double tail() {
    while (true) {
      double beyond = -StrictMath.log(stream.nextDouble()) / TAIL;
      double y = -StrictMath.log(stream.nextDouble());
      if (2 * y > beyond * beyond) {
        return TAIL + beyond;
      }
    }
  }
}
