package io.mnist4j.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** When the launcher has the JVM archive the program's classes, and when it starts with them. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "bash scripts")
class ArchiveIT {
  @TempDir Path directory;
  private FakeCheckout checkout;
  private Path archive;

  @BeforeEach
  void lay() throws Exception {
    checkout = new FakeCheckout(directory);
    checkout.rehearsal("echo classes >\"$archive\"");
    archive = checkout.home.resolve("target/launcher/classes.jsa");
  }

  private void assertStarts(boolean withArchive) throws Exception {
    Launcher.Result result = checkout.launcher().run();
    assertEquals("", result.stderr());
    assertEquals(0, result.exitCode());
    assertEquals(
        withArchive,
        result.stdout().contains("<-XX:SharedArchiveFile=" + archive + ">"),
        result.stdout());
    assertFalse(result.stdout().contains("CdsWarmUp"), result.stdout());
    assertEquals(withArchive, Files.exists(archive));
    assertEquals(List.of(), halfMade());
  }

  private List<Path> halfMade() throws IOException {
    try (Stream<Path> files = Files.list(archive.getParent())) {
      return files.filter(file -> file.toString().matches(".*(new|rehearsal).*")).toList();
    }
  }

  @Test
  void madeOnceForAProgram() throws Exception {
    assertStarts(true);
    assertStarts(true);
    assertEquals(1, checkout.rehearsals());
    FakeCheckout.touch(checkout.source);
    checkout.maven("echo built >target/mnist4j.jar");
    Launcher.Result built = checkout.launcher().run();
    assertTrue(built.stdout().contains("<-XX:SharedArchiveFile="), built.stdout());
    assertStarts(true);
    assertEquals(2, checkout.rehearsals());
  }

  @Test
  void otherJdkMakesItsOwn() throws Exception {
    assertStarts(true);
    Files.writeString(checkout.jdk.resolve("release"), "JAVA_VERSION=\"17.0.2\"\n");
    assertStarts(true);
    assertStarts(true);
    assertEquals(2, checkout.rehearsals());
  }

  @Test
  void jvmThatCannotIsAskedOnce() throws Exception {
    checkout.rehearsal("echo half >\"$archive\"; exit 1");
    assertStarts(false);
    assertStarts(false);
    assertEquals(1, checkout.rehearsals());
  }

  @Test
  void oldOneIsNotKeptWhereANewOneCannotBeMade() throws Exception {
    assertStarts(true);
    checkout.rehearsal("exit 1");
    Files.writeString(checkout.jdk.resolve("release"), "JAVA_VERSION=\"17.0.2\"\n");
    assertStarts(false);
  }

  @Test
  void severalAtOnceMakeOne() throws Exception {
    checkout.rehearsal("sleep 1; echo classes >\"$archive\"");
    Launcher first = checkout.launcher();
    Launcher second = checkout.launcher();
    List<Process> started = List.of(first.start(), second.start());
    assertEquals(0, first.finish(started.get(0)).exitCode());
    assertEquals(0, second.finish(started.get(1)).exitCode());
    assertEquals(1, checkout.rehearsals());
    assertStarts(true);
  }

  @Test
  void interruptLeavesNothingHalfMade() throws Exception {
    checkout.rehearsal("echo half >\"$archive\"; sleep 30");
    Launcher launcher = checkout.launcher();
    Process process = launcher.start();
    while (checkout.rehearsals() == 0) {
      Thread.sleep(20);
    }
    process.destroy();
    assertEquals(143, launcher.finish(process).exitCode());
    assertFalse(Files.exists(archive));
    checkout.rehearsal("echo classes >\"$archive\"");
    assertStarts(true);
  }
}
