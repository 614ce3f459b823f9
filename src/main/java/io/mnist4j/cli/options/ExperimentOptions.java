package io.mnist4j.cli.options;

import io.mnist4j.config.Setting;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.run.ConfigFiles;
import io.mnist4j.run.Experiment;
import io.mnist4j.run.ExperimentFile;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.Option;

/** What to train: configuration files, and options over them. */
public final class ExperimentOptions extends OptionGroup {
  /** For the shells. */
  private static final class ConfigNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return ConfigFiles.names().iterator();
    }
  }

  /** For the shells. */
  private static final class SettingWords implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return ExperimentFile.settingWords().iterator();
    }
  }

  @Option(
      names = {"-c", "--config"},
      paramLabel = "NAME|FILE",
      completionCandidates = ConfigNames.class,
      description =
          "An experiment file (YAML), or the name of one of configs/, such as keras; may be "
              + "repeated, later ones override earlier ones.")
  private List<Path> files = List.of();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      completionCandidates = SettingWords.class,
      description = "Overrides any key, such as training.optimizer.beta1=0.8; may be repeated.")
  private List<String> settings = List.of();

  @Option(
      names = "--dataset",
      paramLabel = "NAME|FOLDER",
      completionCandidates = DataNames.Candidates.class,
      description =
          "mnist, fashion-mnist or strokes (see `mnist4j data list`), or a folder with four IDX"
              + " files; auto (the default) is mnist where it is on disk or can be fetched, else"
              + " the embedded strokes.")
  private String dataset;

  @Option(names = "--epochs", paramLabel = "N", description = "Passes over the training images.")
  private String epochs;

  @Option(names = "--batch-size", paramLabel = "N", description = "Images of one step.")
  private String batchSize;

  @Option(
      names = {"--learning-rate", "--lr"},
      paramLabel = "RATE",
      description = "The learning rate at the start.")
  private String learningRate;

  @Option(names = "--seed", paramLabel = "N", description = "Of the weights and the shuffling.")
  private String seed;

  @Option(
      names = "--patience",
      paramLabel = "EPOCHS",
      description = "Stops after so many epochs without improvement, and keeps the best weights.")
  private String patience;

  @Option(
      names = "--from",
      paramLabel = "MODEL|RUN",
      description =
          "Starts from the weights of this model: mnist4j's, Deeplearning4j's or Keras', or a run's"
              + " folder. Its layers are taken too, and its output layer where the classes are the same.")
  private Path from;

  public Experiment read() throws ConfigException {
    return ExperimentFile.read(files(), settings());
  }

  public List<Path> files() {
    return files.stream().map(ConfigFiles::find).toList();
  }

  /** What the options say, each with the key that it stands for. */
  public List<Setting> settings() {
    List<Setting> all = settings(settings);
    add(all, "data.dataset", dataset, "--dataset");
    add(all, "training.epochs", epochs, "--epochs");
    add(all, "training.batch-size", batchSize, "--batch-size");
    add(all, "training.optimizer.learning-rate", learningRate, "--learning-rate");
    add(all, "training.stopping.patience", patience, "--patience");
    add(all, "seed", seed, "--seed");
    if (from != null) {
      add(all, "training.from", from.toString(), "--from");
      // A file may name the content of another one.
      add(all, "training.from-sha256", "", "--from");
    }
    return all;
  }

  /** The name of the last configuration file without its suffix, or {@code default}. */
  public String configName() {
    return files.isEmpty() ? "default" : ConfigFiles.name(files.get(files.size() - 1));
  }
}
