package io.mnist4j.report.card;

import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.ModelException;
import io.mnist4j.errors.RunFolderException;
import io.mnist4j.eval.InputRangeDetector;
import io.mnist4j.eval.Proportion;
import io.mnist4j.files.FileProblem;
import io.mnist4j.model.InputRange;
import io.mnist4j.model.Origin;
import io.mnist4j.model.Provenance;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.model.foreign.ModelFile;
import io.mnist4j.run.Experiment;
import io.mnist4j.run.ExperimentFile;
import io.mnist4j.run.RunFolder;
import io.mnist4j.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * All that the files know of a model.
 *
 * @param name of the run, or of the model's file
 * @param provenance what the model itself says
 * @param foreign the program that wrote it, where that was another one
 * @param range of the pixels that it takes
 * @param summary {@code summary.json} of the run
 * @param evaluation {@code evaluation.json} in the run's folder
 * @param groups {@code groups.json} there, or that part of the evaluation
 * @param notes what a user should know of files that were left out
 */
record CardSources(
    String name,
    Provenance provenance,
    Optional<String> foreign,
    InputRange range,
    Optional<JsonNode> summary,
    Optional<JsonNode> evaluation,
    Optional<JsonNode> groups,
    List<String> notes) {

  /**
   * By which an accuracy differs at most that is of the same test: an image or two, by rounding.
   */
  private static final double SAME_ACCURACY = 1e-3;

  /** The accuracy on test images with its interval; empty where no file has it. */
  Optional<Proportion> accuracy() {
    if (summary.isEmpty() || !summary.get().path("test-accuracy").isNumber()) {
      return Optional.empty();
    }
    long images = summary.get().path("images").asLong();
    long right = Math.round(summary.get().path("test-accuracy").asDouble() * images);
    return right >= 0 && right <= images && images > 0
        ? Optional.of(new Proportion(right, images))
        : Optional.empty();
  }

  /** A figure of the test at the end of the training, as the run or else the model says it. */
  OptionalDouble figure(String key) {
    if (summary.isPresent() && summary.get().path(key).isNumber()) {
      return OptionalDouble.of(summary.get().path(key).asDouble());
    }
    Double value = provenance.metrics().get(key);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** The name of the data set; empty where no file says it. */
  Optional<String> dataset() {
    return Provenance.UNKNOWN_DATASET.equals(provenance.dataset())
        ? Optional.empty()
        : Optional.of(provenance.dataset());
  }

  /** The settings of the training; empty where the file has none that this program understands. */
  Optional<Experiment> experiment() {
    try {
      return provenance.config().isEmpty()
          ? Optional.empty()
          : Optional.of(ExperimentFile.fromMap(provenance.config(), "the model"));
    } catch (ConfigException e) {
      return Optional.empty();
    }
  }

  /**
   * Reads the files.
   *
   * @param model the model's file; where it lies in a run's folder, the others there are read too
   * @throws ModelException if the model cannot be read
   * @throws RunFolderException if another file is damaged
   */
  static CardSources of(Path model) throws ModelException, RunFolderException {
    Optional<Provenance> own = ModelFile.ownProvenance(model);
    Optional<TrainedModel> other =
        own.isPresent()
            ? Optional.empty()
            : Optional.of(InputRangeDetector.onStrokes(ModelFile.read(model, Optional.empty())));
    Provenance provenance = own.orElseGet(() -> other.orElseThrow().provenance());
    Path folder = RunFolder.pathOf(model);
    boolean inRun = !folder.equals(model);
    RunFolder run = RunFolder.of(inRun ? folder : model.resolveSibling("no-run"));
    Optional<JsonNode> summary = inRun ? json(run.summary()) : Optional.empty();
    List<String> notes = new ArrayList<>();
    Optional<JsonNode> evaluation =
        inRun ? json(folder.resolve("evaluation.json")) : Optional.empty();
    if (evaluation.isPresent() && isOfAnother(evaluation.get(), summary)) {
      notes.add(
          "evaluation.json is left out: it is of an earlier state of the model; write it again with"
              + " `mnist4j evaluate %s --output %s`".formatted(folder, folder));
      evaluation = Optional.empty();
    }
    Optional<JsonNode> groups = inRun ? json(folder.resolve("groups.json")) : Optional.empty();
    Path named = inRun ? folder : model;
    return new CardSources(
        String.valueOf(named.toAbsolutePath().normalize().getFileName()),
        provenance,
        other.flatMap(TrainedModel::origin).map(Origin::format),
        other.map(TrainedModel::range).orElse(InputRange.UNIT),
        summary,
        evaluation,
        groups.isPresent() ? groups : evaluation.map(e -> e.get("groups")),
        notes);
  }

  /**
   * Whether an evaluation is of the run's own test images, and of another accuracy than the run.
   */
  private static boolean isOfAnother(JsonNode evaluation, Optional<JsonNode> summary) {
    return summary.isPresent()
        && evaluation.path("dataset").equals(summary.get().path("dataset"))
        && evaluation.path("images").asLong() == summary.get().path("images").asLong()
        && Math.abs(
                evaluation.path("test-accuracy").asDouble()
                    - summary.get().path("test-accuracy").asDouble())
            > SAME_ACCURACY;
  }

  private static Optional<JsonNode> json(Path file) throws RunFolderException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.parse(Files.readString(file)));
    } catch (IOException e) {
      throw new RunFolderException("cannot read %s: %s".formatted(file, FileProblem.reason(e)), e);
    } catch (IllegalArgumentException e) {
      throw new RunFolderException(file + " " + e.getMessage(), e);
    }
  }
}
