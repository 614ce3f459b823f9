package io.mnist4j.cluster.spark;

import io.mnist4j.cluster.Cluster;
import io.mnist4j.errors.WorkersException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.plugin.SparkPlugin;

/** Executors of a Spark cluster, from when they are taken until they are given back. */
public final class SparkApplication implements AutoCloseable {
  /** How long a cluster may be without an executor. */
  private static final String PATIENCE = "spark.mnist4j.executor-timeout";

  private static final String DEFAULT_PATIENCE = "60s";

  private static final String PLUGINS = "spark.plugins";
  private static final String LISTENERS = "spark.extraListeners";
  private static final String EXECUTOR_FLAGS = "spark.executor.extraJavaOptions";
  private static final String OFF_HEAP = "org.bytedeco.javacpp.maxbytes";
  private static final int CONNECT_MILLIS = 10_000;

  /** How long to wait for more executors after each. */
  private static final int SETTLE_MILLIS = 500;

  /** Spark's own message is a page long; its first line ends with this. */
  private static final Pattern LAST_FAILURE =
      Pattern.compile("most recent failure: Lost task [^:]*: (.*)", Pattern.DOTALL);

  private final JavaSparkContext context;
  private final ExecutorCores cores;
  private final double patienceSeconds;

  private SparkApplication(JavaSparkContext context) {
    this.context = context;
    cores = ExecutorCores.current();
    patienceSeconds = context.getConf().getTimeAsSeconds(PATIENCE, DEFAULT_PATIENCE);
  }

  /**
   * Waits until the cluster has given at least one executor.
   *
   * @param name as the cluster's own pages are to show it
   * @param threads of a task
   * @param plugin which Spark makes on the driver and in each executor
   * @throws WorkersException if the cluster cannot be reached or gives no executor
   */
  public static SparkApplication start(
      Cluster cluster, String name, int threads, Class<? extends SparkPlugin> plugin)
      throws WorkersException {
    SparkConf conf = new SparkConf();
    cluster.settings().forEach(conf::set);
    if (!cluster.master().isEmpty()) {
      conf.setMaster(cluster.master());
    }
    configure(conf, name, threads);
    append(conf, PLUGINS, plugin.getName());
    append(conf, LISTENERS, ExecutorCores.class.getName());
    String master = conf.get("spark.master");
    reach(master);
    JavaSparkContext context;
    try {
      context = new JavaSparkContext(conf);
    } catch (Exception e) { // Scala's constructors throw checked exceptions, too.
      throw refused(master, e);
    }
    try {
      SparkApplication application = new SparkApplication(context);
      application.await(master);
      return application;
    } catch (WorkersException | RuntimeException e) {
      context.close();
      throw e;
    }
  }

  private static void configure(SparkConf conf, String name, int threads) throws WorkersException {
    conf.setIfMissing("spark.app.name", "mnist4j " + name);
    conf.setIfMissing("spark.ui.enabled", "false");
    conf.setIfMissing("spark.task.maxFailures", "2");
    // Natives lie outside the heap; YARN and Kubernetes end a process that takes more than it said.
    conf.setIfMissing("spark.executor.memoryOverhead", "1g");
    conf.set("spark.task.cpus", Integer.toString(threads));
    conf.set("spark.executorEnv.OMP_NUM_THREADS", Integer.toString(threads));
    conf.set("spark.executorEnv.OMP_WAIT_POLICY", "passive");
    String flags = conf.get(EXECUTOR_FLAGS, "") + " -Dorg.bytedeco.javacpp.maxphysicalbytes=0";
    String offHeap = System.getProperty(OFF_HEAP);
    if (offHeap != null && !flags.contains(OFF_HEAP)) {
      flags += " -D" + OFF_HEAP + "=" + offHeap;
    }
    conf.set(EXECUTOR_FLAGS, flags.strip());
    if (!conf.get("spark.master").startsWith("local")) {
      conf.set("spark.jars", jars(conf.get("spark.jars", "")));
    }
  }

  private static void append(SparkConf conf, String key, String value) {
    String given = conf.get(key, "");
    conf.set(key, (given.isEmpty() ? "" : given + ",") + value);
  }

  /** The program and its libraries, which the executors fetch from here. */
  private static String jars(String given) throws WorkersException {
    Path program;
    try {
      program =
          Path.of(
              SparkApplication.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    if (!Files.isRegularFile(program)) {
      throw new WorkersException(
          "executors need the program's jar, and it was started from " + program);
    }
    List<String> jars = new ArrayList<>();
    jars.add(program.toString());
    try (JarFile jar = new JarFile(program.toFile())) {
      String libraries = jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      Arrays.stream(libraries.split(" ", -1))
          // A cluster has its own.
          .filter(library -> !library.contains("slf4j"))
          .map(library -> program.resolveSibling(library).toString())
          .forEach(jars::add);
    } catch (IOException e) {
      throw new WorkersException("cannot read %s: %s".formatted(program, e.getMessage()), e);
    }
    Arrays.stream(given.split(",", -1))
        .filter(jar -> !jar.isBlank() && !jar.endsWith("/" + program.getFileName()))
        .forEach(jars::add);
    return String.join(",", jars);
  }

  /** Spark itself tries for a minute and gives no reason. */
  private static void reach(String master) throws WorkersException {
    if (!master.startsWith("spark://")) {
      return;
    }
    String problem = "";
    for (String address : master.substring("spark://".length()).split(",", -1)) {
      URI uri;
      try {
        uri = new URI("spark://" + address);
      } catch (URISyntaxException e) {
        throw new WorkersException(master + " is no address such as spark://host:7077", e);
      }
      if (uri.getHost() == null || uri.getPort() < 0) {
        throw new WorkersException(master + " is no address such as spark://host:7077");
      }
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), CONNECT_MILLIS);
        return;
      } catch (IOException | IllegalArgumentException e) {
        problem = e instanceof IOException ? e.getMessage() : "unknown host";
      }
    }
    throw new WorkersException("no Spark master answers at %s: %s".formatted(master, problem));
  }

  private static WorkersException refused(String master, Exception e) {
    return new WorkersException(
        "cannot use the Spark master %s: %s".formatted(master, reason(e)), e);
  }

  private void await(String master) throws WorkersException {
    try {
      while (cores.executors() == 0) {
        if (isStopped() || cores.secondsWithoutExecutor() > patienceSeconds) {
          throw new WorkersException(
              ("%s gave no executor within %.0f s: have its workers free cores and %s of memory,"
                      + " and are they Spark %s? `--conf %s=300s` waits longer")
                  .formatted(
                      master,
                      patienceSeconds,
                      context.getConf().get("spark.executor.memory", "1g"),
                      context.version(),
                      PATIENCE));
        }
        Thread.sleep(50);
      }
      int before = 0;
      while (cores.executors() > before) {
        before = cores.executors();
        Thread.sleep(SETTLE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorkersException("interrupted while waiting for executors of " + master, e);
    }
  }

  public JavaSparkContext context() {
    return context;
  }

  /**
   * How many tasks run at once at this moment; at least 1.
   *
   * @param threads of each
   */
  public int slots(int threads) {
    return Math.max(1, cores.slots(threads));
  }

  /** What Spark says of a failure, in a line. */
  public static String reason(Throwable e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    Matcher failure = LAST_FAILURE.matcher(message);
    String reason = failure.find() ? failure.group(1) : message;
    return reason.strip().lines().findFirst().orElse("no reason given").strip();
  }

  public boolean isStopped() {
    return context.sc().isStopped();
  }

  /**
   * Asked while tasks run.
   *
   * @throws WorkersException if the cluster has ended the application, or has had no executor for
   *     too long
   */
  public void check() throws WorkersException {
    if (isStopped()) {
      throw new WorkersException(
          "the Spark cluster has ended the application; its master's and workers' logs say why");
    }
    if (cores.secondsWithoutExecutor() > patienceSeconds) {
      throw new WorkersException(
          "the Spark cluster has given no executor for %.0f s; its workers are lost or busy"
              .formatted(patienceSeconds));
    }
  }

  /** Gives the executors back. */
  @Override
  public void close() {
    context.close();
  }
}
