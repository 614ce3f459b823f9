package io.mnist4j.run;

import io.mnist4j.config.Setting;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.RunFolderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A run that is to go on.
 *
 * @param experiment the run's own, with more epochs or another place of its data where asked for
 * @param finished whether there is nothing left to do
 * @param summaryJson the run's summary; empty unless it is finished
 * @param testAccuracy of the summary; not a number unless the run is finished
 */
public record ResumePlan(
    Experiment experiment, boolean finished, String summaryJson, double testAccuracy) {

  /**
   * Reads a run's folder, and compares what was asked for with what the run was begun with.
   *
   * @param files configuration files on the command line
   * @param settings options on the command line
   * @throws ConfigException if this is no run, or other settings are asked for
   */
  public static ResumePlan of(Path run, List<Path> files, List<Setting> settings)
      throws ConfigException, IOException {
    RunFolder folder = RunFolder.of(run);
    if (!Files.exists(folder.config())) {
      throw new ConfigException(
          "%s is no run that could go on: it has no config.yaml".formatted(run));
    }
    List<Path> own = List.of(folder.config());
    Experiment begun = ExperimentFile.read(own, List.of());
    List<Path> all = new ArrayList<>(own);
    all.addAll(files);
    Experiment asked = ExperimentFile.read(all, settings);
    requireSameSettings(run, begun, asked, Files.exists(folder.checkpoint()));
    int epochs = begun.training().epochs();
    boolean finished =
        Files.exists(folder.summary())
            && Files.exists(folder.model())
            && asked.training().epochs() == epochs;
    String summary = finished ? Files.readString(folder.summary()) : "";
    return new ResumePlan(asked, finished, summary, finished ? testAccuracy(folder) : Double.NaN);
  }

  private static double testAccuracy(RunFolder folder) throws ConfigException {
    try {
      return RunFormat.readSummary(folder.summary()).testAccuracy();
    } catch (RunFolderException e) {
      throw new ConfigException(e.getMessage());
    }
  }

  /**
   * Refuses settings that a run was not begun with. Its epochs may be raised.
   *
   * @param otherPlace whether the data set may lie elsewhere, since its content is compared
   * @throws ConfigException naming each setting that differs
   */
  static void requireSameSettings(Path run, Experiment begun, Experiment asked, boolean otherPlace)
      throws ConfigException {
    Set<String> mayDiffer = new HashSet<>();
    // Noise that was made to fit ε fits so many steps.
    boolean fixed = begun.training().privacy().epsilon() > 0;
    if (asked.training().epochs() >= begun.training().epochs() && !fixed) {
      mayDiffer.add("training.epochs");
    }
    if (otherPlace) {
      mayDiffer.add("data.dataset");
    }
    if (!begun.training().from().equals(asked.training().from())) {
      // Said of the file itself.
      mayDiffer.add("training.from-sha256");
    }
    SettingsFile.requireSame(
        run,
        "run",
        ExperimentFile.toSettings(begun),
        ExperimentFile.toSettings(asked),
        key -> key.startsWith("training.raised.") || mayDiffer.contains(key));
  }
}
