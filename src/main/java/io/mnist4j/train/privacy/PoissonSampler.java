package io.mnist4j.train.privacy;

/**
 * Takes each image with the same probability, whatever becomes of the others: so batches differ in
 * size, and may be empty. For one thread at a time.
 */
public final class PoissonSampler {
  /** Parts of noise are numbered from 0. */
  private static final int PART = -1;

  private final RandomStream stream;
  private final int images;
  private final int room;
  private final double logarithmOfOthers;

  public PoissonSampler(NoiseKey key, PrivacyPlan plan) {
    stream = key.stream();
    images = plan.images();
    room = plan.room();
    logarithmOfOthers = plan.rate() == 1 ? 0 : StrictMath.log1p(-plan.rate());
  }

  /**
   * Draws the batch of a step. How many images lie between two that are taken is drawn from the
   * geometric distribution.
   *
   * @param chosen receives indices of images, rising
   * @return how many
   */
  public int draw(long step, int[] chosen) {
    stream.begin(step, PART);
    int size = 0;
    for (long image = gap(); image < images && size < room; image += 1 + gap()) {
      chosen[size++] = (int) image;
    }
    return size;
  }

  private long gap() {
    return logarithmOfOthers == 0
        ? 0
        : (long) (StrictMath.log(stream.nextDouble()) / logarithmOfOthers);
  }
}
