package io.mnist4j.federated;

import io.mnist4j.backend.Backend;
import io.mnist4j.data.DataSplit;
import io.mnist4j.data.ImageSet;
import io.mnist4j.errors.DivergedException;
import io.mnist4j.eval.Evaluation;
import io.mnist4j.random.SplitMix64;
import io.mnist4j.run.TrainingInputs;
import io.mnist4j.train.Learner;
import io.mnist4j.train.TrainingTask;
import io.mnist4j.train.engine.FusedLearner;
import io.mnist4j.train.engine.LearnerChoice;
import io.mnist4j.train.engine.stage.GradientTerm;
import java.util.concurrent.CancellationException;

/**
 * Trains one client after another with one network and one learner, on one thread: between two
 * clients nothing is made anew but the parameters.
 */
public final class ClientLearner implements AutoCloseable {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;
  private static final long CLIENT = 0xBF58476D1CE4E5B9L;

  private final FusedLearner learner;
  private final Federation federation;
  private final GradientTerm pull;

  /** What the learner has; null while it is another client's. */
  private float[] loaded;

  /**
   * @param inputs the training of one client, with the images of all
   * @param backend started
   */
  public ClientLearner(Federation federation, TrainingInputs inputs, Backend backend) {
    DataSplit images = inputs.images();
    TrainingTask task =
        new TrainingTask(
            inputs.newNetwork(),
            federation.model().output(),
            images.train(),
            images.classes(),
            federation.local().training(),
            federation.seed(),
            backend);
    LearnerChoice choice = LearnerChoice.of(federation.model(), images.classes());
    learner = (FusedLearner) choice.create(task, 1);
    this.federation = federation;
    double mu = federation.strategy().pull();
    pull = mu > 0 ? new GradientTerm(null, (float) mu) : null;
  }

  /**
   * The seed of a client. That of the first is the federation's: so a federation of one client is a
   * training, with a round for so many epochs.
   */
  private long seed(int client) {
    return federation.seed() + client * (GAMMA ^ CLIENT);
  }

  /**
   * Carries out a task. The same task gives the same bits, whatever was done before.
   *
   * @throws DivergedException if the loss becomes infinite or not a number
   */
  public ClientUpdate train(ClientTask task) throws DivergedException {
    LocalTraining local = federation.local();
    long seed = seed(task.client());
    loaded = null;
    learner.restart(task.server(), task.images(), seed, term(task));
    int batch = local.batchSize();
    int steps = (task.images().length + batch - 1) / batch;
    double rate = local.learningRate(task.round());
    double lossSum = 0;
    for (int e = 1; e <= local.epochs(); e++) {
      int epoch = Math.addExact(Math.multiplyExact(task.round() - 1, local.epochs()), e);
      learner.shuffle(epoch);
      for (int step = 0; step < steps; step++) {
        if (Thread.currentThread().isInterrupted()) {
          throw new CancellationException("the pool was closed");
        }
        long stepOfRun = (epoch - 1L) * steps + step;
        Learner.StepResult result =
            learner.trainBatch(step, rate, SplitMix64.nonZero(seed + stepOfRun));
        if (!Double.isFinite(result.loss())) {
          throw new DivergedException(stepOfRun + 1, task.round(), result.loss());
        }
        lossSum += result.loss();
      }
    }
    int all = Math.multiplyExact(steps, local.epochs());
    float[] parameters = new float[task.server().length];
    learner.getParameters(parameters);
    float[] control =
        task.serverControl() == null ? null : control(task, parameters, 1 / (all * rate));
    return new ClientUpdate(
        task.client(), task.images().length, lossSum / all, parameters, control);
  }

  private GradientTerm term(ClientTask task) {
    if (task.serverControl() == null) {
      return pull;
    }
    float[] offset = task.serverControl().clone();
    if (task.control() != null) {
      for (int i = 0; i < offset.length; i++) {
        offset[i] -= task.control()[i];
      }
    }
    return new GradientTerm(offset, 0);
  }

  private static float[] control(ClientTask task, float[] parameters, double factor) {
    float[] control = new float[parameters.length];
    for (int i = 0; i < control.length; i++) {
      float before = task.control() == null ? 0 : task.control()[i];
      control[i] =
          (float)
              (before
                  - task.serverControl()[i]
                  + factor * ((double) task.server()[i] - parameters[i]));
    }
    return control;
  }

  /**
   * What a network does on some images.
   *
   * @param parameters of it; the same array means the same numbers
   */
  Evaluation evaluate(float[] parameters, ImageSet images) {
    if (loaded != parameters) {
      learner.setParameters(parameters);
      loaded = parameters;
    }
    return learner.predict(images).evaluation();
  }

  @Override
  public void close() {
    learner.close();
  }
}
