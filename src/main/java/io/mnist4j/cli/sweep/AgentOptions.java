package io.mnist4j.cli.sweep;

import io.mnist4j.cli.options.DataDirOption;
import io.mnist4j.cli.options.OptionGroup;
import io.mnist4j.config.Setting;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.RunFolderException;
import io.mnist4j.sweep.AgentSession;
import io.mnist4j.sweep.Sweep;
import io.mnist4j.sweep.SweepFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which sweep an agent works on, and how much of it. */
final class AgentOptions extends OptionGroup {
  /** Slurm's cores for a task; a JVM sees all of the machine where they are not bound. */
  private static final String SLURM_CORES = "SLURM_CPUS_PER_TASK";

  @Parameters(paramLabel = "SWEEP", description = "The folder that sweep create has made.")
  private Path folder;

  @Option(
      names = "--max-trials",
      paramLabel = "N",
      description = "Begins no more trials than that (default: as long as there are any).")
  private int most = Integer.MAX_VALUE;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description =
          "Trials at once in this process (default: what the sweep says, or one on each core: of"
              + " $SLURM_CPUS_PER_TASK where that is set).")
  private String parallel;

  @Mixin private DataDirOption dataDir;

  Path folder() {
    return folder;
  }

  DataDirOption dataDir() {
    return dataDir;
  }

  /** The agents of this process. */
  AgentSession session() throws ConfigException, RunFolderException {
    if (most < 1) {
      throw wrong("--max-trials must be at least 1, not " + most);
    }
    List<Setting> settings = new ArrayList<>();
    add(settings, "parallel", parallel, "--parallel");
    Sweep sweep = SweepFolder.read(folder, settings);
    return new AgentSession(folder, sweep, dataDir.store(), cores(), most);
  }

  private int cores() {
    String slurm = context().environment().get(SLURM_CORES);
    return slurm != null && slurm.matches("[1-9][0-9]{0,3}")
        ? Integer.parseInt(slurm)
        : Runtime.getRuntime().availableProcessors();
  }
}
