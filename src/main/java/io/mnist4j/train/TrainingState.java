package io.mnist4j.train;

import io.mnist4j.eval.Evaluation;
import io.mnist4j.text.Json;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.node.ArrayNode;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/**
 * How far a training is, apart from the network's parameters and updater state. Everything random
 * in a training depends on the seed, the epoch and the step alone, so that this is all that it
 * takes to go on to the same bits.
 *
 * @param history the epochs that are done
 * @param step optimiser steps done of the epoch after them
 * @param lossSum of those steps, each weighted by its images
 * @param samples images of those steps
 * @param seconds those steps took
 */
public record TrainingState(
    List<EpochMetrics> history, int step, double lossSum, long samples, double seconds) {

  /** Before the first step. */
  public static final TrainingState START = new TrainingState(List.of(), 0, 0, 0, 0);

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

  TrainingState afterStep(double loss, int images, double stepSeconds) {
    return new TrainingState(
        history, step + 1, lossSum + loss * images, samples + images, seconds + stepSeconds);
  }

  TrainingState afterEpoch(Evaluation validation) {
    List<EpochMetrics> longer = new ArrayList<>(history);
    longer.add(EpochMetrics.of(epoch(), lossSum / samples, validation, seconds, samples));
    return new TrainingState(longer, 0, 0, 0, 0);
  }

  /** For {@link #fromJson}; numbers come back to the bit. */
  public String toJson() {
    ObjectNode root = Json.object();
    ArrayNode epochs = root.putArray("history");
    for (EpochMetrics epoch : history) {
      ObjectNode entry = epochs.addObject();
      entry.put("trainLoss", epoch.trainLoss());
      entry.put("images", epoch.validation().images());
      entry.put("correct", epoch.validation().correct());
      entry.put("validationLoss", epoch.validationLoss());
      entry.put("samples", epoch.samples());
      entry.put("seconds", epoch.seconds());
    }
    root.put("step", step);
    root.put("lossSum", lossSum);
    root.put("samples", samples);
    root.put("seconds", seconds);
    return Json.pretty(root);
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static TrainingState fromJson(String text) {
    JsonNode root = Json.parse(text);
    List<EpochMetrics> history = new ArrayList<>();
    for (JsonNode epoch : root.path("history")) {
      history.add(
          EpochMetrics.of(
              history.size() + 1,
              epoch.path("trainLoss").asDouble(),
              new Evaluation(
                  epoch.path("images").asInt(),
                  epoch.path("correct").asInt(),
                  epoch.path("validationLoss").asDouble()),
              epoch.path("seconds").asDouble(),
              epoch.path("samples").asLong()));
    }
    return new TrainingState(
        history,
        root.path("step").asInt(),
        root.path("lossSum").asDouble(),
        root.path("samples").asLong(),
        root.path("seconds").asDouble());
  }
}
