package io.mnist4j.train;

import io.mnist4j.data.ImageSet;
import io.mnist4j.energy.EnergyMeter;
import io.mnist4j.energy.EnergyUse;
import io.mnist4j.errors.DivergedException;
import io.mnist4j.eval.Evaluation;
import io.mnist4j.random.SplitMix64;
import io.mnist4j.train.privacy.PrivacyPlan;
import io.mnist4j.train.privacy.RenyiAccountant;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * The training loop.
 *
 * <p>A training can be cut at any step and go on from its {@link TrainingState} and the network as
 * it was then, to the same bits: what is random (the order of the images, dropout) is drawn anew at
 * each epoch or step from the seed and the number of that epoch or step.
 */
public final class Trainer {
  private final MultiLayerNetwork network;
  private final Learner learner;
  private final ThreadTuner tuner;
  private final LearningRates rates;
  private final ImageSet images;
  private final ImageSet validation;
  private final TrainingSpec spec;
  private final long seed;
  private final TrainingListener listener;
  private final double checkpointSeconds;
  private final BooleanSupplier stopRequested;

  /** Null where the training is not private. */
  private final PrivacyPlan privacy;

  /** What the steps of a private training cost. */
  private final RenyiAccountant accountant;

  /**
   * @param task with the network at the start, or as it was at the state that training goes on from
   * @param validation the images that each epoch is judged by
   * @param learner of this task
   * @param tuner says how many threads it uses for each step
   */
  public Trainer(
      TrainingTask task,
      ImageSet validation,
      Learner learner,
      ThreadTuner tuner,
      TrainingControl control) {
    network = task.network();
    images = task.images();
    spec = task.training();
    seed = task.seed();
    this.validation = validation;
    this.learner = learner;
    this.tuner = tuner;
    listener = control.listener();
    checkpointSeconds = control.checkpointSeconds();
    stopRequested = control.stopRequested();
    rates = new LearningRates(spec, spec.stepsPerEpoch(images.size()));
    privacy = spec.privacyPlan(images.size()).orElse(null);
    accountant = privacy == null ? null : privacy.accountant();
  }

  /**
   * Trains to the end. The same network, images, settings and seed give the same parameters,
   * however often the training was cut.
   *
   * @throws DivergedException if the loss becomes infinite or not a number
   * @throws TrainingInterruptedException if it was asked to stop; the listener has the state
   * @throws IOException if the listener cannot write what it is told
   */
  public TrainingResult train(TrainingState start)
      throws DivergedException, TrainingInterruptedException, IOException {
    int steps = spec.stepsPerEpoch(images.size());
    TrainingState state = start;
    long lastCheckpoint = System.nanoTime();
    Optional<StopReason> ending =
        start.history().isEmpty() ? Optional.empty() : ending(start, start.step() == 0);
    while (ending.isEmpty()) {
      EnergyMeter energy = new EnergyMeter(OptionalDouble.empty());
      boolean isWhole = state.step() == 0;
      learner.shuffle(state.epoch());
      while (state.step() < steps && !(state.samples() > 0 && timeIsUp(state))) {
        state = step(state, steps);
        if (stopRequested.getAsBoolean()) {
          checkpoint(state);
          throw new TrainingInterruptedException(state);
        }
        long now = System.nanoTime();
        if (checkpointSeconds > 0 && (now - lastCheckpoint) / 1e9 >= checkpointSeconds) {
          lastCheckpoint = now;
          checkpoint(state);
        }
      }
      network.incrementEpochCount();
      learner.setThreads(tuner.best());
      Evaluation evaluation = learner.predict(validation).evaluation();
      Double joules = isWhole ? energy.read().map(EnergyUse::joules).orElse(null) : null;
      double rate = rates.of(state.epoch(), state.step() - 1);
      state = state.afterEpoch(evaluation, rate, joules, epsilon(state, steps));
      listener.onEpoch(state.history().get(state.history().size() - 1));
      checkpoint(state);
      ending = ending(state, true);
    }
    return new TrainingResult(state.history(), ending.get());
  }

  /**
   * What a private training has told by now of any one image; null for others. An epoch that was
   * cut and gone on after counts in full.
   */
  private Double epsilon(TrainingState state, int stepsPerEpoch) {
    long steps = (state.epoch() - 1L) * stepsPerEpoch + state.step();
    return privacy == null ? null : (Double) accountant.loss(steps, privacy.delta()).epsilon();
  }

  /** Makes as many of the epoch's next steps as the learner takes at once. */
  private TrainingState step(TrainingState state, int steps) throws DivergedException {
    int count = Math.min(learner.stepsAtOnce(), steps - state.step());
    long stepOfRun = (state.epoch() - 1L) * steps + state.step();
    double[] rate = new double[count];
    long[] seeds = new long[count];
    for (int i = 0; i < count; i++) {
      rate[i] = rates.of(state.epoch(), state.step() + i);
      seeds[i] = SplitMix64.nonZero(seed + stepOfRun + i);
    }
    learner.setThreads(tuner.threads());
    long start = System.nanoTime();
    List<Learner.StepResult> results = learner.trainBatches(state.step(), rate, seeds);
    long nanos = (System.nanoTime() - start) / count;
    TrainingState after = state;
    for (Learner.StepResult result : results) {
      tuner.recordStep(nanos);
      stepOfRun++;
      if (!Double.isFinite(result.loss())) {
        throw new DivergedException(stepOfRun, state.epoch(), result.loss());
      }
      after = after.afterStep(result, nanos / 1e9);
      listener.onStep(
          new TrainingListener.TrainingStep(
              after.epoch(),
              after.step(),
              steps,
              after.lossSum() / Math.max(1, after.samples()),
              after.samples(),
              after.seconds()));
    }
    return after;
  }

  /** A checkpoint with parameters that are not numbers must not replace a good one. */
  private void checkpoint(TrainingState state) throws DivergedException, IOException {
    learner.syncParameters();
    if (!Double.isFinite(network.params().sumNumber().doubleValue())) {
      throw new DivergedException(network.getIterationCount(), state.epoch());
    }
    listener.onCheckpoint(state);
  }

  private Optional<StopReason> ending(TrainingState state, boolean epochEnded) {
    return epochEnded && timeIsUp(state)
        ? Optional.of(StopReason.TIME_LIMIT)
        : StopReason.after(state.history(), spec);
  }

  private boolean timeIsUp(TrainingState state) {
    double limit = spec.stopping().timeLimitSeconds();
    return limit > 0 && state.totalSeconds() >= limit;
  }
}
