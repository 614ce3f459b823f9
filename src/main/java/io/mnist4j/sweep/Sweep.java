package io.mnist4j.sweep;

import io.mnist4j.config.ConfigNode;
import io.mnist4j.config.ConfigProblem;
import io.mnist4j.config.Setting;
import io.mnist4j.config.SourceLocation;
import io.mnist4j.config.YamlReader;
import io.mnist4j.data.store.DataSpec;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.files.AtomicFile;
import io.mnist4j.run.Experiment;
import io.mnist4j.run.ExperimentFile;
import io.mnist4j.run.SettingsFile;
import io.mnist4j.sweep.search.SweepSettings;
import io.mnist4j.sweep.space.Point;
import io.mnist4j.sweep.space.SearchSpace;
import io.mnist4j.sweep.space.SpaceReader;
import io.mnist4j.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is searched.
 *
 * @param settings of the sweep file
 * @param base the experiment that is varied; part of its training images judges the trials
 * @param space what varies; each key is one of the experiment file
 * @param places where each key of the space was written
 */
public record Sweep(
    SweepSettings settings,
    Experiment base,
    SearchSpace space,
    Map<String, SourceLocation> places) {

  /**
   * Reads a sweep file and the experiment that it names.
   *
   * @param sweepSettings override those of the file
   * @param baseSettings override those of the experiment
   * @throws ConfigException naming all that is wrong with it, by itself: {@link SpaceCheck} tries
   *     the values out
   */
  public static Sweep read(Path file, List<Setting> sweepSettings, List<Setting> baseSettings)
      throws ConfigException {
    SweepSettings settings;
    try {
      settings = SettingsFile.read(file, SweepSettings.class, sweepSettings);
    } catch (ConfigException e) {
      List<String> all = new ArrayList<>(e.problems().stream().map(OtherWords::explain).toList());
      all.addAll(problemsOfSpace(file, baseSettings));
      throw new ConfigException(all);
    }
    List<ConfigProblem> problems = new ArrayList<>();
    SpaceReader reader = new SpaceReader(problems);
    Optional<SearchSpace> space = reader.read(settings.space());
    if (!settings.isBounded()) {
      problems.add(
          new ConfigProblem(
              new SourceLocation(1, file.toString(), 0),
              "trials or time-limit must say when it ends, such as trials: 40"));
    }
    List<String> all = new ArrayList<>();
    if (!problems.isEmpty()) {
      all.addAll(ConfigProblem.exception(problems).problems());
    }
    Experiment base = null;
    try {
      base = base(file, settings.base(), settings.experiment(), baseSettings);
    } catch (ConfigException e) {
      all.addAll(e.problems());
    }
    if (!all.isEmpty()) {
      all.addAll(unknownKeys(settings.space(), base));
      throw new ConfigException(all);
    }
    // The test set is for the end alone, and what the data has of its own is known later.
    if (base.data().validationShare() == 0) {
      base =
          ExperimentFile.change(
              base,
              List.of(
                  new Setting(
                      "data.validation", settings.validation(), "validation", Setting.Form.PLAIN)));
    }
    return new Sweep(settings, base, space.orElseThrow(), reader.places());
  }

  /** What is wrong with the space of a file whose other keys are wrong already. */
  private static List<String> problemsOfSpace(Path file, List<Setting> baseSettings) {
    try {
      SourceLocation start = new SourceLocation(1, file.toString(), 1);
      ConfigNode all = YamlReader.read(Files.readString(file), start, new ArrayList<>());
      if (!(all instanceof ConfigNode.Mapping keys) || !keys.entries().containsKey("space")) {
        return List.of();
      }
      ConfigNode nothing = new ConfigNode.Null(SourceLocation.DEFAULTS);
      ConfigNode space = keys.entries().get("space");
      List<ConfigProblem> problems = new ArrayList<>();
      new SpaceReader(problems).read(space);
      List<String> told = new ArrayList<>();
      if (!problems.isEmpty()) {
        told.addAll(ConfigProblem.exception(problems).problems());
      }
      String name = keys.entries().get("base") instanceof ConfigNode.Scalar text ? text.text() : "";
      ConfigNode experiment = keys.entries().getOrDefault("experiment", nothing);
      told.addAll(unknownKeys(space, base(file, name, experiment, baseSettings)));
      return told;
    } catch (IOException | ConfigException e) {
      // Said by whoever read it first, or as soon as the rest is right.
      return List.of();
    }
  }

  /**
   * What is said of keys of the space that no experiment has. Those of layers may depend on others
   * of the space: these are tried out when the rest is right.
   *
   * @param base null where it is wrong itself
   */
  private static List<String> unknownKeys(ConfigNode space, Experiment base) {
    List<String> problems = new ArrayList<>();
    if (base == null || !(space instanceof ConfigNode.Mapping keys)) {
      return problems;
    }
    keys.entries()
        .forEach(
            (key, value) -> {
              Setting any =
                  new Setting(key, "0", value.location().toString(), Setting.Form.LITERAL);
              try {
                ExperimentFile.change(base, List.of(any));
              } catch (ConfigException e) {
                e.problems().stream()
                    .filter(problem -> !key.startsWith("model.layers"))
                    .filter(problem -> problem.contains(key + " is not a key"))
                    .forEach(problems::add);
              }
            });
    return problems;
  }

  private static Experiment base(
      Path file, String name, ConfigNode experiment, List<Setting> baseSettings)
      throws ConfigException {
    List<Path> baseFiles =
        name.isEmpty()
            ? List.of()
            : List.of(file.toAbsolutePath().getParent().resolve(name).normalize());
    List<Setting> overBase = new ArrayList<>(ofAllTrials(experiment));
    overBase.addAll(baseSettings);
    Experiment base = ExperimentFile.read(baseFiles, overBase);
    if (base.data().folds() > 0) {
      throw new ConfigException(
          "data.folds: the trials of a sweep are judged by the same images; leave it out");
    }
    return base;
  }

  private static List<Setting> ofAllTrials(ConfigNode experiment) throws ConfigException {
    if (experiment instanceof ConfigNode.Null) {
      return List.of();
    }
    if (!(experiment instanceof ConfigNode.Mapping mapping)) {
      throw ConfigProblem.exception(
          List.of(
              new ConfigProblem(
                  experiment.location(), "experiment must have keys of the experiment file")));
    }
    return mapping.entries().entrySet().stream()
        .map(
            entry ->
                new Setting(
                    entry.getKey(),
                    flow(entry.getValue()),
                    entry.getValue().location().toString(),
                    Setting.Form.YAML))
        .toList();
  }

  /** The same on other data. */
  public Sweep withData(DataSpec data) {
    return new Sweep(settings, base.withData(data), space, places);
  }

  /**
   * The experiment of a trial.
   *
   * @throws ConfigException if the point is none; each problem begins with the place in the sweep
   *     file
   */
  public Experiment experiment(Point point) throws ConfigException {
    List<Setting> all = new ArrayList<>();
    for (Map.Entry<String, Object> value : point.values().entrySet()) {
      all.add(
          new Setting(
              value.getKey(),
              value.getValue(),
              places.getOrDefault(value.getKey(), SourceLocation.DEFAULTS).toString(),
              Setting.Form.PLAIN));
    }
    // All layers before the width of one of them.
    all.sort(Comparator.comparingInt(setting -> setting.key().split("\\.", -1).length));
    return ExperimentFile.change(base, all);
  }

  /** Writes the sweep file and the experiment that it names, both complete. */
  void write(SweepDirectory directory) throws IOException {
    AtomicFile.write(directory.base(), ExperimentFile.toYaml(base));
    Map<String, Object> keys = new LinkedHashMap<>(SettingsFile.toMap(settings));
    keys.put("base", directory.base().getFileName().toString());
    keys.remove("experiment");
    keys.remove("space");
    StringBuilder yaml = new StringBuilder("# A complete sweep: it goes on from journal.jsonl.\n");
    keys.forEach(
        (key, value) -> yaml.append(key).append(": ").append(Json.line(value)).append('\n'));
    yaml.append("space:\n");
    ((ConfigNode.Mapping) settings.space())
        .entries()
        .forEach(
            (key, value) ->
                yaml.append("  ").append(key).append(": ").append(flow(value)).append('\n'));
    AtomicFile.write(directory.sweep(), yaml.toString());
  }

  /** On one line, numbers as they were written. */
  private static String flow(ConfigNode node) {
    if (node instanceof ConfigNode.Scalar scalar) {
      return scalar.quoted() ? Json.line(scalar.text()) : scalar.text();
    }
    if (node instanceof ConfigNode.Sequence list) {
      return "[" + String.join(", ", list.items().stream().map(Sweep::flow).toList()) + "]";
    }
    if (node instanceof ConfigNode.Mapping mapping) {
      List<String> entries =
          mapping.entries().entrySet().stream()
              .map(entry -> entry.getKey() + ": " + flow(entry.getValue()))
              .toList();
      return "{" + String.join(", ", entries) + "}";
    }
    return "null";
  }
}
