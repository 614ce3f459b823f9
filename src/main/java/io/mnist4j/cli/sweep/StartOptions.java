package io.mnist4j.cli.sweep;

import io.mnist4j.cli.options.OptionGroup;
import io.mnist4j.cli.terminal.CommandContext;
import io.mnist4j.cluster.OwnProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command lines of the processes that carry out a sweep. */
final class StartOptions extends OptionGroup {
  @Parameters(paramLabel = "SWEEP", description = "The folder that sweep create has made.")
  private Path folder;

  @Option(
      names = "--backend",
      paramLabel = "cpu|cuda|auto",
      description = "What computes; with cuda each process sees one GPU alone (default: cpu).")
  private String backend = "cpu";

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where data sets lie, as of sweep.")
  private Path dataDir;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      description = "How the result is printed, as of sweep.")
  private String format = "text";

  @Option(names = "--no-report", description = "Leaves out report.html, which shows the sweep.")
  private boolean noReport;

  Path folder() {
    return folder;
  }

  boolean onCards() {
    return backend.equals("cuda");
  }

  /** Of each worker; only its errors are shown, beside what the journal says. */
  List<String> work() {
    List<String> line = program("work", folder.toString());
    line.addAll(List.of("--parallel", "1", "--backend", backend, "--quiet"));
    return line;
  }

  /** Of the process that ends the sweep. */
  List<String> resume(boolean quiet) {
    List<String> line = program("--resume", folder.toString());
    line.addAll(List.of("--format", format));
    if (noReport) {
      line.add("--no-report");
    }
    if (quiet) {
      line.add("--quiet");
    }
    return line;
  }

  private List<String> program(String... words) {
    List<String> line = new ArrayList<>(OwnProgram.command(CommandContext.main(command)));
    line.add("sweep");
    line.addAll(List.of(words));
    if (dataDir != null) {
      line.addAll(List.of("--data-dir", dataDir.toString()));
    }
    return line;
  }
}
