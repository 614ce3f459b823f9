package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.fetch.TestMirror;
import io.mnist4j.data.store.RealMnist;
import io.mnist4j.hostile.Soak;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Fetching by real processes that meet, and that die. */
@Timeout(120)
@EnabledIf(value = "io.mnist4j.data.store.RealMnist#isPresent", disabledReason = RealMnist.ABSENT)
class DataFetchProcessTest {
  private static final int KILLS = Soak.isOn() ? 50 : 2;

  @TempDir Path directory;

  /** A condition that a file meets sooner or later. */
  @FunctionalInterface
  private interface Condition {
    boolean holds() throws IOException;
  }

  @Test
  void twoProcessesFetchOnce() throws Exception {
    CountDownLatch secondWaits = new CountDownLatch(1);
    try (TestMirror mirror = RealMnist.mirror()) {
      mirror.first(
          (exchange, content) -> {
            secondWaits.await();
            TestMirror.serve(exchange, content);
          });
      Process first = start("first", mirror);
      await(() -> !mirror.requests().isEmpty(), first);
      Process second = start("second", mirror);
      Path stderr = directory.resolve("second/stderr.txt");
      await(() -> Files.readString(stderr).contains("waiting for it"), second);
      secondWaits.countDown();
      assertEnds(first);
      assertEnds(second);
      assertEquals(4, mirror.requests().size(), mirror.requests()::toString);
      assertEquals(
          "another process is fetching into %s: waiting for it\n"
              .formatted(directory.resolve("data/mnist")),
          Files.readString(stderr).replace("\r\n", "\n"));
      assertTrue(Files.readString(directory.resolve("first/stdout.txt")).startsWith("fetched  "));
      assertTrue(Files.readString(directory.resolve("second/stdout.txt")).startsWith("present  "));
    }
  }

  @Test
  void killedProcessIsContinued() throws Exception {
    try (TestMirror mirror = RealMnist.mirror()) {
      mirror.first(mirror.stallAfter(3_000_000));
      Path part = directory.resolve("data/mnist/train-images-idx3-ubyte.gz.part");
      Process killed = start("killed", mirror);
      await(() -> Files.exists(part) && Files.size(part) > 1_000_000, killed);
      killed.destroyForcibly().waitFor();
      long there = Files.size(part);
      assertEquals(0, fetch(mirror));
      assertEquals("train-images-idx3-ubyte.gz bytes=" + there + "-", mirror.requests().get(1));
      assertEquals(5, mirror.requests().size());
      assertEquals(
          0, new CommandLineRun(directory).run("data", "verify", "--data-dir", "data").exitCode());
    }
  }

  /** What has a file's name is that file, whole; the next fetch goes on by itself. */
  @Test
  @Timeout(1_200)
  void killedAnywhereItInstallsNothingWrong() throws Exception {
    Random random = new Random(6);
    Path folder = directory.resolve("data/mnist");
    try (TestMirror mirror = RealMnist.mirror()) {
      Map<String, Long> sizes = new TreeMap<>();
      for (int i = 0; i <= KILLS; i++) {
        assertEquals(0, fetch(mirror));
        assertEquals(4, installed(folder).size());
        if (i == 0) {
          sizes.putAll(installed(folder));
        }
        assertEquals(sizes, installed(folder));
        delete(folder);
        if (i == KILLS) {
          return;
        }
        Process killed = start("killed", mirror);
        long bytes = random.nextLong(sizes.values().stream().mapToLong(Long::longValue).sum());
        while (killed.isAlive() && bytesIn(folder) < bytes) {
          Thread.sleep(1);
        }
        killed.destroyForcibly().waitFor();
        assertTrue(sizes.entrySet().containsAll(installed(folder).entrySet()), "a part is there");
      }
    }
  }

  /** All that is there, parts too. */
  private static long bytesIn(Path folder) throws IOException {
    long bytes = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        bytes += Files.size(file);
      }
    } catch (NoSuchFileException e) {
      // It is renamed in this moment.
    }
    return bytes;
  }

  /** Name → bytes of what is not a part that a next fetch goes on with. */
  private static Map<String, Long> installed(Path folder) throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    if (Files.exists(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*-ubyte*")) {
        for (Path file : files) {
          if (!file.toString().endsWith(".part") && !file.toString().endsWith(".tmp")) {
            sizes.put(file.getFileName().toString(), Files.size(file));
          }
        }
      }
    }
    return sizes;
  }

  private static void delete(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  private int fetch(TestMirror mirror) throws IOException {
    return new CommandLineRun(directory)
        .environment("MNIST4J_MIRRORS", mirror.base())
        .run("data", "fetch", "--data-dir", "data")
        .exitCode();
  }

  private Process start(String name, TestMirror mirror) throws IOException {
    return new Mnist4jProcess(Files.createDirectories(directory.resolve(name)))
        .environment("MNIST4J_MIRRORS", mirror.base())
        .start("data", "fetch", "--data-dir", directory.resolve("data").toString());
  }

  private static void await(Condition condition, Process process) throws Exception {
    while (!condition.holds()) {
      assertTrue(process.isAlive(), "ended too early");
      Thread.sleep(20);
    }
  }

  private static void assertEnds(Process process) throws InterruptedException {
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running");
    assertEquals(0, process.exitValue());
  }
}
