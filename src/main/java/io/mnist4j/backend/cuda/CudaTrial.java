package io.mnist4j.backend.cuda;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.commons.lang3.reflect.MethodUtils;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.SizeTPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Tries CUDA and ND4J's backend for it, and prints what it finds, a word and its value a line.
 * {@link CudaProbe} runs it as a process of its own: where libraries are damaged or a driver is
 * faulty, the JVM may end in the middle.
 *
 * <p>CUDA's classes are called reflectively: most builds do not have them.
 */
final class CudaTrial {
  private static final int COMPUTE_CAPABILITY_MAJOR = 75;
  private static final int COMPUTE_CAPABILITY_MINOR = 76;

  private final PrintStream out;
  private Class<?> cudart;

  private CudaTrial(PrintStream out) {
    this.out = out;
  }

  /** The argument is how many cards are wanted; with 0 it counts them and no more. */
  public static void main(String[] args) {
    CudaTrial trial = new CudaTrial(System.out);
    // Libraries may print what they like.
    System.setOut(System.err);
    try {
      trial.run(Integer.parseInt(args[0]));
    } catch (Throwable e) {
      trial.say("failure", ExceptionUtils.getRootCause(e));
    }
    trial.say("end", "");
    // CUDA's threads need not be waited for.
    Runtime.getRuntime().halt(0);
  }

  private void say(String word, Object value) {
    out.println(word + " " + String.valueOf(value).replaceAll("\\s*\\R\\s*", " "));
    out.flush();
  }

  private void run(int wanted) throws ReflectiveOperationException, IOException {
    say("stage", "loading the CUDA runtime");
    cudart = Class.forName("org.bytedeco.cuda.global.cudart");
    int[] number = new int[1];
    call("cudaDriverGetVersion", number);
    say("driver-cuda", number[0]);
    // It does not tell its own version where there is no card; this is that of the headers.
    say("runtime", cudart.getField("CUDART_VERSION").getInt(null));
    if (wanted > 0) {
      say("driver", driver());
    }
    say("stage", "the NVIDIA driver");
    number[0] = 0;
    int error = (int) call("cudaGetDeviceCount", number);
    say("count-error", error);
    say("count", error == 0 ? number[0] : 0);
    if (error != 0 || wanted == 0) {
      return;
    }
    boolean usable = number[0] >= wanted;
    for (int index = 0; index < number[0]; index++) {
      usable &= describe(index);
    }
    if (usable) {
      compute();
    }
  }

  private Object call(String function, Object... arguments) throws ReflectiveOperationException {
    return MethodUtils.invokeStaticMethod(cudart, function, arguments);
  }

  /** Prints what a card is, and returns whether ND4J has code for it, and room. */
  private boolean describe(int index) throws ReflectiveOperationException {
    Object found =
        Class.forName("org.bytedeco.cuda.cudart.cudaDeviceProp").getConstructor().newInstance();
    check(call("cudaGetDeviceProperties", found, index));
    String name = ((BytePointer) MethodUtils.invokeMethod(found, "name")).getString();
    long total = (long) MethodUtils.invokeMethod(found, "totalGlobalMem");
    int major = attribute(COMPUTE_CAPABILITY_MAJOR, index);
    int minor = attribute(COMPUTE_CAPABILITY_MINOR, index);
    Gpu gpu = new Gpu(index, name, major, minor, total, -1);
    if (!gpu.hasCode()) {
      say(gpu);
      return false;
    }
    // This makes a context, which takes memory and time.
    check(call("cudaSetDevice", index));
    try (SizeTPointer free = new SizeTPointer(1);
        SizeTPointer all = new SizeTPointer(1)) {
      Object error = call("cudaMemGetInfo", free, all);
      // No memory for the context itself (cudaErrorMemoryAllocation).
      boolean full = error.equals(2);
      if (!full) {
        check(error);
      }
      long freeBytes = full ? 0 : free.get();
      say(new Gpu(index, name, major, minor, total, freeBytes));
      return freeBytes >= CudaProbe.LEAST_FREE_BYTES;
    }
  }

  private void say(Gpu gpu) {
    say(
        "gpu",
        "%d %d %d %d %d %s"
            .formatted(
                gpu.index(),
                gpu.major(),
                gpu.minor(),
                gpu.totalBytes(),
                gpu.freeBytes(),
                gpu.name()));
  }

  private int attribute(int attribute, int index) throws ReflectiveOperationException {
    int[] value = new int[1];
    check(call("cudaDeviceGetAttribute", value, attribute, index));
    return value[0];
  }

  private void check(Object error) throws ReflectiveOperationException {
    if (!error.equals(0)) {
      String text = ((BytePointer) call("cudaGetErrorString", error)).getString();
      throw new IllegalStateException("CUDA says: %s (error %s)".formatted(text, error));
    }
  }

  /** The driver's own version; empty where it is unknown. */
  private static String driver() {
    try {
      Class<?> nvml = Class.forName("org.bytedeco.cuda.global.nvml");
      MethodUtils.invokeStaticMethod(nvml, "nvmlInit_v2");
      byte[] text = new byte[80];
      Object error =
          MethodUtils.invokeStaticMethod(nvml, "nvmlSystemGetDriverVersion", text, text.length);
      if (error.equals(0)) {
        return new BytePointer(text).getString();
      }
    } catch (ReflectiveOperationException | LinkageError e) {
      // Its library is not everywhere that the driver is.
    }
    return DriverVersion.ofKernelModule();
  }

  /** Loads everything, and has ND4J multiply two matrices. */
  private void compute() throws ReflectiveOperationException, IOException {
    if (!isUnpacked()) {
      say("unpacking", "");
    }
    say("stage", "loading CUDA's libraries");
    MethodUtils.invokeMethod(
        Class.forName("org.nd4j.linalg.jcublas.JCublasBackend").getConstructor().newInstance(),
        "isAvailable");
    say("stage", "loading ND4J's library for CUDA");
    Class.forName("org.nd4j.linalg.jcublas.bindings.Nd4jCuda");
    say("stage", "ND4J's first product on the GPU");
    OneBackend.install(true);
    INDArray ones = Nd4j.ones(DataType.FLOAT, 8, 8);
    double sum = ones.mmul(ones).sumNumber().doubleValue();
    if (sum != 512) {
      throw new IllegalStateException("ND4J computes wrong products: %s, not 512".formatted(sum));
    }
    say("works", Nd4j.getBackend().getClass().getSimpleName());
  }

  private static boolean isUnpacked() throws IOException {
    File[] unpacked = Loader.getCacheDir().listFiles();
    return unpacked != null
        && Arrays.stream(unpacked).anyMatch(file -> file.getName().startsWith("nd4j-cuda"));
  }
}
