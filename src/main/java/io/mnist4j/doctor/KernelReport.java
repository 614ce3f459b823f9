package io.mnist4j.doctor;

import io.mnist4j.backend.InstructionSet;
import io.mnist4j.backend.OpenBlas;
import io.mnist4j.doctor.Diagnosis.Check;
import io.mnist4j.doctor.Diagnosis.CheckStatus;
import io.mnist4j.doctor.Diagnosis.Subject;
import java.util.Locale;
import java.util.Optional;

/**
 * What multiplies matrices, beside what this processor could do it with.
 *
 * @param library OpenBLAS
 * @param processor the widest instruction set of the processor; empty where that is not known
 * @param coreType the variable {@code OPENBLAS_CORETYPE}, by which a user chooses the kernel; empty
 *     where it is not set
 * @param gigaflops operations a second on one thread, in 10<sup>9</sup>
 */
record KernelReport(
    OpenBlas library,
    Optional<InstructionSet> processor,
    Optional<String> coreType,
    double gigaflops) {
  private static final String VARIABLE = "OPENBLAS_CORETYPE";

  /** Looks at this process, whose backend has been started; takes a tenth of a second. */
  static KernelReport ofThisProcess() {
    return new KernelReport(
        OpenBlas.loaded(),
        InstructionSet.ofThisProcessor(),
        Optional.ofNullable(System.getenv(VARIABLE)).filter(value -> !value.isBlank()),
        OpenBlas.gigaflops());
  }

  /** Whether the variable names the kernel that computes. */
  private boolean isSet() {
    return library.kernel().stream()
        .anyMatch(kernel -> kernel.coreType.equalsIgnoreCase(coreType.orElse("").strip()));
  }

  /** Whether the processor has more than the kernel uses. */
  private boolean isLesser() {
    return library.kernel().isPresent()
        && processor.isPresent()
        && library.kernel().get().instructions.compareTo(processor.get()) < 0;
  }

  /**
   * Whether that costs speed and nobody can have wanted it. Registers of 512 bits make some
   * processors clock lower, so AVX2 is a choice that one may make; less than AVX2 is none.
   */
  private boolean isSlow() {
    return isLesser()
        && !(isSet()
            && library.kernel().orElseThrow().instructions.compareTo(InstructionSet.AVX2) >= 0);
  }

  Check check() {
    return new Check(
        Subject.KERNELS,
        isSlow() ? CheckStatus.SLOW : CheckStatus.OK,
        String.format(
            Locale.ROOT,
            "%s%s: %.0f GFLOP/s with one thread%s",
            "OpenBLAS %s".formatted(library.version()).strip(),
            kernelText(),
            gigaflops,
            isLesser() ? comparison(processor.orElseThrow()) : ""));
  }

  private String kernelText() {
    return library
        .kernel()
        .map(
            kernel ->
                " for %s (%s)%s"
                    .formatted(
                        kernel.coreType,
                        kernel.instructions.text,
                        isSet() ? ", set by " + VARIABLE : ""))
        .orElse(", which does not tell for which processor it computes");
  }

  private String comparison(InstructionSet available) {
    String has = "; this processor has " + available.text;
    if (!isSlow()) {
      return has + ", too";
    }
    return isSet()
        ? "%s: unset %s, or set it to %s".formatted(has, VARIABLE, available.coreType)
        : "%s: set %s=%s".formatted(has, VARIABLE, available.coreType);
  }
}
