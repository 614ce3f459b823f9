package io.mnist4j.backend.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.nd4j.common.config.ND4JClassLoading;

/**
 * Shows ND4J one of the backends of the class path. Left to itself, it tries that for CUDA and goes
 * on with that for the CPU without a word where the former fails.
 */
public final class OneBackend extends ClassLoader {
  private static final String SERVICES = "META-INF/services/org.nd4j.linalg.factory.Nd4jBackend";
  private static final String CUDA_CLASS = "org.nd4j.linalg.jcublas.JCublasBackend";

  private final boolean cuda;

  private OneBackend(ClassLoader parent, boolean cuda) {
    super(parent);
    this.cuda = cuda;
  }

  /** Whether the CUDA backend is on the class path. */
  public static boolean hasCuda() {
    return OneBackend.class.getClassLoader().getResource(CUDA_CLASS.replace('.', '/') + ".class")
        != null;
  }

  /** To be called before ND4J starts. */
  public static void install(boolean cuda) {
    ND4JClassLoading.setNd4jClassloader(new OneBackend(OneBackend.class.getClassLoader(), cuda));
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    Enumeration<URL> all = super.getResources(name);
    if (!name.equals(SERVICES)) {
      return all;
    }
    List<URL> shown = new ArrayList<>();
    for (URL url : Collections.list(all)) {
      try (InputStream in = url.openStream()) {
        String providers = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        if (providers.contains(CUDA_CLASS) == cuda) {
          shown.add(url);
        }
      }
    }
    return Collections.enumeration(shown);
  }
}
