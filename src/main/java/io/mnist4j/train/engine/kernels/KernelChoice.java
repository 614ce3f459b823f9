package io.mnist4j.train.engine.kernels;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * Finds the kernels that this JVM runs well: those by the Vector API where the launcher has asked
 * for it, else those in plain Java. Both give the same bits on a processor with fused
 * multiply-adds.
 */
public final class KernelChoice {
  /** What tests and comparisons set to have the other kernels. */
  private static final String PORTABLE = "mnist4j.portable-kernels";

  private static final String MODULE = "jdk.incubator.vector";
  private static final String VECTOR_KERNELS = "io.mnist4j.train.engine.kernels.VectorKernels";
  private static MapKernels chosen;

  private KernelChoice() {}

  /** The same ones at each call. The first one takes a tenth of a second. */
  public static synchronized MapKernels kernels() {
    if (chosen == null) {
      boolean fused = flag("UseFMA");
      chosen =
          fused && flag("EnableVectorSupport") && !Boolean.getBoolean(PORTABLE)
              ? vectorOrPortable()
              : new PortableKernels(fused);
    }
    return chosen;
  }

  /** Whether a flag of this JVM is set; not on a JVM that does not know it. */
  private static boolean flag(String name) {
    try {
      HotSpotDiagnosticMXBean hotSpot =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      return hotSpot != null && Boolean.parseBoolean(hotSpot.getVMOption(name).getValue());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static MapKernels vectorOrPortable() {
    try {
      loadModule();
      return Class.forName(VECTOR_KERNELS)
          .asSubclass(MapKernels.class)
          .getConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
      return new PortableKernels(true);
    }
  }

  /**
   * Loads the module of the Vector API as the JVM does its own late modules. The flag --add-modules
   * would print a warning at every start, and would make each start slower, whether it trains or
   * not.
   */
  private static void loadModule() throws ReflectiveOperationException {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      Class.forName("jdk.internal.module.Modules")
          .getMethod("loadModule", String.class)
          .invoke(null, MODULE);
    }
  }
}
