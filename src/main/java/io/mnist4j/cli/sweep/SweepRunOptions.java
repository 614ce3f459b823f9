package io.mnist4j.cli.sweep;

import io.mnist4j.cli.options.ClusterOptions;
import io.mnist4j.cli.options.DataDirOption;
import io.mnist4j.cli.options.OptionGroup;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.RunFolderException;
import io.mnist4j.sweep.Sweep;
import io.mnist4j.sweep.SweepFolder;
import io.mnist4j.sweep.SweepSession;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which sweep is begun or goes on, and where its trials run. */
final class SweepRunOptions extends OptionGroup {
  @Option(
      names = "--resume",
      paramLabel = "SWEEP",
      description =
          "Goes on with the sweep in this folder: no trial that has ended runs again. --trials, "
              + "--time-limit, --parallel, --threads and --retries may be changed.")
  private Path resume;

  @Option(
      names = "--dry-run",
      description = "Checks the file, prints all trials of a grid or ten by chance, and ends.")
  private boolean dryRun;

  @Mixin private SweepOptions sweepOptions;
  @Mixin private ClusterOptions cluster;
  @Mixin private DataDirOption dataDir;

  @Option(names = "--no-report", description = "Leaves out report.html, which shows the sweep.")
  private boolean noReport;

  /** Reads what is searched, from a sweep file or the folder of a sweep. */
  public Sweep sweep() throws ConfigException, RunFolderException {
    if (resume == null) {
      sweepOptions.takeShipped();
    }
    Path file = sweepOptions.file();
    if ((file == null) == (resume == null)) {
      throw wrong(
          file == null
              ? "a sweep file is missing, or the --resume of a sweep"
              : sweepOptions.fileIsSetting()
                  ? SweepOptions.GOES_ON_AS_BEGUN
                  : "--resume goes on with the sweep in its folder; leave the file out");
    }
    return resume == null
        ? Sweep.read(file, sweepOptions.sweepSettings(), sweepOptions.experimentSettings())
        : SweepFolder.read(resume, sweepOptions.settingsToGoOnWith());
  }

  /** The sweep with its data and its machines. */
  public SweepSession session(Sweep sweep) {
    Path file = sweepOptions.file();
    return new SweepSession(
        sweep,
        String.valueOf((resume == null ? file : resume).getFileName()),
        dataDir.store(),
        cluster.cluster(),
        () -> resume == null ? sweepOptions.begin(sweep) : SweepFolder.open(resume, sweep, false));
  }

  public boolean dryRun() {
    return dryRun;
  }

  /** Whether the sweep gets a page. */
  public boolean report() {
    return !noReport;
  }
}
