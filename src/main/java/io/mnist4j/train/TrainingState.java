package io.mnist4j.train;

import static org.nd4j.shade.jackson.annotation.JsonInclude.Include.NON_NULL;

import io.mnist4j.eval.Evaluation;
import io.mnist4j.text.Json;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.shade.jackson.annotation.JsonInclude;

/**
 * How far a training is, apart from the network's parameters and updater state. Everything random
 * in a training depends on the seed, the epoch and the step alone, so that this is all that it
 * takes to go on to the same bits.
 *
 * @param history the epochs that are done
 * @param step optimiser steps done of the epoch after them
 * @param lossSum of those steps, each weighted by its images
 * @param correct images of those steps that were named rightly, each before the step that learned
 *     from it; below 0 where the steps were made by a version that did not count
 * @param samples images of those steps
 * @param seconds those steps took
 */
public record TrainingState(
    List<EpochMetrics> history,
    int step,
    double lossSum,
    long correct,
    long samples,
    double seconds) {
  private static final long NOT_COUNTED = -1;

  /** Before the first step. */
  public static final TrainingState START = new TrainingState(List.of(), 0, 0, 0, 0, 0);

  public TrainingState {
    history = List.copyOf(history);
  }

  /** The epoch, from 1, that the next step belongs to. */
  public int epoch() {
    return history.size() + 1;
  }

  /** Seconds of training so far. */
  public double totalSeconds() {
    return seconds + history.stream().mapToDouble(EpochMetrics::seconds).sum();
  }

  TrainingState afterStep(Learner.StepResult result, double stepSeconds) {
    return new TrainingState(
        history,
        step + 1,
        lossSum + result.loss() * result.images(),
        step > 0 && correct < 0 ? NOT_COUNTED : Math.max(0, correct) + result.correct(),
        samples + result.images(),
        seconds + stepSeconds);
  }

  /**
   * The state after the last step of an epoch and its validation.
   *
   * @param rate learning rate of that step
   * @param energyJoules of the epoch; null where that is not known
   * @param epsilon of a private training up to here; null for others
   */
  TrainingState afterEpoch(
      Evaluation validation, double rate, Double energyJoules, Double epsilon) {
    List<EpochMetrics> longer = new ArrayList<>(history);
    longer.add(
        new EpochMetrics(
            epoch(),
            lossSum / Math.max(1, samples),
            validation.loss(),
            validation.accuracy(),
            seconds,
            trainAccuracy(),
            rate,
            energyJoules,
            epsilon,
            samples,
            validation.images()));
    return new TrainingState(longer, 0, 0, 0, 0, 0);
  }

  /** Over the steps of this epoch; null where they were not counted. */
  Double trainAccuracy() {
    return correct < 0 ? null : (Double) ((double) correct / Math.max(1, samples));
  }

  /** For {@link #fromJson}; numbers come back to the bit. */
  public String toJson() {
    return Json.pretty(
        new StateFile(
            history.stream().map(EpochEntry::of).toList(),
            step,
            lossSum,
            correct < 0 ? null : (Long) correct,
            samples,
            seconds));
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static TrainingState fromJson(String text) {
    StateFile file = Json.parse(text, StateFile.class);
    boolean begun = file.step() > 0;
    require(file.step() >= 0, "step", file.step());
    // The batches of a private training may all be empty.
    require(file.samples() >= 0 && (begun || file.samples() == 0), "samples", file.samples());
    long correct = file.correct() == null ? NOT_COUNTED : file.correct();
    require(
        file.correct() == null || (correct >= 0 && correct <= file.samples()), "correct", correct);
    require(isMeasured(file.seconds()), "seconds", file.seconds());
    require(Double.isFinite(file.lossSum()), "lossSum", file.lossSum());
    require(begun || !file.history().isEmpty(), "history", file.history());
    List<EpochMetrics> history = new ArrayList<>();
    for (EpochEntry entry : file.history()) {
      history.add(entry.metrics(history.size() + 1));
    }
    return new TrainingState(
        history, file.step(), file.lossSum(), correct, file.samples(), file.seconds());
  }

  private static void require(boolean valid, String key, Object value) {
    if (!valid) {
      throw new IllegalArgumentException("has the %s %s".formatted(key, value));
    }
  }

  private static boolean isMeasured(double seconds) {
    return seconds >= 0 && seconds < Double.POSITIVE_INFINITY;
  }

  private record StateFile(
      List<EpochEntry> history,
      int step,
      double lossSum,
      @JsonInclude(NON_NULL) Long correct,
      long samples,
      double seconds) {}

  private record EpochEntry(
      double trainLoss,
      int images,
      int correct,
      double validationLoss,
      long samples,
      double seconds,
      @JsonInclude(NON_NULL) Double trainAccuracy,
      @JsonInclude(NON_NULL) Double learningRate,
      @JsonInclude(NON_NULL) Double energyJoules,
      @JsonInclude(NON_NULL) Double epsilon) {
    static EpochEntry of(EpochMetrics epoch) {
      return new EpochEntry(
          epoch.trainLoss(),
          epoch.validationImages(),
          epoch.validation().correct(),
          epoch.validationLoss(),
          epoch.samples(),
          epoch.seconds(),
          epoch.trainAccuracy(),
          epoch.learningRate(),
          epoch.energyJoules(),
          epoch.epsilon());
    }

    EpochMetrics metrics(int epoch) {
      require(images > 0, "images", images);
      require(correct >= 0 && correct <= images, "correct", correct);
      require(samples >= 0, "samples", samples);
      require(isMeasured(seconds), "seconds", seconds);
      require(Double.isFinite(trainLoss), "trainLoss", trainLoss);
      boolean isShare = trainAccuracy == null || (trainAccuracy >= 0 && trainAccuracy <= 1);
      require(isShare, "trainAccuracy", trainAccuracy);
      boolean isRate = learningRate == null || Double.isFinite(learningRate);
      require(isRate, "learningRate", learningRate);
      require(energyJoules == null || isMeasured(energyJoules), "energyJoules", energyJoules);
      require(epsilon == null || epsilon >= 0, "epsilon", epsilon);
      return new EpochMetrics(
          epoch,
          trainLoss,
          validationLoss,
          new Evaluation(images, correct, validationLoss).accuracy(),
          seconds,
          trainAccuracy,
          learningRate,
          energyJoules,
          epsilon,
          samples,
          images);
    }
  }
}
