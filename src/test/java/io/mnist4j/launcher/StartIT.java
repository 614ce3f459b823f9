package io.mnist4j.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mnist4j.cli.Signals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the launcher asks of the JVM, and what passes between the caller and the JVM. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "bash scripts")
class StartIT {
  @TempDir Path directory;
  private FakeCheckout checkout;

  @BeforeEach
  void lay() throws Exception {
    checkout = new FakeCheckout(directory);
  }

  @Test
  void argumentsArriveUnharmed() throws Exception {
    Launcher.Result result =
        checkout.launcher().run("train", "two words", "", "*", "\"'$HOME`", "@file", "-Dx=y");
    List<String> lines = result.stdout().lines().toList();
    int jar = lines.indexOf("<-jar>");
    assertEquals(
        List.of(
            "<" + checkout.jar + ">",
            "<train>",
            "<two words>",
            "<>",
            "<*>",
            "<\"'$HOME`>",
            "<@file>",
            "<-Dx=y>"),
        lines.subList(jar + 1, lines.size()));
    assertEquals("", result.stderr());
  }

  @Test
  void checkoutAndFlagFileAreNamed() throws Exception {
    String stdout = checkout.launcher().run().stdout();
    assertTrue(stdout.contains("<-Dmnist4j.home=" + checkout.home + ">"), stdout);
    assertTrue(stdout.contains("<@" + checkout.home.resolve("scripts/jvm.options") + ">"), stdout);
    assertFalse(stdout.contains("mnist4j.terminal"), stdout);
  }

  @Test
  void memoryAndFlagsComeFromTheEnvironment() throws Exception {
    String stdout =
        checkout
            .launcher()
            .environment("MNIST4J_HEAP", "333m")
            .environment("MNIST4J_OFF_HEAP", "3g")
            .environment("MNIST4J_JAVA_OPTS", "-Xlog:gc* -verbose")
            .run()
            .stdout();
    assertTrue(stdout.contains("<-Xmx333m>"), stdout);
    assertTrue(stdout.contains("<-Dorg.bytedeco.javacpp.maxbytes=3g>"), stdout);
    assertTrue(stdout.contains("<-Xlog:gc*>\n<-verbose>\n<-jar>"), stdout);
  }

  @ParameterizedTest
  @CsvSource({
    "0, at least 16m is needed",
    "15m, at least 16m is needed",
    "1k, at least 16m is needed",
    "99999999g, at most 16384g",
    "99999999999999999999g, a size such as 512m or 2g is wanted"
  })
  void heapThatNoJvmCouldHaveIsWrongUsage(String heap, String message) throws Exception {
    Launcher.Result result = checkout.launcher().environment("MNIST4J_HEAP", heap).run();
    assertEquals(2, result.exitCode());
    assertTrue(result.stderr().contains("MNIST4J_HEAP is '" + heap + "'"), result.stderr());
    assertTrue(result.stderr().contains(message), result.stderr());
    assertEquals(1, result.stderr().lines().count(), result.stderr());
  }

  @Test
  void flagsThatTheJvmRefusesAreWrongUsage() throws Exception {
    checkout.java(
        "case \"$*\" in *-XX:Foo*) echo \"Unrecognized VM option 'Foo'\"; echo more; exit 1 ;;"
            + " esac");
    Launcher launcher = checkout.launcher().environment("MNIST4J_JAVA_OPTS", "-Da=b -XX:Foo");
    Launcher.Result result = launcher.run();
    assertEquals(2, result.exitCode());
    assertEquals(
        "mnist4j: MNIST4J_JAVA_OPTS is '-Da=b -XX:Foo', and this JVM refuses that: Unrecognized VM"
            + " option 'Foo'\n",
        result.stderr());
    assertEquals("", result.stdout());
  }

  @ParameterizedTest
  @ValueSource(strings = {"MNIST4J_HEAP", "MNIST4J_OFF_HEAP"})
  void nonsenseInTheEnvironmentIsWrongUsage(String variable) throws Exception {
    Launcher.Result result = checkout.launcher().environment(variable, "much").run();
    assertEquals(2, result.exitCode());
    assertEquals("", result.stdout());
    assertTrue(result.stderr().contains(variable), result.stderr());
    assertEquals(1, result.stderr().lines().count(), result.stderr());
  }

  @Test
  void threadsSleepWhileTheyWait() throws Exception {
    checkout.java("echo $OMP_NUM_THREADS $OMP_WAIT_POLICY");
    Launcher launcher = checkout.launcher().environment("OMP_NUM_THREADS", "77");
    assertTrue(launcher.run().stdout().matches("[1-9][0-9]* passive\n"));
    assertFalse(launcher.run().stdout().startsWith("77 "));
  }

  @Test
  void threadsOfTheUserAreHandedOn() throws Exception {
    checkout.java("echo \"[$MNIST4J_THREADS]\"");
    assertEquals("[]\n", checkout.launcher().run().stdout());
    Launcher launcher = checkout.launcher().environment("OMP_NUM_THREADS", "3");
    assertEquals("[3]\n", launcher.run().stdout());
    assertEquals("[2]\n", launcher.environment("MNIST4J_THREADS", "2").run().stdout());
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere there is no C.UTF-8")
  void fileNamesBeyondAsciiWorkWithoutLocale() throws Exception {
    checkout.java("echo $LC_ALL");
    assertEquals("C.UTF-8\n", checkout.launcher().run().stdout());
    assertEquals("\n", checkout.launcher().environment("LANG", "de_DE.UTF-8").run().stdout());
  }

  @Test
  void stdinIsTheProgramsAlone() throws Exception {
    checkout.java("cat");
    assertEquals("what stands in stdin\n", checkout.launcher().run().stdout());
    FakeCheckout.touch(checkout.source);
    checkout.maven("cat >target/mnist4j.jar");
    assertEquals("what stands in stdin\n", checkout.launcher().run().stdout());
    assertEquals("", Files.readString(checkout.jar));
  }

  @Test
  void exitCodePasses() throws Exception {
    checkout.java("exit 5");
    assertEquals(5, checkout.launcher().run().exitCode());
  }

  @ParameterizedTest
  @CsvSource({"TERM,143", "INT,130"})
  void signalsReachTheProgram(String signal, int exitCode) throws Exception {
    assumeTrue(
        !signal.equals("INT") || !Signals.interruptIsIgnored(),
        "these tests run with SIGINT ignored");
    checkout.java(
        "trap 'exit 130' INT; trap 'exit 143' TERM; echo up >&2; while :; do sleep 0.1; done");
    Launcher launcher = checkout.launcher();
    Process process = launcher.start();
    while (!launcher.stderr().contains("up")) {
      Thread.sleep(20);
    }
    new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor();
    assertEquals(exitCode, launcher.finish(process).exitCode());
  }

  @Test
  void noJavaIsSaid() throws Exception {
    Launcher.Result result = checkout.launcher().environment("JAVA_HOME", "").run();
    assertEquals(
        "mnist4j: no Java found: install a JDK 17 or newer, or set JAVA_HOME\n", result.stderr());
    assertEquals(6, result.exitCode());
  }

  @Test
  void wrongJavaHomeIsNamed() throws Exception {
    Launcher.Result result = checkout.launcher().environment("JAVA_HOME", directory).run();
    assertEquals(
        "mnist4j: JAVA_HOME is " + directory + ", which has no bin/java\n", result.stderr());
    assertEquals(6, result.exitCode());
  }

  @ParameterizedTest
  @CsvSource({"1.8.0_402,8", "11.0.22,11", "16,16"})
  void tooOldJavaIsNamed(String version, String major) throws Exception {
    Files.writeString(checkout.jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    Launcher.Result result = checkout.launcher().run();
    assertEquals(
        "mnist4j: %s is Java %s, but 17 or newer is needed: set JAVA_HOME to such a JDK%n"
            .formatted(checkout.jdk.resolve("bin/java"), major),
        result.stderr());
    assertEquals(6, result.exitCode());
  }

  @Test
  void javaOnThePathIsAskedForItsVersionOnce() throws Exception {
    checkout.java(
        "if [ \"$1\" = -version ]; then echo asked >>\"$0.asked\"; echo 'openjdk version \"25-ea\"'"
            + " >&2; else printf '<%s>\\n"
            + "' \"$@\"; fi");
    Path java = checkout.bin.resolve("java");
    Files.move(checkout.jdk.resolve("bin/java"), java);
    for (int i = 0; i < 3; i++) {
      Launcher.Result result = checkout.launcher().environment("JAVA_HOME", "").run();
      assertEquals("", result.stderr());
      assertTrue(result.stdout().contains("<--sun-misc-unsafe-memory-access=allow>"));
    }
    // The first call finds no folder to keep the answer in.
    assertTrue(Files.readAllLines(checkout.bin.resolve("java.asked")).size() <= 2);
  }
}
