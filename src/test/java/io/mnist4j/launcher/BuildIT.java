package io.mnist4j.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When the launcher builds, and what it does when that fails. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "bash scripts")
class BuildIT {
  @TempDir Path directory;
  private FakeCheckout checkout;

  @BeforeEach
  void lay() throws Exception {
    checkout = new FakeCheckout(directory);
  }

  private void assertStarts() throws Exception {
    Launcher.Result result = checkout.launcher().run();
    assertEquals(0, result.exitCode(), result.stderr());
    assertTrue(result.stdout().contains("<-jar>"), result.stdout());
  }

  private void assertFailsWithoutStarting(int exitCode, String stderrPart) throws Exception {
    Launcher.Result result = checkout.launcher().run();
    assertEquals(exitCode, result.exitCode(), result.stderr());
    assertEquals("", result.stdout());
    assertTrue(result.stderr().contains(stderrPart), result.stderr());
  }

  @Test
  void foreignBuildIsTakenAsItIs() throws Exception {
    assertStarts();
    assertStarts();
    assertEquals(List.of(), checkout.mavenCalls());
  }

  @Test
  void firstUseBuilds() throws Exception {
    Files.delete(checkout.jar);
    Launcher.Result result = checkout.launcher().environment("HOME", directory).run();
    assertEquals(
        "mnist4j: building (first use; downloads about 150 MB once) ...\n", result.stderr());
    assertEquals(0, result.exitCode());
    assertStarts();
    assertEquals(
        List.of(
            "-B -Dquick package -DskipTests, JDK %s, in %s".formatted(checkout.jdk, checkout.home)),
        checkout.mavenCalls());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void changesAreBuilt(boolean foreignBuild) throws Exception {
    if (!foreignBuild) {
      assertStarts();
    }
    FakeCheckout.touch(checkout.source);
    assertStarts();
    assertStarts();
    assertEquals(1, checkout.mavenCalls().size());
    FakeCheckout.touch(checkout.home.resolve("pom.xml"));
    assertStarts();
    assertStarts();
    assertEquals(2, checkout.mavenCalls().size());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void deletionsAndOldFilesMovedInAreBuilt(boolean foreignBuild) throws Exception {
    if (!foreignBuild) {
      assertStarts();
    }
    Path moved = checkout.source.resolveSibling("Moved.java");
    Files.move(checkout.source, moved);
    assertStarts();
    assertStarts();
    assertEquals(1, checkout.mavenCalls().size());
    Files.delete(moved);
    assertStarts();
    assertStarts();
    assertEquals(2, checkout.mavenCalls().size());
  }

  @Test
  void editorsHiddenFilesAreNoChange() throws Exception {
    assertStarts();
    Files.writeString(checkout.source.resolveSibling(".A.java.swp"), "");
    Files.writeString(checkout.source.resolveSibling("A.java~"), "");
    assertStarts();
    assertEquals(List.of(), checkout.mavenCalls());
  }

  @Test
  void editDuringTheBuildIsBuiltNextTime() throws Exception {
    FakeCheckout.touch(checkout.source);
    checkout.maven(
        "sleep 0.1; touch src/main/java/B.java; sleep 0.1; echo built >target/mnist4j.jar");
    assertStarts();
    checkout.maven("echo built >target/mnist4j.jar");
    assertStarts();
    assertStarts();
    assertEquals(2, checkout.mavenCalls().size());
  }

  @Test
  void sourceFromTheFutureIsBuiltOnce() throws Exception {
    Files.setLastModifiedTime(checkout.source, FileTime.from(Instant.now().plusSeconds(3600)));
    assertStarts();
    assertStarts();
    assertEquals(1, checkout.mavenCalls().size());
  }

  @Test
  void otherNativesAreBuilt() throws Exception {
    assertStarts();
    for (int i = 0; i < 2; i++) {
      checkout.launcher().environment("MNIST4J_NATIVES_EXTENSION", "generic").run();
    }
    assertEquals(1, checkout.mavenCalls().size());
    String call = checkout.mavenCalls().get(0);
    assertTrue(
        call.startsWith("-B -Dquick package -DskipTests -Pnd4j-openblas -Dnatives.extension=,"),
        call);
  }

  @ParameterizedTest
  @CsvSource({"2.27,true", "2.28,true", "2.29,false", "2.41.9000,false"})
  void oldGlibcGetsTheOpenBlasOfNd4j(String version, boolean old) throws Exception {
    checkout.glibc(version);
    // Else this machine's own CPU would have a say.
    Launcher launcher =
        checkout
            .launcher()
            .environment("HOSTTYPE", "x86_64")
            .environment("MNIST4J_NATIVES_EXTENSION", "-avx2");
    for (int i = 0; i < 2; i++) {
      launcher.run();
    }
    assertEquals(1, checkout.mavenCalls().size());
    String call = checkout.mavenCalls().get(0);
    String flags = (old ? "-Pnd4j-openblas " : "") + "-Dnatives.extension=-avx2";
    assertTrue(call.startsWith("-B -Dquick package -DskipTests " + flags + ","), call);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cuda", "auto"})
  void buildForGpusLiesBesideThatForTheCpu(String backend) throws Exception {
    checkout.maven("mkdir -p target-cuda; echo built >target-cuda/mnist4j.jar");
    for (int i = 0; i < 2; i++) {
      Launcher.Result result =
          checkout
              .launcher()
              .environment("HOME", directory)
              .environment("MNIST4J_BACKEND", backend)
              .environment("MNIST4J_CUDA_FLAGS", "-Dcuda.extension=-cudnn")
              .run();
      assertEquals(0, result.exitCode(), result.stderr());
      assertTrue(result.stdout().contains("/target-cuda/mnist4j.jar>"), result.stdout());
      assertEquals(
          i == 0
              ? "mnist4j: building (first use; downloads about 2.5 GB once, and needs 9 GB of disk in"
                  + " all) ...\n"
              : "",
          result.stderr());
    }
    assertEquals(1, checkout.mavenCalls().size());
    String call = checkout.mavenCalls().get(0);
    assertTrue(
        call.startsWith("-B -Dquick package -DskipTests -Pcuda -Dcuda.extension=-cudnn,"), call);
    assertStarts();
    assertEquals("a program", Files.readString(checkout.jar));
    assertEquals(1, checkout.mavenCalls().size());
  }

  @Test
  void installedToolkitIsNotDownloaded() throws Exception {
    checkout.maven("mkdir -p target-cuda; echo built >target-cuda/mnist4j.jar");
    Launcher launcher =
        checkout
            .launcher()
            .environment("HOME", directory)
            .environment("MNIST4J_BACKEND", "cuda")
            .environment("MNIST4J_CUDA_FLAGS", "-Dcuda.redist=");
    assertEquals(
        "mnist4j: building (first use; downloads about 0.7 GB once, and needs 3 GB of disk in all)"
            + " ...\n",
        launcher.run().stderr());
  }

  @Test
  void onlyBuildIsStartedWhateverItIsFor() throws Exception {
    Files.move(checkout.home.resolve("target"), checkout.home.resolve("target-cuda"));
    Launcher.Result result = checkout.launcher().run();
    assertTrue(result.stdout().contains("/target-cuda/mnist4j.jar>"), result.stdout());
    checkout.launcher().environment("MNIST4J_BACKEND", "cpu").run();
    assertTrue(Files.exists(checkout.jar));
  }

  @Test
  void unknownBackendIsWrongUsage() throws Exception {
    Launcher.Result result = checkout.launcher().environment("MNIST4J_BACKEND", "gpu").run();
    assertEquals(2, result.exitCode());
    assertEquals(
        "mnist4j: MNIST4J_BACKEND is 'gpu', but cpu, cuda or auto is wanted\n", result.stderr());
  }

  @Test
  void installationWithoutSourcesIsNeverBuilt() throws Exception {
    Files.delete(checkout.home.resolve("pom.xml"));
    checkout.withoutMaven();
    assertStarts();
  }

  @Test
  void missingMavenIsSaid() throws Exception {
    FakeCheckout.touch(checkout.source);
    checkout.withoutMaven();
    assertFailsWithoutStarting(
        6, "mnist4j: no Maven found, and the program must be built (sources changed)");
  }

  @Test
  void missingCompilerIsSaid() throws Exception {
    FakeCheckout.touch(checkout.source);
    Files.delete(checkout.jdk.resolve("bin/javac"));
    assertFailsWithoutStarting(6, "has no compiler, and the program must be built");
    assertEquals(List.of(), checkout.mavenCalls());
  }

  @Test
  void failedBuildIsShownAndTheOldProgramNotRun() throws Exception {
    FakeCheckout.touch(checkout.source);
    checkout.maven(
        "echo '[INFO] noise'; echo '[ERROR] COMPILATION ERROR : ';"
            + " echo '[ERROR] A.java:[1,9] expected: something'; echo '[ERROR] '; exit 1");
    Launcher.Result result = checkout.launcher().run();
    assertEquals(1, result.exitCode());
    assertEquals("", result.stdout());
    assertEquals(
        """
        mnist4j: building (sources changed) ...
        [ERROR] A.java:[1,9] expected: something
        mnist4j: the build failed; see %s
        """
            .formatted(checkout.home.resolve("target/build.log")),
        result.stderr().replace("; downloads about 150 MB once", ""));
    assertFailsWithoutStarting(1, "the build failed");
    assertEquals(2, checkout.mavenCalls().size());
  }

  @Test
  void crashOfMavenIsShown() throws Exception {
    FakeCheckout.touch(checkout.source);
    checkout.maven("echo 'Exception in thread main'; exit 1");
    assertFailsWithoutStarting(1, "Exception in thread main\nmnist4j: the build failed; see ");
  }

  @Test
  void missingNetworkIsSaid() throws Exception {
    FakeCheckout.touch(checkout.source);
    checkout.maven(
        "echo '[ERROR] Could not transfer artifact a:b:pom:1 from/to central:"
            + " Unknown host'; exit 1");
    assertFailsWithoutStarting(1, "mnist4j: Maven Central could not be reached");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void severalAtOnceBuildOnce(boolean withoutFlock) throws Exception {
    if (withoutFlock) {
      checkout.withoutFlock();
    }
    FakeCheckout.touch(checkout.source);
    checkout.maven("sleep 1; echo built >target/mnist4j.jar");
    Launcher first = checkout.launcher();
    Launcher second = checkout.launcher();
    Launcher third = checkout.launcher();
    List<Process> started = List.of(first.start(), second.start(), third.start());
    List<Launcher.Result> results =
        List.of(
            first.finish(started.get(0)),
            second.finish(started.get(1)),
            third.finish(started.get(2)));
    for (Launcher.Result result : results) {
      assertEquals(0, result.exitCode(), result.stderr());
      assertTrue(result.stdout().contains("<-jar>"), result.stdout());
    }
    assertEquals(1, checkout.mavenCalls().size());
    // The archive of classes is made after the build, and for that the builder may have to wait,
    // too.
    long waited = results.stream().filter(r -> r.stderr().contains("waiting")).count();
    assertTrue(waited >= 2, waited + " have waited");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void lockOfADeadBuildIsTakenOver(boolean withoutFlock) throws Exception {
    if (withoutFlock) {
      checkout.withoutFlock();
    }
    FakeCheckout.touch(checkout.source);
    checkout.maven("exec sleep 1");
    Launcher launcher = checkout.launcher();
    Process process = launcher.start();
    waitForMaven(1);
    process.destroyForcibly();
    launcher.finish(process);
    checkout.maven("echo built >target/mnist4j.jar");
    assertStarts();
  }

  @Test
  void interruptEndsMavenAndLeavesNothingHalfUsed() throws Exception {
    FakeCheckout.touch(checkout.source);
    checkout.maven("printf half >target/mnist4j.jar; sleep 30; echo survived >>target/mnist4j.jar");
    Launcher launcher = checkout.launcher();
    Process process = launcher.start();
    waitForMaven(1);
    process.destroy();
    assertEquals(143, launcher.finish(process).exitCode());
    checkout.maven("echo built >target/mnist4j.jar");
    assertStarts();
    assertEquals("built\n", Files.readString(checkout.jar));
  }

  private void waitForMaven(int calls) throws Exception {
    while (checkout.mavenCalls().size() < calls) {
      Thread.sleep(20);
    }
  }
}
