package io.mnist4j.energy;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

/**
 * The counters of NVIDIA's cards: what each has taken since its driver was loaded, in millijoules,
 * on Volta and later ({@code nvmlDeviceGetTotalEnergyConsumption} of NVIDIA's management library,
 * NVML). JavaCPP's binding is in builds for CUDA alone, so it is called by its name.
 */
final class GpuSensors {
  private static final String LIBRARY = "org.bytedeco.cuda.global.nvml";
  private static final String DEVICE = "org.bytedeco.cuda.nvml.nvmlDevice_st";
  private static final int SUCCESS = 0;
  private static final long MICROJOULES = 1_000;

  private GpuSensors() {}

  private record Card(int index, Object handle, Method total) implements EnergySensor {
    @Override
    public String name() {
      return "NVML GPU " + index;
    }

    @Override
    public long microjoules() throws IOException {
      long[] millijoules = new long[1];
      try {
        if (!total.invoke(null, handle, millijoules).equals(SUCCESS)) {
          throw new IOException(name() + " has no counter");
        }
      } catch (ReflectiveOperationException e) {
        throw new IOException(name() + " cannot be asked", e);
      }
      return millijoules[0] * MICROJOULES;
    }

    @Override
    public long rangeMicrojoules() {
      return Long.MAX_VALUE;
    }
  }

  /** Those of all cards that have one; none where the build or the machine has no NVML. */
  static List<EnergySensor> find() {
    List<EnergySensor> cards = new ArrayList<>();
    try {
      Class<?> library = Class.forName(LIBRARY);
      Class<?> device = Class.forName(DEVICE);
      Method total = library.getMethod("nvmlDeviceGetTotalEnergyConsumption", device, long[].class);
      Method byIndex = library.getMethod("nvmlDeviceGetHandleByIndex_v2", int.class, device);
      int[] count = new int[1];
      if (!library.getMethod("nvmlInit_v2").invoke(null).equals(SUCCESS)
          || !library
              .getMethod("nvmlDeviceGetCount_v2", int[].class)
              .invoke(null, count)
              .equals(SUCCESS)) {
        return List.of();
      }
      for (int i = 0; i < count[0]; i++) {
        Object handle = device.getConstructor().newInstance();
        Card card = new Card(i, handle, total);
        if (byIndex.invoke(null, i, handle).equals(SUCCESS) && answers(card)) {
          cards.add(card);
        }
      }
      return cards;
    } catch (ReflectiveOperationException | LinkageError e) {
      return List.of(); // A build for CPUs, or no driver.
    }
  }

  private static boolean answers(Card card) {
    try {
      card.microjoules();
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
