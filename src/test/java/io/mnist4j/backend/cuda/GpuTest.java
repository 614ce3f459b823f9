package io.mnist4j.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpuTest {
  /** What ND4J's library has, K80 to A40, and what NVIDIA's rule adds: later minor numbers. */
  @ParameterizedTest
  @CsvSource({
    "3,5,false",
    "3,7,true",
    "5,0,true",
    "5,3,true",
    "6,0,true",
    "6,2,true",
    "7,0,true",
    "7,5,true",
    "8,0,true",
    "8,6,true",
    "8,9,true",
    "9,0,false",
    "10,0,false",
    "12,0,false"
  })
  void codeRunsOnTheSameMajorNumber(int major, int minor, boolean runs) {
    assertEquals(runs, new Gpu(0, "a card", major, minor, 1, 1).hasCode());
  }

  /** As Linux, Windows and JavaCPP put it. */
  @Test
  void loadersMessagesAreUnderstood() {
    String linux =
        "java.lang.UnsatisfiedLinkError: /c/cuda.jar/libjnicublas.so: libcublas.so.11: cannot open"
            + " shared object file: No such file or directory";
    assertEquals(Optional.of("libcublas.so.11"), LibraryName.in(linux));
    assertTrue(LibraryName.isMissing(linux));
    String windows =
        "java.lang.UnsatisfiedLinkError: C:\\c\\jnicudart.dll: Can't find dependent libraries";
    assertEquals(Optional.of("jnicudart.dll"), LibraryName.in(windows));
    assertTrue(LibraryName.isMissing(windows));
    String javacpp =
        "java.lang.UnsatisfiedLinkError: Could not find jnind4jcuda in class, module, and library"
            + " paths.";
    assertEquals(Optional.of("jnind4jcuda"), LibraryName.in(javacpp));
    assertTrue(LibraryName.isMissing(javacpp));
    String damaged =
        "java.lang.UnsatisfiedLinkError: /c/libjnicudart.so: /t/libcudart.so.11.0: file too short";
    assertEquals(Optional.of("libcudart.so.11.0"), LibraryName.in(damaged));
    assertFalse(LibraryName.isMissing(damaged));
    assertEquals(Optional.empty(), LibraryName.in("CUDA says: unknown error (error 999)"));
  }
}
