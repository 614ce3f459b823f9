package io.mnist4j.train.engine;

import io.mnist4j.train.TrainingTask;
import io.mnist4j.train.engine.stage.ImageGradients;
import io.mnist4j.train.engine.stage.InputBatch;
import io.mnist4j.train.engine.stage.ParameterUpdate;
import io.mnist4j.train.engine.stage.Scratch;
import io.mnist4j.train.engine.stage.Trainable;
import io.mnist4j.train.engine.stage.WorkerPool;
import io.mnist4j.train.privacy.GaussianNoise;
import io.mnist4j.train.privacy.NoiseKey;
import io.mnist4j.train.privacy.PoissonSampler;
import io.mnist4j.train.privacy.PrivacyPlan;
import java.util.Arrays;
import java.util.List;

/**
 * What a private step does beside the arithmetic of every step, as algorithm 1 of Abadi et al.,
 * "Deep Learning with Differential Privacy" (2016), has it: it draws the batch, bounds the gradient
 * of each image, divides their sum by the expected size of a batch, and adds noise.
 *
 * <p>No gradient of a single image is kept. The norms of all are computed first, from what the
 * backward pass has left; then the derivatives of each image are shortened, from which the gradient
 * of the batch is made as ever.
 */
final class PrivateStep {
  /** Keeps rounding from lengthening a gradient beyond the bound. */
  private static final double ROUNDING = 1 - 1e-5;

  private final PrivacyPlan plan;
  private final PoissonSampler sampler;
  private final List<ImageGradients> layers;
  private final GaussianNoise[] noise;
  private final int[] chosen;
  private final double[] squares;
  private final float[] factors;
  private int drawn;

  private PrivateStep(
      PrivacyPlan plan, NoiseKey key, List<? extends Trainable> trainables, int threads) {
    this.plan = plan;
    sampler = new PoissonSampler(key, plan);
    layers =
        trainables.stream()
            .filter(trainable -> trainable.parts() > 0)
            .map(ImageGradients.class::cast)
            .toList();
    noise = new GaussianNoise[threads];
    double deviation = plan.noise() * plan.clip() / plan.batchSize();
    Arrays.setAll(noise, i -> new GaussianNoise(key, deviation));
    chosen = new int[plan.room()];
    squares = new double[plan.room()];
    factors = new float[plan.room()];
  }

  /**
   * That of a training; null where it is not private.
   *
   * @param trainables all that learns
   */
  static PrivateStep of(TrainingTask task, List<? extends Trainable> trainables, int threads) {
    return task.training()
        .privacyPlan(task.images().size())
        .map(
            plan -> {
              NoiseKey key = plan.seeded() ? NoiseKey.ofSeed(task.seed()) : NoiseKey.secret();
              return new PrivateStep(plan, key, trainables, threads);
            })
        .orElse(null);
  }

  /**
   * Draws the batch of a step. Of an empty one, some image goes through the network, whose gradient
   * {@link #clip} makes 0.
   *
   * @param step from 1
   */
  InputBatch draw(int step, int epoch) {
    drawn = sampler.draw(step, chosen);
    if (drawn == 0) {
      chosen[0] = 0;
    }
    return new InputBatch(chosen, 0, Math.max(1, drawn), epoch);
  }

  /** Images of the batch that was drawn; may be 0. */
  int drawn() {
    return drawn;
  }

  /**
   * Shortens the gradient of each image to the bound.
   *
   * @param images that went through the network, of whose losses the mean was differentiated
   */
  void clip(WorkerPool workers, Scratch[] scratch, int images) {
    Arrays.fill(squares, 0, images, 0);
    for (ImageGradients layer : layers) {
      layer.addSquaredNorms(workers, scratch, squares, images);
    }
    for (int i = 0; i < images; i++) {
      double norm = Math.sqrt(squares[i]) * images;
      double share = norm > plan.clip() ? plan.clip() / norm : 1;
      factors[i] = drawn == 0 ? 0 : (float) (ROUNDING * share * images / plan.batchSize());
    }
    for (ImageGradients layer : layers) {
      layer.weigh(workers, scratch, factors, images);
    }
  }

  /** The update of one part of the parameters: with noise of its own. */
  ParameterUpdate update(ParameterUpdate ofStep, int step, int part, int worker) {
    noise[worker].begin(step, part);
    return ofStep.with(noise[worker]);
  }
}
