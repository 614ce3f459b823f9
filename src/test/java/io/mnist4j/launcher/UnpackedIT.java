package io.mnist4j.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher of an archive that was unpacked, without sources and without Maven. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "bash scripts")
class UnpackedIT {
  @TempDir Path directory;
  private FakeCheckout checkout;

  @BeforeEach
  void lay() throws Exception {
    checkout = new FakeCheckout(directory);
    checkout.withoutMaven();
  }

  @Test
  void startsWhatLiesInLib() throws Exception {
    Launcher.Result result = checkout.unpacked().run("train");
    assertEquals(0, result.exitCode(), result.stderr());
    assertEquals("", result.stderr());
    List<String> arguments = result.stdout().lines().toList();
    assertTrue(
        arguments.contains("<" + checkout.home.resolve("lib/mnist4j.jar") + ">"), result.stdout());
    assertTrue(
        arguments.contains("<@" + checkout.home.resolve("bin/jvm.options") + ">"), result.stdout());
    assertTrue(arguments.contains("<-Dmnist4j.installed=true>"), result.stdout());
    assertEquals("<train>", arguments.get(arguments.size() - 1));
  }

  @Test
  void aCheckoutIsNoInstallation() throws Exception {
    String arguments = checkout.launcher().run("train").stdout();
    assertTrue(!arguments.contains("mnist4j.installed") && !arguments.contains("<>"), arguments);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--master", "cuda"})
  void whatWouldHaveToBeBuiltIsRefused(String asked) throws Exception {
    Launcher launcher = checkout.unpacked();
    Launcher.Result result =
        asked.equals("cuda")
            ? launcher.environment("MNIST4J_BACKEND", "cuda").run("train")
            : launcher.run("sweep", asked, "local[2]");
    assertEquals(6, result.exitCode());
    assertEquals("", result.stdout());
    assertEquals(
        "mnist4j: this is the program for one machine's CPU: GPUs and Spark need a checkout, which"
            + " builds what they take\n",
        result.stderr());
  }
}
