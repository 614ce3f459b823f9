package io.mnist4j.doctor;

import static org.nd4j.shade.jackson.annotation.JsonInclude.Include.NON_EMPTY;
import static org.nd4j.shade.jackson.annotation.JsonInclude.Include.NON_NULL;

import io.mnist4j.backend.cuda.CudaReport;
import io.mnist4j.doctor.BackendBenchmark.BenchmarkRow;
import io.mnist4j.doctor.Diagnosis.Check;
import io.mnist4j.text.Json;
import java.util.List;
import java.util.Locale;
import org.nd4j.shade.jackson.annotation.JsonInclude;

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
    return Json.pretty(
        new DiagnosisDocument(
            diagnosis.healthy(),
            diagnosis.checks().stream()
                .map(c -> new CheckEntry(lower(c.subject()), lower(c.state()), c.finding()))
                .toList(),
            diagnosis.cuda().map(CudaEntry::of).orElse(null),
            rows.stream().map(BenchmarkEntry::of).toList()));
  }

  private record DiagnosisDocument(
      boolean healthy,
      List<CheckEntry> checks,
      @JsonInclude(NON_NULL) CudaEntry cuda,
      @JsonInclude(NON_EMPTY) List<BenchmarkEntry> benchmark) {}

  private record CheckEntry(String subject, String state, String finding) {}

  private record CudaEntry(
      boolean works,
      @JsonInclude(NON_NULL) String problem,
      String driver,
      String driverCuda,
      String runtime,
      List<GpuEntry> gpus) {
    static CudaEntry of(CudaReport cuda) {
      return new CudaEntry(
          cuda.works(),
          cuda.problem().orElse(null),
          cuda.driver(),
          cuda.driverCuda(),
          cuda.runtime(),
          cuda.gpus().stream()
              .map(g -> new GpuEntry(g.name(), g.capability(), g.totalBytes(), g.hasCode()))
              .toList());
    }
  }

  private record GpuEntry(
      String name, String computeCapability, long totalBytes, boolean hasCode) {}

  private record BenchmarkEntry(
      String network,
      double cpuSamplesPerSecond,
      @JsonInclude(NON_NULL) Double cudaSamplesPerSecond) {
    static BenchmarkEntry of(BenchmarkRow row) {
      return new BenchmarkEntry(row.network(), row.cpu(), Json.orNull(row.cuda()));
    }
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
