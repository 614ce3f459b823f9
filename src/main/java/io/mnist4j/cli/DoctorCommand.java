package io.mnist4j.cli;

import io.mnist4j.backend.cuda.CudaReport;
import io.mnist4j.backend.cuda.Gpu;
import io.mnist4j.cli.options.BackendOption;
import io.mnist4j.cli.options.DataDirOption;
import io.mnist4j.cli.options.FormatOption;
import io.mnist4j.doctor.BackendBenchmark;
import io.mnist4j.doctor.Diagnosis;
import io.mnist4j.errors.ExitCode;
import io.mnist4j.text.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
      "  mnist4j doctor --backend cuda --bench",
    })
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataDirOption dataDir;
  @Mixin private BackendOption backend;
  @Mixin private FormatOption format;

  @Option(
      names = "--bench",
      description =
          "Also times networks of several sizes on the CPU, and on a GPU where one works.")
  private boolean bench;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "The folder of all runs (default: ${DEFAULT-VALUE}).")
  private Path output;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    Diagnosis diagnosis = Diagnosis.of(dataDir.store(), output, backend.asked(), err::println);
    List<BackendBenchmark.BenchmarkRow> rows =
        bench && !diagnosis.failed(Diagnosis.Subject.GPU)
            ? BackendBenchmark.run(program(), diagnosis.cuda().map(CudaReport::works).orElse(false))
            : List.of();
    PrintWriter out = spec.commandLine().getOut();
    out.print(format.isJson() ? json(diagnosis, rows) : text(diagnosis) + text(rows));
    out.flush();
    if (diagnosis.failed(Diagnosis.Subject.BACKEND) || diagnosis.failed(Diagnosis.Subject.GPU)) {
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

  /** How this process was started, up to the command. */
  private static List<String> program() {
    List<String> program = new ArrayList<>();
    program.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    program.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    program.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    return program;
  }

  private static String text(List<BackendBenchmark.BenchmarkRow> rows) {
    if (rows.isEmpty()) {
      return "";
    }
    StringBuilder text =
        new StringBuilder(
            "%n%-26s %12s %12s   %s%n".formatted("samples/s", "CPU", "GPU", "faster"));
    for (BackendBenchmark.BenchmarkRow row : rows) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-26s %,12.0f %12s   %s%n",
              row.network(),
              row.cpu(),
              row.cuda().isPresent()
                  ? String.format(Locale.ROOT, "%,.0f", row.cuda().getAsDouble())
                  : "-",
              row.advice()));
    }
    return text.toString();
  }

  private static String json(Diagnosis diagnosis, List<BackendBenchmark.BenchmarkRow> rows) {
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
    diagnosis.cuda().ifPresent(cuda -> putCuda(root.putObject("cuda"), cuda));
    if (!rows.isEmpty()) {
      ArrayNode benchmark = root.putArray("benchmark");
      for (BackendBenchmark.BenchmarkRow row : rows) {
        ObjectNode entry = benchmark.addObject();
        entry.put("network", row.network());
        entry.put("cpuSamplesPerSecond", row.cpu());
        row.cuda().ifPresent(rate -> entry.put("cudaSamplesPerSecond", rate));
      }
    }
    return Json.pretty(root);
  }

  private static void putCuda(ObjectNode node, CudaReport cuda) {
    node.put("works", cuda.works());
    cuda.problem().ifPresent(problem -> node.put("problem", problem));
    node.put("driver", cuda.driver());
    node.put("driverCuda", cuda.driverCuda());
    node.put("runtime", cuda.runtime());
    ArrayNode gpus = node.putArray("gpus");
    for (Gpu gpu : cuda.gpus()) {
      gpus.addObject()
          .put("name", gpu.name())
          .put("computeCapability", gpu.capability())
          .put("totalBytes", gpu.totalBytes())
          .put("hasCode", gpu.hasCode());
    }
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
