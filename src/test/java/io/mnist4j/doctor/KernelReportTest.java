package io.mnist4j.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mnist4j.backend.InstructionSet;
import io.mnist4j.backend.OpenBlas;
import io.mnist4j.backend.OpenBlas.ProductKernel;
import io.mnist4j.doctor.Diagnosis.Check;
import io.mnist4j.doctor.Diagnosis.CheckStatus;
import io.mnist4j.doctor.Diagnosis.Subject;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelReportTest {
  private static Check check(ProductKernel kernel, InstructionSet processor, String coreType) {
    return new KernelReport(
            new OpenBlas("0.3.28", Optional.ofNullable(kernel)),
            Optional.ofNullable(processor),
            Optional.ofNullable(coreType),
            41.7)
        .check();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "COOPERLAKE | AVX512 |  | OK | for Cooperlake (AVX-512): 42 GFLOP/s with one thread",
        "SANDYBRIDGE | AVX |  | OK | for Sandybridge (AVX): 42 GFLOP/s with one thread",
        "ZEN | AVX2 | zen | OK"
            + " | for Zen (AVX2), set by OPENBLAS_CORETYPE: 42 GFLOP/s with one thread",
        "HASWELL | AVX512 | Haswell | OK | for Haswell (AVX2), set by OPENBLAS_CORETYPE:"
            + " 42 GFLOP/s with one thread; this processor has AVX-512, too",
        "HASWELL | AVX512 |  | SLOW | for Haswell (AVX2):"
            + " 42 GFLOP/s with one thread; this processor has AVX-512:"
            + " set OPENBLAS_CORETYPE=SkylakeX",
        "BARCELONA | AVX2 |  | SLOW | for Barcelona (SSE): 42 GFLOP/s with one thread;"
            + " this processor has AVX2: set OPENBLAS_CORETYPE=Haswell",
        "PRESCOTT | AVX512 | prescott | SLOW | for Prescott (SSE), set by OPENBLAS_CORETYPE:"
            + " 42 GFLOP/s with one thread; this processor has AVX-512:"
            + " unset OPENBLAS_CORETYPE, or set it to SkylakeX",
        // Not its name, but a processor that it has these for.
        "NEHALEM | AVX | Atom | SLOW | for Nehalem (SSE): 42 GFLOP/s with one thread;"
            + " this processor has AVX: set OPENBLAS_CORETYPE=Sandybridge",
      })
  void lesserKernelsAreSlowUnlessChosenWithReason(
      ProductKernel kernel,
      InstructionSet processor,
      String coreType,
      CheckStatus state,
      String text) {
    assertEquals(
        new Check(Subject.KERNELS, state, "OpenBLAS 0.3.28 " + text),
        check(kernel, processor, coreType));
  }

  @Test
  void whatIsNotKnownIsNotJudged() {
    assertEquals(
        Check.ok(
            Subject.KERNELS,
            "OpenBLAS 0.3.28, which does not tell for which processor it computes: 42 GFLOP/s with"
                + " one thread"),
        check(null, InstructionSet.AVX512, null));
    assertEquals(
        Check.ok(Subject.KERNELS, "OpenBLAS 0.3.28 for Nehalem (SSE): 42 GFLOP/s with one thread"),
        check(ProductKernel.NEHALEM, null, null));
    assertEquals(
        "OpenBLAS for Zen (AVX2): 0 GFLOP/s with one thread",
        new KernelReport(
                new OpenBlas("", Optional.of(ProductKernel.ZEN)),
                Optional.empty(),
                Optional.empty(),
                0.4)
            .check()
            .finding());
  }
}
