package io.mnist4j.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * An agent of the JVM that ends it, without a word, as soon as a certain task of Spark's trains.
 *
 * <p>Not before: where an executor is lost before it has reported that the task runs, Spark does
 * not count that as a failure of the task (SPARK-39955) and tries it again without limit.
 */
public final class ExecutorKiller {
  /** Each look stops all threads of the JVM: more of them would slow the trials down. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

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
              while (Thread.getAllStackTraces().entrySet().stream()
                  .noneMatch(
                      thread ->
                          thread.getKey().getName().contains(taskName)
                              && trains(thread.getValue()))) {
                LockSupport.parkNanos(PAUSE_NANOS);
              }
              Runtime.getRuntime().halt(9);
            });
    watch.setDaemon(true);
    watch.start();
  }

  private static boolean trains(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .anyMatch(frame -> frame.getClassName().startsWith("io.mnist4j.train."));
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
