package io.mnist4j.run.repeat;

import io.mnist4j.eval.Spread;
import io.mnist4j.run.SummaryFile;
import io.mnist4j.text.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The results of runs that differ in their seeds, or in the fold that validated them.
 *
 * @param folder of them all
 * @param folds whether they differ in the fold
 * @param runs what each came to, in the order of their seeds or folds
 */
public record RepeatSummary(RepeatFolder folder, boolean folds, List<SummaryFile> runs) {
  public RepeatSummary {
    runs = List.copyOf(runs);
  }

  /** Of the accuracies on the test set, 0 to 1. */
  public Spread testAccuracy() {
    return Spread.of(runs.stream().map(SummaryFile::testAccuracy).toList());
  }

  /** Of the losses on the test set. */
  public Spread testLoss() {
    return Spread.of(runs.stream().map(SummaryFile::testLoss).toList());
  }

  /** Of the accuracies on the validation images, of the network that each run kept. */
  public Spread validationAccuracy() {
    return Spread.of(runs.stream().map(RepeatSummary::validationAccuracy).toList());
  }

  /** The accuracy on the validation images of the network that a run kept. */
  public static double validationAccuracy(SummaryFile run) {
    return run.epochs().get(run.bestEpoch() - 1).validationAccuracy();
  }

  /** The document of {@code repeat.json} and of {@code train --repeat --format json}. */
  public String toJson() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("repeats", runs.size());
    if (folds) {
      document.put("folds", runs.size());
    }
    document.put("dataset", runs.get(0).dataset());
    document.put("images", runs.get(0).images());
    document.put("validation-accuracy", validationAccuracy());
    document.put("test-accuracy", testAccuracy());
    document.put("test-loss", testLoss());
    document.put(
        "runs",
        runs.stream()
            .map(
                run -> {
                  Map<String, Object> each = new LinkedHashMap<>();
                  each.put("seed", run.seed());
                  each.put("validation-accuracy", validationAccuracy(run));
                  each.put("test-accuracy", run.testAccuracy());
                  each.put("test-loss", run.testLoss());
                  each.put("model", run.model());
                  return each;
                })
            .toList());
    return Json.pretty(document);
  }
}
