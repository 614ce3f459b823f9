package io.mnist4j.experiment;

import io.mnist4j.train.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A run that is to go on.
 *
 * @param experiment the run's own, with its epochs raised where that was asked for
 * @param finished whether there is nothing left to do
 * @param whyFinished one line
 * @param summaryJson the run's summary; empty unless it is finished
 */
public record Resumption(
    Experiment experiment, boolean finished, String whyFinished, String summaryJson) {

  /**
   * Reads a run's folder, and compares what was asked for with what the run was begun with.
   *
   * @param files configuration files on the command line
   * @param settings options on the command line
   * @throws ExperimentException if this is no run, or other settings are asked for
   */
  public static Resumption of(Path run, List<Path> files, List<Setting> settings)
      throws ExperimentException, IOException {
    RunDirectory directory = RunDirectory.of(run);
    if (!Files.exists(directory.config())) {
      throw new ExperimentException(
          "%s is no run that could go on: it has no config.yaml".formatted(run));
    }
    List<Path> own = List.of(directory.config());
    Experiment begun = ExperimentFile.read(own, List.of());
    List<Path> all = new ArrayList<>(own);
    all.addAll(files);
    Experiment asked = ExperimentFile.read(all, settings);
    requireSameSettings(run, begun, asked);
    int epochs = begun.training().epochs();
    boolean finished = Files.exists(directory.summary()) && asked.training().epochs() == epochs;
    return new Resumption(
        asked,
        finished,
        finished
            ? "%s is finished: there is nothing to go on with; raise --epochs above %d for more"
                .formatted(run, epochs)
            : "",
        finished ? Files.readString(directory.summary()) : "");
  }

  private static void requireSameSettings(Path run, Experiment begun, Experiment asked)
      throws ExperimentException {
    Map<String, String> before = new TreeMap<>();
    Map<String, String> after = new TreeMap<>();
    flatten("", ExperimentFile.toMap(begun), before);
    flatten("", ExperimentFile.toMap(asked), after);
    boolean onlyMoreEpochs = asked.training().epochs() >= begun.training().epochs();
    List<String> problems = new ArrayList<>();
    Map<String, String> keys = new TreeMap<>(before);
    keys.putAll(after);
    for (String key : keys.keySet()) {
      String was = before.getOrDefault(key, "nothing");
      String now = after.getOrDefault(key, "nothing");
      if (!was.equals(now) && !(key.equals("training.epochs") && onlyMoreEpochs)) {
        problems.add(
            "%s was begun with %s %s and cannot go on with %s; start a new run for that"
                .formatted(run, key, was, now));
      }
    }
    if (!problems.isEmpty()) {
      throw new ExperimentException(problems);
    }
  }

  private static void flatten(String path, Object value, Map<String, String> flat) {
    String prefix = path.isEmpty() ? "" : path + ".";
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, child) -> flatten(prefix + key, child, flat));
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        flatten(prefix + i, list.get(i), flat);
      }
    } else {
      flat.put(path, String.valueOf(value));
    }
  }
}
