package io.mnist4j.backend.driver;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A card in use: its memory, one module of kernels, and one stream, in which all that is asked for
 * is done in order. Of one thread at a time, which has to {@link #enter} it first.
 */
public final class CudaContext implements AutoCloseable {
  /** Threads of a block of every kernel. */
  public static final int BLOCK = 256;

  /** The driver may load a kernel when it is first asked for, which other modes forbid. */
  private static final int CAPTURE_RELAXED = 2;

  private final CudaDriver driver;
  private final int device;
  private final Pointer context;
  private final Pointer stream;
  private final Pointer module;
  private final Map<String, Pointer> kernels = new HashMap<>();
  private final List<Pointer> graphs = new ArrayList<>();
  private final List<Long> memory = new ArrayList<>();
  private long taken;

  /**
   * Begins to use a card.
   *
   * @param index of the card among those that the driver shows
   * @param ptx of the kernels
   * @throws CudaException if the driver refuses
   */
  public CudaContext(CudaDriver driver, int index, String ptx) {
    this.driver = driver;
    driver.initialize();
    device = driver.device(index);
    PointerByReference made = new PointerByReference();
    driver.call("cuDevicePrimaryCtxRetain", made, device);
    context = made.getValue();
    enter();
    driver.call("cuStreamCreate", made, 0);
    stream = made.getValue();
    byte[] text = (ptx + "\0").getBytes(StandardCharsets.US_ASCII);
    try (Memory image = new Memory(text.length)) {
      image.write(0, text, 0, text.length);
      driver.call("cuModuleLoadData", made, image);
    }
    module = made.getValue();
  }

  /** Makes it the calling thread's. */
  public void enter() {
    driver.call("cuCtxSetCurrent", context);
  }

  /** What is free of the card's memory, in bytes. */
  public long freeBytes() {
    LongByReference free = new LongByReference();
    LongByReference total = new LongByReference();
    driver.call("cuMemGetInfo_v2", free, total);
    return free.getValue();
  }

  /**
   * Takes memory, whose bytes are 0, until this is closed.
   *
   * @param bytes above 0
   * @return its address on the card
   */
  public long allocate(long bytes) {
    LongByReference address = new LongByReference();
    try {
      driver.call("cuMemAlloc_v2", address, bytes);
    } catch (CudaException e) {
      throw e.code() == CudaException.OUT_OF_MEMORY ? tooSmall(bytes) : e;
    }
    taken += bytes;
    memory.add(address.getValue());
    driver.call("cuMemsetD8_v2", address.getValue(), (byte) 0, bytes);
    return address.getValue();
  }

  private CudaException tooSmall(long bytes) {
    return new CudaException(
        CudaException.OUT_OF_MEMORY,
        ("its memory is too small: this needs more than %,d MiB, and %,d were free; end what else"
                + " uses it, take fewer images, a smaller batch or a smaller network")
            .formatted(Math.max(1, (taken + bytes) >> 20), (taken + freeBytes()) >> 20));
  }

  /** Copies to the card. */
  public void upload(long to, float[] from, int count) {
    driver.call("cuMemcpyHtoD_v2", to, from, (long) Float.BYTES * count);
  }

  /** Copies to the card. */
  public void upload(long to, int[] from, int count) {
    driver.call("cuMemcpyHtoD_v2", to, from, (long) Integer.BYTES * count);
  }

  /** Copies to the card. */
  public void upload(long to, byte[] from, int first, int count) {
    // JNA copies the whole of an array.
    byte[] part = count == from.length ? from : Arrays.copyOfRange(from, first, first + count);
    driver.call("cuMemcpyHtoD_v2", to, part, (long) count);
  }

  /** Copies from the card, after all that was asked for is done. */
  public void download(long from, float[] to, int count) {
    driver.call("cuMemcpyDtoH_v2", to, from, (long) Float.BYTES * count);
  }

  /** Copies from the card, after all that was asked for is done. */
  public void download(long from, int[] to, int count) {
    driver.call("cuMemcpyDtoH_v2", to, from, (long) Integer.BYTES * count);
  }

  /** Copies within the card. */
  public void copy(long from, long to, long bytes) {
    driver.call("cuMemcpyDtoD_v2", to, from, bytes);
  }

  /**
   * Has a kernel run.
   *
   * @param x blocks in the first dimension; y and z likewise
   * @param argument its one argument
   */
  public void launch(String kernel, int x, int y, int z, KernelArgument argument) {
    Pointer function = kernels.computeIfAbsent(kernel, this::kernel);
    driver.call(
        "cuLaunchKernel", function, x, y, z, BLOCK, 1, 1, 0, stream, argument.parameters(), null);
  }

  private Pointer kernel(String name) {
    PointerByReference function = new PointerByReference();
    driver.call("cuModuleGetFunction", function, module, name);
    return function.getValue();
  }

  /**
   * Records kernels, without running them.
   *
   * @param launches calls {@link #launch} for each
   * @return a graph for {@link #launch(Pointer)}
   */
  public Pointer capture(Runnable launches) {
    driver.call("cuStreamBeginCapture_v2", stream, CAPTURE_RELAXED);
    PointerByReference graph = new PointerByReference();
    try {
      launches.run();
    } finally {
      driver.call("cuStreamEndCapture", stream, graph);
    }
    PointerByReference executable = new PointerByReference();
    driver.call("cuGraphInstantiate", executable, graph.getValue(), null, null, 0L);
    driver.call("cuGraphDestroy", graph.getValue());
    graphs.add(executable.getValue());
    return executable.getValue();
  }

  /** Has the kernels of a graph run, in their order. */
  public void launch(Pointer graph) {
    driver.call("cuGraphLaunch", graph, stream);
  }

  /** Waits until all that was asked for is done. */
  public void synchronize() {
    driver.call("cuStreamSynchronize", stream);
  }

  /** Gives the card's memory back; says nothing of a card that is lost. */
  @Override
  public void close() {
    try {
      enter();
      graphs.forEach(graph -> driver.call("cuGraphExecDestroy", graph));
      memory.forEach(address -> driver.call("cuMemFree_v2", address));
      driver.call("cuModuleUnload", module);
      driver.call("cuStreamDestroy_v2", stream);
      driver.call("cuDevicePrimaryCtxRelease_v2", device);
    } catch (CudaException e) {
      // The driver takes all of it back when the process ends.
    }
  }
}
