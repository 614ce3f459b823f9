package io.mnist4j.doctor;

import io.mnist4j.backend.cuda.CudaReport;
import io.mnist4j.backend.cuda.Gpu;
import io.mnist4j.doctor.BackendBenchmark.BenchmarkRow;
import io.mnist4j.doctor.Diagnosis.Check;
import io.mnist4j.text.Json;
import java.util.List;
import java.util.Locale;
import org.nd4j.shade.jackson.databind.node.ArrayNode;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/** A diagnosis, and a benchmark where there was one, in the forms in which it is printed. */
public final class DiagnosisText {
  private DiagnosisText() {}

  /** A line for each check and a table of the benchmark. */
  public static String toText(Diagnosis diagnosis, List<BenchmarkRow> rows) {
    return checks(diagnosis) + benchmark(rows);
  }

  private static String checks(Diagnosis diagnosis) {
    StringBuilder text = new StringBuilder();
    for (Check check : diagnosis.checks()) {
      text.append(
          "%-6s  %-9s  %s%n"
              .formatted(lower(check.state()), lower(check.subject()), check.finding()));
    }
    return text.toString();
  }

  private static String benchmark(List<BenchmarkRow> rows) {
    if (rows.isEmpty()) {
      return "";
    }
    StringBuilder text =
        new StringBuilder(
            "%n%-26s %12s %12s   %s%n".formatted("samples/s", "CPU", "GPU", "faster"));
    for (BenchmarkRow row : rows) {
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

  /** One JSON document. */
  public static String toJson(Diagnosis diagnosis, List<BenchmarkRow> rows) {
    ObjectNode root = Json.object();
    root.put("healthy", diagnosis.healthy());
    ArrayNode checks = root.putArray("checks");
    for (Check check : diagnosis.checks()) {
      checks
          .addObject()
          .put("subject", lower(check.subject()))
          .put("state", lower(check.state()))
          .put("finding", check.finding());
    }
    diagnosis.cuda().ifPresent(cuda -> putCuda(root.putObject("cuda"), cuda));
    if (!rows.isEmpty()) {
      ArrayNode benchmark = root.putArray("benchmark");
      for (BenchmarkRow row : rows) {
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
