package io.mnist4j.cli.options;

import io.mnist4j.config.Setting;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.model.NetworkSpec;
import io.mnist4j.run.ConfigFiles;
import io.mnist4j.run.Experiment;
import io.mnist4j.run.ExperimentFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

  /** For the shells. */
  private static final class OptimizerNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return ExperimentFile.values("training.optimizer.name").iterator();
    }
  }

  @Parameters(
      paramLabel = "KEY=VALUE",
      arity = "0..*",
      completionCandidates = SettingWords.class,
      description = "The same as --set KEY=VALUE, and goes over it.")
  private List<String> arguments = List.of();

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
      paramLabel = "NAME|FILE",
      completionCandidates = DataNames.Candidates.class,
      description =
          "A name such as mnist (see `mnist4j data list`), or a folder or file: pictures by class,"
              + " IDX, npz, CSV, ARFF, LIBSVM, Parquet, zip, tar; auto (the default) is mnist where it"
              + " is on disk or can be fetched, else the embedded strokes.")
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

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      completionCandidates = OptimizerNames.class,
      description = "How gradients change the weights: sgd, adam, adamw, nadam and others.")
  private String optimizer;

  @Option(
      names = "--weight-decay",
      paramLabel = "FACTOR",
      description = "Part of each weight that decays, times the learning rate.")
  private String weightDecay;

  @Option(
      names = "--hidden",
      paramLabel = "WIDTHS",
      description =
          "Widths of the hidden layers, such as 512,256, in place of those of model.layers; all else"
              + " about these stays. For networks of dense layers.")
  private String hidden;

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

  @Option(
      names = "--exclude",
      paramLabel = "FILE",
      description = "Leaves out the training images that this issues.csv of `data issues` names.")
  private Path exclude;

  public Experiment read() throws ConfigException {
    Experiment read = ExperimentFile.read(files(), settings());
    return hidden == null ? read : read.withModel(withHidden(read.model()));
  }

  /**
   * What is to be trained, where the command takes a data set as its first argument: that one is
   * among the arguments here, too.
   *
   * @param first argument; null if there is none
   */
  Experiment readOn(String first) throws ConfigException {
    if (first == null || OtherSpellings.isSetting(first)) {
      return read();
    }
    arguments = arguments.subList(1, arguments.size());
    Experiment read = read();
    try {
      return read.withData(read.data().withDataset(first));
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }

  private NetworkSpec withHidden(NetworkSpec network) {
    if (from != null) {
      throw wrong("--from takes the layers of its model; leave --hidden out");
    }
    if (!hidden.matches("[0-9]{1,9}(,[0-9]{1,9})*")) {
      throw wrong(
          "--hidden must be the widths of dense layers, such as 512,256, not '%s'"
              .formatted(hidden));
    }
    List<Integer> widths = Arrays.stream(hidden.split(",")).map(Integer::valueOf).toList();
    try {
      return network.withHidden(widths);
    } catch (IllegalArgumentException e) {
      throw wrong("--hidden: " + e.getMessage());
    }
  }

  /** Refuses what a run that goes on cannot be asked for. */
  void requireNoHidden() {
    if (hidden != null) {
      throw wrong("--resume goes on with the layers of the run; leave --hidden out");
    }
  }

  public List<Path> files() {
    return files.stream().map(ConfigFiles::find).toList();
  }

  /** What the options say, each with the key that it stands for. */
  public List<Setting> settings() {
    List<Setting> all = settings(settings);
    all.addAll(arguments(arguments));
    add(all, "data.dataset", dataset, "--dataset");
    add(all, "training.epochs", epochs, "--epochs");
    add(all, "training.batch-size", batchSize, "--batch-size");
    add(all, "training.optimizer.learning-rate", learningRate, "--learning-rate");
    add(all, "training.optimizer.name", optimizer, "--optimizer");
    add(all, "training.regularization.weight-decay", weightDecay, "--weight-decay");
    add(all, "training.stopping.patience", patience, "--patience");
    add(all, "seed", seed, "--seed");
    if (exclude != null) {
      add(all, "data.exclude", exclude.toString(), "--exclude");
      // A file may name the content of another one.
      add(all, "data.exclude-sha256", "", "--exclude");
    }
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
