package io.mnist4j.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an x86-64 processor computes several numbers at once with; each does more at once than the
 * one before it.
 */
public enum InstructionSet {
  SSE("SSE", "Nehalem", "sse"),
  AVX("AVX", "Sandybridge", "avx"),
  AVX2("AVX2", "Haswell", "avx2 fma"),
  /** Not the first processors with 512 bits, the Xeon Phi, which lack what OpenBLAS uses. */
  AVX512("AVX-512", "SkylakeX", "avx512f avx512bw avx512dq avx512vl");

  /** Its usual name. */
  public final String text;

  /** A value of {@code OPENBLAS_CORETYPE} for which OpenBLAS uses it. */
  public final String coreType;

  private final String flags;

  InstructionSet(String text, String coreType, String flags) {
    this.text = text;
    this.coreType = coreType;
    this.flags = flags;
  }

  /** The widest of this processor; empty where the system does not tell. */
  public static Optional<InstructionSet> ofThisProcessor() {
    try {
      return of(Files.readAllLines(Path.of("/proc/cpuinfo")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * The widest of a processor.
   *
   * @param lines of Linux's {@code /proc/cpuinfo}; on ARM they name no flags
   */
  static Optional<InstructionSet> of(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("flags"))
        .findFirst()
        .map(line -> line.substring(line.indexOf(':') + 1).strip().split(" +"))
        .map(flags -> widest(Set.copyOf(List.of(flags))));
  }

  private static InstructionSet widest(Set<String> flags) {
    InstructionSet widest = SSE;
    for (InstructionSet next : values()) {
      if (flags.containsAll(List.of(next.flags.split(" ")))) {
        widest = next;
      }
    }
    return widest;
  }
}
