package io.mnist4j.train.engine.stage;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.rng.NativeRandom;

/**
 * What dropout multiplies the outputs of a layer by, {@code [images, units]}: 0, or 1 / the
 * probability of being kept. They are the numbers that ND4J's generator draws for DL4J's own layer,
 * so that the same seed drops the same ones; but each is computed where it is needed, by any
 * thread, since that generator makes a number of its state and an index alone.
 */
public final class DropoutMask {
  /** Bits of a random number: those of a float's mantissa. */
  private static final int BITS = 23;

  private final int units;

  /** The bits of 1 / the probability of being kept. */
  private final int kept;

  /** Below it, a random number of 23 bits keeps its output. */
  private final int threshold;

  /** The lower halves of the generator's two states: a number depends on no more. */
  private int root;

  private int node;

  /**
   * @param keepProbability above 0, at most 1
   * @param units of the layer
   */
  public DropoutMask(double keepProbability, int units) {
    this.units = units;
    kept = Float.floatToRawIntBits(1 / (float) keepProbability);
    threshold = (int) Math.ceil((float) keepProbability * (double) (1 << BITS));
  }

  /** Takes the numbers of a batch from ND4J's generator. */
  public void draw(int images) {
    NativeRandom random = (NativeRandom) Nd4j.getRandom();
    long state = random.nodeState();
    root = (int) random.rootState();
    node = (int) state;
    random.setStates(random.rootState(), next(state, (long) images * units));
  }

  /** The state after so many numbers, as ND4J's RandomGenerator::rewindH has it. */
  private static long next(long state, long numbers) {
    int low = (int) state;
    int high = (int) (state >>> 32) ^ low;
    int newLow = Integer.rotateLeft(low, 26) ^ high ^ (high << 9);
    int newHigh = Integer.rotateLeft(high, 13);
    return (Integer.toUnsignedLong(newLow) | (long) newHigh << 32) ^ numbers ^ 0xdeadbeefL;
  }

  /** What a factor that is not 0 is. */
  public float keptFactor() {
    return Float.intBitsToFloat(kept);
  }

  /** Below it, the upper 23 bits of a random number keep an output. */
  public int threshold() {
    return threshold;
  }

  /** The two numbers that {@link #draw} has left, which all factors are computed from. */
  public int[] state() {
    return new int[] {root, node};
  }

  /** The factor of a unit's output for an image, as ND4J's RandomGenerator::xoroshiro32 draws. */
  public float factor(int image, int unit) {
    int index = image * units + unit + 2;
    int first = root | index * (node + 24243287);
    int second = node ^ index * (first + 723829);
    int random = Integer.rotateLeft((first ^ second) * 0x9E3779BB, 5) * 5;
    // A branch that nobody can foresee would take longer than all before it.
    int keeps = ((random >>> (32 - BITS)) - threshold) >> 31;
    return Float.intBitsToFloat(kept & keeps);
  }
}
