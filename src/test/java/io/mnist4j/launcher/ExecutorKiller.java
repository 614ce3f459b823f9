package io.mnist4j.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * An agent of the JVM that ends it, without a word, as soon as it runs a certain task of Spark's.
 */
public final class ExecutorKiller {
  private ExecutorKiller() {}

  /**
   * Begins to watch.
   *
   * @param taskName part of the name of its thread
   */
  public static void premain(String taskName) {
    Thread watch =
        new Thread(
            () -> {
              while (Thread.getAllStackTraces().keySet().stream()
                  .noneMatch(thread -> thread.getName().contains(taskName))) {
                LockSupport.parkNanos(1_000_000);
              }
              Runtime.getRuntime().halt(9);
            });
    watch.setDaemon(true);
    watch.start();
  }

  /** The flag of a JVM that is to run no such task. */
  static String flag(Path folder, String taskName) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", ExecutorKiller.class.getName());
    String classFile = ExecutorKiller.class.getName().replace('.', '/') + ".class";
    Path jar = folder.resolve("killer.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest);
        InputStream code = ExecutorKiller.class.getClassLoader().getResourceAsStream(classFile)) {
      out.putNextEntry(new JarEntry(classFile));
      code.transferTo(out);
    }
    return "-javaagent:%s=%s".formatted(jar, taskName);
  }
}
