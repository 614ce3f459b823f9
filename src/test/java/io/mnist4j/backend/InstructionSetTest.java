package io.mnist4j.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Processors by what Linux says of them. */
class InstructionSetTest {
  @ParameterizedTest
  @CsvSource({
    "Core 2, fpu sse sse2 ssse3, SSE",
    "Sandy Bridge, fpu sse sse2 avx, AVX",
    // AVX2 without FMA is nothing that OpenBLAS has kernels for.
    "none, fpu sse sse2 avx avx2, AVX",
    "Haswell, fpu sse sse2 avx fma avx2 fpu, AVX2",
    "Knights Landing, sse avx fma avx2 avx512f avx512cd, AVX2",
    "Zen 4, sse avx fma avx2 avx512f avx512dq avx512bw avx512vl, AVX512",
  })
  void flagsSayWhatThereIs(String name, String flags, InstructionSet expected) {
    assertEquals(
        Optional.of(expected),
        InstructionSet.of(
            List.of(
                "processor\t: 0",
                "model name\t: " + name,
                "flags\t\t: " + flags,
                "",
                "flags: sse")));
  }

  @Test
  void otherProcessorsAreNotJudged() {
    assertEquals(
        Optional.empty(), InstructionSet.of(List.of("processor\t: 0", "Features\t: fp asimd sve")));
  }
}
