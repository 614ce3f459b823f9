package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageTest {
  @TempDir Path directory;

  @Test
  void bareCommandAsksForOne() throws Exception {
    Mnist4jProcess.Result result = new Mnist4jProcess(directory).run();
    assertEquals(2, result.exitCode());
    assertEquals("", result.stdout());
    assertEquals(
        "mnist4j: a command is missing (see mnist4j --help)\n",
        result.stderr().replace("\r\n", "\n"));
  }

  @Test
  void unknownOptionIsNamed() throws Exception {
    Mnist4jProcess.Result result = new Mnist4jProcess(directory).run("--versoin");
    assertEquals(2, result.exitCode());
    assertTrue(result.stderr().contains("did you mean --version"), result.stderr());
    assertEquals(1, result.stderr().lines().count(), result.stderr());
  }
}
