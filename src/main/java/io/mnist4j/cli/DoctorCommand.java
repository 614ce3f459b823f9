package io.mnist4j.cli;

import io.mnist4j.experiment.Diagnosis;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.nd4j.shade.jackson.databind.node.ArrayNode;
import org.nd4j.shade.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mnist4j doctor}. */
@Command(
    name = "doctor",
    description = "Tries what a run needs on this machine: JDK, backend, data, writable folders.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  mnist4j doctor",
      "  mnist4j doctor --data-dir /srv/mnist --format json",
      "",
      "Exit code: 0 if all is well, 6 if the backend does not run, 3 if data or a folder is bad.",
    })
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataDirOption dataDir;
  @Mixin private FormatOption format;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "The folder of all runs (default: ${DEFAULT-VALUE}).")
  private Path output;

  @Override
  public Integer call() {
    Diagnosis diagnosis = Diagnosis.of(dataDir.store(), output);
    PrintWriter out = spec.commandLine().getOut();
    out.print(format.isJson() ? json(diagnosis) : text(diagnosis));
    out.flush();
    if (diagnosis.failed(Diagnosis.Subject.BACKEND)) {
      return ExitCode.BACKEND.value;
    }
    return diagnosis.healthy() ? ExitCode.OK.value : ExitCode.DATA.value;
  }

  private static String text(Diagnosis diagnosis) {
    StringBuilder text = new StringBuilder();
    for (Diagnosis.Check check : diagnosis.checks()) {
      text.append(
          "%-6s  %-9s  %s%n"
              .formatted(lower(check.state()), lower(check.subject()), check.finding()));
    }
    return text.toString();
  }

  private static String json(Diagnosis diagnosis) {
    ObjectNode root = Json.object();
    root.put("healthy", diagnosis.healthy());
    ArrayNode checks = root.putArray("checks");
    for (Diagnosis.Check check : diagnosis.checks()) {
      checks
          .addObject()
          .put("subject", lower(check.subject()))
          .put("state", lower(check.state()))
          .put("finding", check.finding());
    }
    return Json.prettyPrint(root) + "\n";
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
