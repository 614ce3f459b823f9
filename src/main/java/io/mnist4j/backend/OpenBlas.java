package io.mnist4j.backend;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.openblas.global.openblas;

/**
 * The OpenBLAS that this process has loaded.
 *
 * @param version such as {@code 0.3.28}; empty where its jar does not tell
 * @param kernel what it multiplies matrices with; empty where it does not tell
 */
public record OpenBlas(String version, Optional<ProductKernel> kernel) {
  private static final int SIDE = 384;
  private static final long TIMED_NANOS = 100_000_000;

  /**
   * The processors that OpenBLAS has inner loops for. Any other gets those of one of these; which
   * one, it decides when it is loaded.
   */
  public enum ProductKernel {
    PRESCOTT("Prescott", InstructionSet.SSE),
    CORE2("Core2", InstructionSet.SSE),
    NEHALEM("Nehalem", InstructionSet.SSE),
    BARCELONA("Barcelona", InstructionSet.SSE),
    SANDYBRIDGE("Sandybridge", InstructionSet.AVX),
    BULLDOZER("Bulldozer", InstructionSet.AVX),
    PILEDRIVER("Piledriver", InstructionSet.AVX),
    STEAMROLLER("Steamroller", InstructionSet.AVX),
    EXCAVATOR("Excavator", InstructionSet.AVX2),
    HASWELL("Haswell", InstructionSet.AVX2),
    ZEN("Zen", InstructionSet.AVX2),
    SKYLAKEX("SkylakeX", InstructionSet.AVX512),
    COOPERLAKE("Cooperlake", InstructionSet.AVX512),
    SAPPHIRERAPIDS("SapphireRapids", InstructionSet.AVX512);

    /** Its value of {@code OPENBLAS_CORETYPE}, where capitals do not matter. */
    public final String coreType;

    /** What such a processor has. */
    public final InstructionSet instructions;

    ProductKernel(String coreType, InstructionSet instructions) {
      this.coreType = coreType;
      this.instructions = instructions;
    }
  }

  /** Looks at what is loaded; the {@link Backend} of the CPU has been started. */
  public static OpenBlas loaded() {
    return new OpenBlas(versionOfJar(), kernelOfProcess());
  }

  private static String versionOfJar() {
    try {
      // Such as 0.3.28-1.5.11: OpenBLAS's version and JavaCPP's.
      String both = Loader.getVersion("org.bytedeco", "openblas");
      return both == null ? "" : both.split("-", 2)[0];
    } catch (IOException e) {
      return "";
    }
  }

  private static Optional<ProductKernel> kernelOfProcess() {
    // OpenBLAS's variable for the table of the functions that it has chosen; it has one table for
    // each kernel. A build for one processor, as for ARM, has no such variable, and the builds for
    // Windows and macOS do not export it.
    Pointer chosen = Loader.addressof("gotoblas");
    if (chosen == null) {
      return Optional.empty();
    }
    long table = new PointerPointer<>(chosen).get(0).address();
    return Stream.of(ProductKernel.values()).filter(kernel -> isAt(kernel, table)).findFirst();
  }

  private static boolean isAt(ProductKernel kernel, long address) {
    Pointer table = Loader.addressof("gotoblas_" + kernel.name());
    return table != null && table.address() == address;
  }

  /**
   * Multiplies square matrices for a tenth of a second, or once where that takes longer, and
   * returns the 10<sup>9</sup> operations a second of the quickest product. As everywhere, that is
   * on the calling thread alone.
   */
  public static double gigaflops() {
    long operations = 2L * SIDE * SIDE * SIDE;
    try (FloatPointer a = matrix();
        FloatPointer b = matrix();
        FloatPointer c = matrix()) {
      long least = Long.MAX_VALUE;
      long begin = System.nanoTime();
      do {
        least = Math.min(least, nanosOfProduct(a, b, c));
      } while (System.nanoTime() - begin < TIMED_NANOS);
      return (double) operations / least;
    }
  }

  private static FloatPointer matrix() {
    float[] ones = new float[SIDE * SIDE];
    Arrays.fill(ones, 1);
    return new FloatPointer(ones);
  }

  private static long nanosOfProduct(FloatPointer a, FloatPointer b, FloatPointer c) {
    long begin = System.nanoTime();
    openblas.cblas_sgemm(
        openblas.CblasRowMajor,
        openblas.CblasNoTrans,
        openblas.CblasNoTrans,
        SIDE,
        SIDE,
        SIDE,
        1,
        a,
        SIDE,
        b,
        SIDE,
        0,
        c,
        SIDE);
    return Math.max(1, System.nanoTime() - begin);
  }
}
