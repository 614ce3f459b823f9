package io.mnist4j.cli.options;

import io.mnist4j.backend.Backend;
import io.mnist4j.config.Setting;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.RunFolderException;
import io.mnist4j.federated.Federation;
import io.mnist4j.federated.FederationFile;
import io.mnist4j.federated.FederationFolder;
import io.mnist4j.federated.FederationPlan;
import io.mnist4j.federated.FederationRequest;
import io.mnist4j.run.ConfigFiles;
import io.mnist4j.run.RunFolder;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which federation is simulated, and where its files go. */
public final class FederateOptions extends OptionGroup {
  @Parameters(
      paramLabel = "CONFIG",
      index = "0",
      arity = "0..1",
      description = "What is simulated (YAML), or the name of one of configs/federations/: 2nn.")
  private Path file;

  @Parameters(
      paramLabel = "KEY=VALUE",
      index = "1..*",
      arity = "0..*",
      description = "The same as --set KEY=VALUE, and goes over it.")
  private List<String> arguments = List.of();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides any key, such as strategy.fedprox.mu=0.1; may be repeated.")
  private List<String> settings = List.of();

  @Option(
      names = "--dataset",
      paramLabel = "NAME|FILE",
      completionCandidates = DataNames.Candidates.class,
      description = "What is learned from: a name (see `mnist4j data list`), a folder or a file.")
  private String dataset;

  @Option(names = "--rounds", paramLabel = "N", description = "How many rounds, at most.")
  private String rounds;

  @Option(
      names = "--target",
      paramLabel = "ACCURACY",
      description = "Ends after the first round that reaches it, such as 0.97, and says which.")
  private String target;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the weights, the clients and the order of the images.")
  private String seed;

  @Option(
      names = "--threads",
      paramLabel = "N|auto",
      defaultValue = "auto",
      description =
          "Clients that train side by side; auto (the default) is one for each core. With --master,"
              + " threads that test the network after a round. The results do not depend on it.")
  private String threads;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "The folder of all runs (default: runs).")
  private Path output;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The folder in it, a new one (default: CONFIG-DATASET-NUMBER).")
  private String name;

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      description =
          "Goes on in this folder, to the same bits as if it had never been cut. Its settings stay;"
              + " --rounds may be raised, --target changed, and --dataset may say where its data is"
              + " now.")
  private Path resume;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description =
          "Seconds between two checkpoints; 0 for one after each round (default:"
              + " ${DEFAULT-VALUE}).")
  private double checkpointSeconds;

  @Option(
      names = "--print-config",
      description = "Prints the complete configuration, as a file with comments, and ends.")
  private boolean printConfig;

  @Option(names = "--no-report", description = "Leaves out report.html, which shows the rounds.")
  private boolean noReport;

  @Mixin private DataDirOption dataDir;
  @Mixin private ClusterOptions cluster;

  /** The federation that is to go on; empty for a new one. */
  public Optional<FederationPlan> plan() throws ConfigException, RunFolderException {
    if (resume == null) {
      return Optional.empty();
    }
    if (output != null || name != null) {
      throw wrong("--resume goes on in the folder itself; leave --output and --name out");
    }
    List<Setting> all = settings();
    if (file != null && OtherSpellings.isSetting(file.getFileName().toString())) {
      all.addAll(arguments(List.of(file.getFileName().toString())));
    } else if (file != null) {
      throw wrong("--resume goes on with the settings in the folder; leave the file out");
    }
    return Optional.of(FederationPlan.of(RunFolder.pathOf(resume), all));
  }

  /** What a new one simulates. */
  public Federation federation() throws ConfigException {
    if (file == null) {
      throw wrong("a file of a federation is missing, such as 2nn, or a --resume");
    }
    Path shipped = ConfigFiles.findFederation(file.getFileName());
    return FederationFile.read(
        Files.exists(file) || !Files.exists(shipped) ? file : shipped, settings());
  }

  private List<Setting> settings() {
    List<Setting> all = new ArrayList<>(settings(settings));
    all.addAll(arguments(arguments));
    add(all, "data.dataset", dataset, "--dataset");
    add(all, "rounds", rounds, "--rounds");
    add(all, "target-accuracy", target, "--target");
    add(all, "seed", seed, "--seed");
    return all;
  }

  /** Sums up what is to be done. */
  public FederationRequest request(Federation federation) {
    if (!(checkpointSeconds >= 0)) {
      throw wrong("--checkpoint-every must be at least 0, not " + checkpointSeconds);
    }
    return new FederationRequest(
        federation,
        dataDir.store(),
        Backend.cpu(),
        cluster.cluster(),
        ThreadOption.forEachCore(this, threads),
        this::folder,
        checkpointSeconds);
  }

  private FederationFolder folder(Federation federation, String datasetName) throws IOException {
    if (resume != null) {
      return FederationFolder.of(RunFolder.pathOf(resume));
    }
    Path runs = output == null ? context().directory().resolve("runs") : output;
    if (name == null) {
      String stem = ConfigFiles.name(file) + "-" + datasetName;
      return new FederationFolder(
          RunFolder.createNext(runs, stem, FederationFolder.begun(federation)));
    }
    try {
      return new FederationFolder(RunFolder.create(runs, name, FederationFolder.begun(federation)));
    } catch (FileAlreadyExistsException e) {
      throw taken(e, "--resume it");
    } catch (IllegalArgumentException e) {
      throw wrong("--name: " + e.getMessage());
    }
  }

  public boolean printConfig() {
    return printConfig;
  }

  /** Whether it gets a page. */
  public boolean report() {
    return !noReport;
  }
}
