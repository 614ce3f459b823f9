package io.mnist4j.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.backend.cuda.CudaReport;
import io.mnist4j.backend.cuda.Gpu;
import io.mnist4j.doctor.BackendBenchmark.BenchmarkRow;
import io.mnist4j.doctor.Diagnosis.Check;
import io.mnist4j.doctor.Diagnosis.CheckStatus;
import io.mnist4j.doctor.Diagnosis.Subject;
import io.mnist4j.text.Json;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.nd4j.shade.jackson.databind.JsonNode;

class DiagnosisTextTest {
  private static final List<Check> CHECKS =
      List.of(
          new Check(Subject.JDK, CheckStatus.OK, "17"),
          new Check(Subject.GPU, CheckStatus.ABSENT, "no driver"));

  @Test
  void jsonHoldsTheCardAndTheBenchmark() {
    CudaReport card =
        new CudaReport(
            List.of(new Gpu(0, "NVIDIA A10", 8, 6, 24L << 30, 22L << 30)),
            "535.261.03",
            "12.2",
            "11.6",
            Optional.empty());
    JsonNode json =
        Json.parse(
            DiagnosisText.toJson(
                new Diagnosis(CHECKS, Optional.of(card)),
                List.of(
                    new BenchmarkRow("a", 1.5, OptionalDouble.of(3)),
                    new BenchmarkRow("b", 2, OptionalDouble.empty()))));
    assertTrue(json.get("healthy").asBoolean());
    assertEquals(
        "{\"subject\":\"gpu\",\"state\":\"absent\",\"finding\":\"no driver\"}",
        json.get("checks").get(1).toString());
    assertEquals(
        "{\"works\":true,\"driver\":\"535.261.03\",\"driverCuda\":\"12.2\",\"runtime\":\"11.6\","
            + "\"gpus\":[{\"name\":\"NVIDIA A10\",\"computeCapability\":\"8.6\","
            + "\"totalBytes\":25769803776,\"hasCode\":true}]}",
        json.get("cuda").toString());
    assertEquals(
        "[{\"network\":\"a\",\"cpuSamplesPerSecond\":1.5,\"cudaSamplesPerSecond\":3.0},"
            + "{\"network\":\"b\",\"cpuSamplesPerSecond\":2.0}]",
        json.get("benchmark").toString());
  }

  @Test
  void jsonLeavesOutWhatWasNotLookedFor() {
    JsonNode json =
        Json.parse(DiagnosisText.toJson(new Diagnosis(CHECKS, Optional.empty()), List.of()));
    assertFalse(json.has("cuda") || json.has("benchmark"), json.toString());
  }

  @Test
  void textHasALineForEachCheck() {
    String text = DiagnosisText.toText(new Diagnosis(CHECKS, Optional.empty()), List.of());
    assertEquals(
        List.of("ok      jdk        17", "absent  gpu        no driver"), text.lines().toList());
  }
}
