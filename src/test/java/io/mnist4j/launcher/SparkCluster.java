package io.mnist4j.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real cluster of two workers with one core each, as {@code scripts/spark-cluster} starts it. */
final class SparkCluster implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Process process;
  private final String master;
  private final Path folder;

  /**
   * @param folder where the cluster writes, empty
   */
  SparkCluster(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    int port = freePort();
    master = "spark://127.0.0.1:" + port;
    Path output = Files.createTempFile(Launcher.scratch(), "spark-cluster-", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of("scripts", "spark-cluster").toAbsolutePath().toString(),
                "2",
                "1",
                Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("TMPDIR", folder.toString());
    process = builder.start();
    long start = System.nanoTime();
    while (!Files.readString(output).contains(master)) {
      if (!process.isAlive() || System.nanoTime() - start > PATIENCE_NANOS) {
        process.destroy();
        throw new IOException("the cluster does not start: " + Files.readString(output));
      }
      Thread.sleep(50);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The build with Spark, which drives a cluster from a folder. */
  static Launcher program(Path directory) throws IOException {
    return new Launcher(Launcher.ofThisCheckout(), directory)
        .environment("JAVA_HOME", System.getProperty("java.home"))
        .environment("SPARK_LOCAL_IP", "127.0.0.1")
        // A driver that is killed leaves its folder behind.
        .environment("SPARK_LOCAL_DIRS", directory)
        // Without it, what is run in this process, or goes on, would be another build's.
        .environment("MNIST4J_SPARK", 1);
  }

  String master() {
    return master;
  }

  /** The processes that run trials at this moment. */
  List<ProcessHandle> executors() {
    return process
        .descendants()
        .filter(
            child -> child.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
        .toList();
  }

  /**
   * Ends it as Ctrl-C would.
   *
   * @throws IOException if a process or a file is left
   */
  @Override
  public void close() throws IOException {
    List<ProcessHandle> all = process.descendants().toList();
    process.destroy();
    try {
      boolean ended = process.waitFor(1, TimeUnit.MINUTES);
      List<ProcessHandle> left = all.stream().filter(ProcessHandle::isAlive).toList();
      left.forEach(ProcessHandle::destroyForcibly);
      if (!ended || !left.isEmpty()) {
        process.destroyForcibly();
        throw new IOException("the cluster leaves processes: " + left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    String[] files = folder.toFile().list();
    if (files == null || files.length > 0) {
      throw new IOException("the cluster leaves files in " + folder + ": " + List.of(files));
    }
  }
}
