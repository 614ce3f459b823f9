package io.mnist4j.report.card;

import io.mnist4j.errors.ModelException;
import io.mnist4j.errors.RunFolderException;
import io.mnist4j.files.AtomicFile;
import io.mnist4j.model.ModelSummary;
import io.mnist4j.model.Provenance;
import io.mnist4j.model.layers.ShapeException;
import io.mnist4j.report.text.NumberText;
import io.mnist4j.run.Experiment;
import io.mnist4j.run.ExperimentFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * A model card (M. Mitchell et al., "Model cards for model reporting", FAT* 2019) made of the files
 * of a run alone: what no file says is not in it.
 */
public final class ModelCard {
  /** Settings that are told even where they are the usual ones. */
  private static final List<String> ALWAYS =
      List.of(
          "seed",
          "training.epochs",
          "training.batch-size",
          "training.optimizer.name",
          "training.optimizer.learning-rate",
          "training.schedule.name");

  private final CardSources sources;
  private final Markdown card = new Markdown();

  private ModelCard(CardSources sources) {
    this.sources = sources;
  }

  /**
   * Writes the card of a model.
   *
   * @param model the model's file; where it is a run's, the other files of the run are read too
   * @param license an identifier such as {@code apache-2.0}; empty for none
   * @param notes gets what a user should know of files that were left out
   * @throws ModelException if the model cannot be read
   * @throws RunFolderException if another file of the run is damaged
   * @throws IOException if the card cannot be written
   */
  public static void write(
      Path model, Optional<String> license, Path target, Consumer<String> notes)
      throws ModelException, RunFolderException, IOException {
    CardSources sources = CardSources.of(model);
    sources.notes().forEach(notes);
    String text = FrontMatter.of(sources, license) + "\n" + new ModelCard(sources).markdown();
    AtomicFile.write(target, text);
  }

  private String markdown() {
    card.heading(1, Markdown.plain(sources.name()));
    card.line(lead());
    use();
    data();
    training();
    evaluation();
    groups();
    costs();
    limits();
    return card.toString();
  }

  private String lead() {
    Provenance provenance = sources.provenance();
    String what =
        "Tells %d classes apart in grey images of %dx%d pixels"
            .formatted(provenance.labels().size(), provenance.height(), provenance.width());
    String from =
        sources
            .foreign()
            .map(program -> "written by " + Markdown.plain(program))
            .orElse("trained by mnist4j " + version("mnist4j"));
    return "%s; %s%s.%s"
        .formatted(
            what,
            from,
            sources.dataset().map(name -> " on " + Markdown.code(name)).orElse(""),
            sources
                .accuracy()
                .map(
                    share ->
                        NumberText.format(
                            " Test accuracy **%.4f** (95 %% interval %s) on %,d images.",
                            share.value(), NumberText.interval(share), share.trials()))
                .orElse(""));
  }

  private String version(String program) {
    return Markdown.plain(sources.provenance().versions().getOrDefault(program, ""));
  }

  private void use() {
    Provenance provenance = sources.provenance();
    card.heading(2, "Intended use");
    card.line(
        "Images like those that it learned from%s, one object in each."
            .formatted(sources.dataset().map(name -> " (" + Markdown.code(name) + ")").orElse("")));
    if (provenance.learnedWholePictures()) {
      card.line("Pictures are taken as they are, only scaled.");
    } else if (provenance.labels().stream().allMatch(label -> label.matches("[0-9]"))) {
      card.line(
          "In other pictures the digit has to be found and centred first, as `mnist4j predict` does.");
    }
    card.line("");
    card.line(
        "- Takes %s: paper and ink are %s."
            .formatted(
                sources.foreign().isPresent()
                    ? "grey images of %dx%d pixels"
                        .formatted(provenance.height(), provenance.width())
                    : "float32 `[n, %d]`, pixels / 255, row by row"
                        .formatted(provenance.height() * provenance.width()),
                Markdown.code(sources.range().toString())));
    card.line(
        "- Gives `[n, %d]`, one figure for each class: %s."
            .formatted(
                provenance.labels().size(),
                provenance.labels().stream()
                    .map(Markdown::plain)
                    .collect(Collectors.joining(", "))));
  }

  private void data() {
    Provenance provenance = sources.provenance();
    if (sources.dataset().isEmpty()) {
      return;
    }
    card.heading(2, "Data");
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("data set", Markdown.code(sources.dataset().get())));
    rows.add(List.of("classes", NumberText.count(provenance.labels().size())));
    sources
        .summary()
        .map(summary -> summary.path("train-images"))
        .filter(JsonNode::isNumber)
        .ifPresent(count -> rows.add(List.of("training images", NumberText.count(count.asLong()))));
    sources
        .accuracy()
        .ifPresent(share -> rows.add(List.of("test images", NumberText.count(share.trials()))));
    provenance
        .datasetSha256()
        .forEach(
            (file, hash) ->
                rows.add(List.of("SHA-256 of " + Markdown.code(file), Markdown.code(hash))));
    card.table(List.of("what", "value"), rows);
  }

  private void training() {
    Optional<Experiment> experiment = sources.experiment();
    if (experiment.isEmpty()) {
      return;
    }
    card.heading(2, "Training");
    Provenance provenance = sources.provenance();
    try {
      card.block(
          "text",
          ModelSummary.of(
                  experiment.get().model(),
                  provenance.height(),
                  provenance.width(),
                  provenance.labels().size())
              .toText());
      card.line("");
    } catch (ShapeException e) {
      // A file that was changed by hand: the settings are told all the same.
    }
    SortedMap<String, String> usual = ExperimentFile.toSettings(Experiment.DEFAULT);
    List<List<String>> rows = new ArrayList<>();
    ExperimentFile.toSettings(experiment.get())
        .forEach(
            (key, value) -> {
              boolean told = ALWAYS.contains(key) || !value.equals(usual.get(key));
              // Layers and data stand above.
              if (told && !key.startsWith("model.layers") && !key.equals("data.dataset")) {
                rows.add(List.of(Markdown.code(key), Markdown.code(withoutFolder(value))));
              }
            });
    result(rows);
    provenance.versions().forEach((name, value) -> add(rows, name, value));
    provenance.platform().forEach((name, value) -> add(rows, name, value));
    card.table(List.of("setting", "value"), rows);
    card.line("");
    card.line("Settings that are not named have the defaults of that version of mnist4j.");
  }

  /** A card is for others: where a file lay on this machine is nothing to them. */
  private static String withoutFolder(String value) {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  private static void add(List<List<String>> rows, String name, String value) {
    rows.add(List.of(Markdown.plain(name), Markdown.plain(value)));
  }

  /** How the training went. */
  private void result(List<List<String>> rows) {
    if (sources.summary().isEmpty()) {
      return;
    }
    JsonNode summary = sources.summary().get();
    if (summary.has("ending")) {
      add(rows, "ended", summary.get("ending").asText());
    }
    if (summary.path("best-epoch").isNumber()) {
      add(rows, "saved after epoch", summary.get("best-epoch").asText());
    }
    if (summary.path("train-seconds").isNumber()) {
      add(rows, "training time", NumberText.duration(summary.get("train-seconds").asDouble()));
    }
    if (summary.has("finished")) {
      add(rows, "finished", summary.get("finished").asText());
    }
  }

  private void evaluation() {
    Optional<JsonNode> found = sources.evaluation();
    if (found.isEmpty()) {
      return;
    }
    JsonNode evaluation = found.get();
    card.heading(2, "Evaluation");
    card.line(
        NumberText.format(
            "On %,d %s images of %s; intervals are of 95 %%.",
            evaluation.path("images").asLong(),
            Markdown.plain(evaluation.path("split").asText("test")),
            Markdown.code(evaluation.path("dataset").asText("unknown"))));
    card.line("");
    List<List<String>> figures = new ArrayList<>();
    figure(figures, evaluation, "accuracy", "test-accuracy");
    figure(figures, evaluation, "top-3 accuracy", "top3-accuracy");
    figure(figures, evaluation, "loss", "test-loss");
    figure(figures, evaluation, "macro F1", "macro-f1");
    figure(figures, evaluation, "calibration error (ECE, 15 bins)", "calibration-error");
    card.table(List.of("figure", "value", "interval"), figures);
    card.line("");
    List<List<String>> classes = new ArrayList<>();
    for (JsonNode row : evaluation.path("classes")) {
      classes.add(
          List.of(
              Markdown.plain(row.path("name").asText()),
              NumberText.count(row.path("support").asLong()),
              share(row.path("precision")),
              interval(row.path("precision-interval")),
              share(row.path("recall")),
              interval(row.path("recall-interval")),
              share(row.path("f1"))));
    }
    card.table(
        List.of("class", "images", "precision", "interval", "recall", "interval", "F1"), classes);
  }

  private static void figure(
      List<List<String>> rows, JsonNode evaluation, String name, String key) {
    if (evaluation.path(key).isNumber()) {
      rows.add(
          List.of(name, share(evaluation.get(key)), interval(evaluation.path(key + "-interval"))));
    }
  }

  private static String share(JsonNode number) {
    return NumberText.share(number.isNumber() ? number.asDouble() : Double.NaN);
  }

  private static String interval(JsonNode ends) {
    return ends.size() == 2 ? share(ends.get(0)) + "-" + share(ends.get(1)) : "";
  }

  private void groups() {
    if (sources.groups().isEmpty()) {
      return;
    }
    JsonNode groups = sources.groups().get();
    card.heading(2, "Groups");
    card.line(
        "By %s of %s."
            .formatted(
                Markdown.code(groups.path("column").asText("group")),
                Markdown.code(groups.path("table").asText("a table"))));
    card.line("");
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode group : groups.path("groups")) {
      rows.add(
          List.of(
              Markdown.plain(group.path("group").asText()),
              NumberText.count(group.path("images").asLong()),
              share(group.path("accuracy")),
              interval(group.path("accuracy-interval")),
              share(group.path("calibration-error"))));
    }
    card.table(List.of("group", "images", "accuracy", "interval", "calibration error"), rows);
  }

  /** Energy, and how much of a single image's privacy was spent. */
  private void costs() {
    List<List<String>> rows = new ArrayList<>();
    sources
        .figure("energy-joules")
        .ifPresent(joules -> rows.add(List.of("energy", NumberText.format("%,.0f J", joules))));
    sources
        .figure("carbon-grams")
        .ifPresent(grams -> rows.add(List.of("CO₂", NumberText.format("%,.2f g", grams))));
    sources
        .figure("epsilon")
        .ifPresent(epsilon -> rows.add(List.of("ε", NumberText.format("%.4g", epsilon))));
    sources
        .figure("delta")
        .ifPresent(delta -> rows.add(List.of("δ", NumberText.format("%.3g", delta))));
    if (!rows.isEmpty()) {
      card.heading(2, "Energy and privacy");
      card.table(List.of("what the training took", "value"), rows);
    }
  }

  private void limits() {
    card.heading(2, "Limits");
    if (sources.accuracy().isPresent()) {
      card.line(
          "- The figures are of images of %s; of other images they say nothing."
              .formatted(Markdown.code(sources.dataset().orElse("unknown"))));
    } else {
      card.line("- No file tells how it was tested.");
    }
    sources
        .summary()
        .filter(summary -> summary.path("chosen-by-test").asBoolean())
        .ifPresent(
            summary ->
                card.line(
                    "- The test images decided when the training stopped: the accuracy on them is"
                        + " too good."));
    if (sources.evaluation().isEmpty()) {
      card.line("- No file has the figures of each class, nor of the calibration.");
    } else {
      JsonNode evaluation = sources.evaluation().get();
      card.line(
          "- The class that it knows worst, by F1: %s."
              .formatted(Markdown.plain(evaluation.path("worst-class").asText("unknown"))));
    }
    if (sources.groups().isEmpty()) {
      card.line("- No file compares groups of people or of images.");
    }
    if (sources.figure("epsilon").isEmpty()) {
      card.line("- No bound is known on what it tells of single images that it learned from.");
    }
  }
}
