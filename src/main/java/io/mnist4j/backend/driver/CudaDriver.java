package io.mnist4j.backend.driver;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import io.mnist4j.backend.cuda.Gpu;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The library of NVIDIA's driver: {@code libcuda.so.1}, or {@code nvcuda.dll} on Windows. The names
 * of the functions and constants are those of cuda.h.
 */
public final class CudaDriver {
  /** Names another file than the driver's, for hosts where the loader does not find that. */
  public static final String LIBRARY_PROPERTY = "mnist4j.cuda.library";

  /** 10.1: the first with cuStreamBeginCapture_v2. */
  static final int OLDEST = 10_010;

  private static final int MAJOR = 75;
  private static final int MINOR = 76;
  private static final int NAME_LENGTH = 256;
  private static final Path WSL = Path.of("/usr/lib/wsl/lib/libcuda.so.1");

  private final NativeLibrary library;
  private final Map<String, Function> functions = new ConcurrentHashMap<>();

  private CudaDriver(NativeLibrary library) {
    this.library = library;
  }

  /**
   * Loads the library.
   *
   * @throws UnsatisfiedLinkError if it is not there
   */
  public static CudaDriver load() {
    String named = System.getProperty(LIBRARY_PROPERTY);
    if (named != null) {
      return load(named);
    }
    if (Platform.isWindows()) {
      return new CudaDriver(NativeLibrary.getInstance("nvcuda"));
    }
    try {
      return new CudaDriver(NativeLibrary.getInstance("libcuda.so.1"));
    } catch (UnsatisfiedLinkError e) {
      if (Files.exists(WSL)) {
        return new CudaDriver(NativeLibrary.getInstance(WSL.toString()));
      }
      throw e;
    }
  }

  /** Loads another file. */
  static CudaDriver load(String file) {
    return new CudaDriver(NativeLibrary.getInstance(file));
  }

  /**
   * Calls a function that returns a CUresult.
   *
   * @throws CudaException if that is not 0, or the library has no such function
   */
  void call(String name, Object... arguments) {
    int code = function(name).invokeInt(arguments);
    if (code != 0) {
      throw new CudaException(code, "%s: %s".formatted(name, text(code)));
    }
  }

  Function function(String name) {
    return functions.computeIfAbsent(
        name,
        n -> {
          try {
            return library.getFunction(n);
          } catch (UnsatisfiedLinkError e) {
            throw new CudaException(CudaException.TOO_OLD, "the driver has no function " + n);
          }
        });
  }

  private String text(int code) {
    PointerByReference text = new PointerByReference();
    int failed = function("cuGetErrorString").invokeInt(new Object[] {code, text});
    return failed == 0 && text.getValue() != null
        ? "%s (error %d)".formatted(text.getValue().getString(0), code)
        : "error " + code;
  }

  /** Starts it; does nothing the second time. */
  void initialize() {
    call("cuInit", 0);
  }

  /** The newest CUDA that it knows, as {@code 1000 major + 10 minor}. */
  int cudaVersion() {
    IntByReference version = new IntByReference();
    call("cuDriverGetVersion", version);
    return version.getValue();
  }

  int deviceCount() {
    IntByReference count = new IntByReference();
    call("cuDeviceGetCount", count);
    return count.getValue();
  }

  int device(int index) {
    IntByReference device = new IntByReference();
    call("cuDeviceGet", device, index);
    return device.getValue();
  }

  /** The cards that it shows, without what is free of their memory. */
  List<Gpu> gpus() {
    List<Gpu> gpus = new ArrayList<>();
    int count = deviceCount();
    for (int index = 0; index < count; index++) {
      int device = device(index);
      try (Memory name = new Memory(NAME_LENGTH)) {
        call("cuDeviceGetName", name, NAME_LENGTH, device);
        LongByReference total = new LongByReference();
        call("cuDeviceTotalMem_v2", total, device);
        gpus.add(
            new Gpu(
                index,
                name.getString(0),
                attribute(MAJOR, device),
                attribute(MINOR, device),
                total.getValue(),
                -1));
      }
    }
    return gpus;
  }

  private int attribute(int attribute, int device) {
    IntByReference value = new IntByReference();
    call("cuDeviceGetAttribute", value, attribute, device);
    return value.getValue();
  }
}
