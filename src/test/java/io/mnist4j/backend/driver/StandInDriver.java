package io.mnist4j.backend.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The library that stands for NVIDIA's driver (src/test/cuda/libcuda.cpp), compiled where there is
 * a g++ for Linux.
 */
public final class StandInDriver {
  /** Not libcuda.so.1: JNA gives a library that it has loaded to whoever asks for its name. */
  private static final Path LIBRARY =
      Path.of("target", "stand-in", "libstandin.so").toAbsolutePath();

  private StandInDriver() {}

  /** Compiles it if that has not been done, and returns its path; skips the test without g++. */
  public static synchronized Path library() throws IOException, InterruptedException {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "the stand-in is for Linux");
    Path driver = Path.of("src/test/cuda/libcuda.cpp");
    Path kernels = Path.of("src/main/cuda/step.cu");
    if (!isNewerThan(driver) || !isNewerThan(kernels)) {
      Files.createDirectories(LIBRARY.getParent());
      Path made = Files.createTempFile(LIBRARY.getParent(), "libcuda", ".so");
      try {
        Process compiler =
            new ProcessBuilder(
                    List.of(
                        "g++",
                        "-std=c++17",
                        "-O3",
                        "-march=native",
                        "-ffp-contract=off",
                        "-shared",
                        "-fPIC",
                        "-o",
                        made.toString(),
                        driver.toString()))
                .inheritIO()
                .start();
        assertEquals(0, compiler.waitFor());
      } catch (IOException e) {
        assumeTrue(false, "there is no g++");
      }
      Files.move(made, LIBRARY, StandardCopyOption.REPLACE_EXISTING);
    }
    return LIBRARY;
  }

  private static boolean isNewerThan(Path source) throws IOException {
    return Files.exists(LIBRARY)
        && Files.getLastModifiedTime(LIBRARY).compareTo(Files.getLastModifiedTime(source)) > 0;
  }

  /** Loads it. */
  public static CudaDriver load() throws IOException, InterruptedException {
    return CudaDriver.load(library().toString());
  }
}
