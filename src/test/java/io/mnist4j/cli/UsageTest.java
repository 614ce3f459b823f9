package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  @Test
  void unknownCommandIsNamedWithTheClosest() throws Exception {
    Mnist4jProcess.Result result = new Mnist4jProcess(directory).run("trian");
    assertEquals(2, result.exitCode());
    assertEquals(
        "mnist4j: there is no command 'trian'; did you mean train? (see mnist4j --help)",
        result.stderr().strip());
  }

  @Test
  void argumentTooManyIsNamed() throws Exception {
    Mnist4jProcess.Result result = new Mnist4jProcess(directory).run("evaluate", "a.zip", "b.zip");
    assertEquals(2, result.exitCode());
    assertEquals(
        "mnist4j: 'b.zip' is one argument too many (see mnist4j evaluate --help)",
        result.stderr().strip());
  }

  @Test
  void everyCommandHasHelpWithExamples() throws Exception {
    for (String command :
        List.of("train", "evaluate", "export", "report", "doctor", "data list", "data fetch")) {
      List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
      arguments.add("--help");
      Mnist4jProcess.Result result =
          new Mnist4jProcess(directory).run(arguments.toArray(String[]::new));
      assertEquals(0, result.exitCode(), command);
      assertTrue(result.stdout().contains("Examples:"), result.stdout());
      assertTrue(result.stdout().contains("  mnist4j " + command), result.stdout());
      assertEquals("", result.stderr());
    }
  }

  @Test
  void versionNamesWhatItIsMadeOf() throws Exception {
    Mnist4jProcess.Result result = new Mnist4jProcess(directory).run("--version");
    assertEquals(0, result.exitCode());
    List<String> lines = result.stdout().lines().toList();
    assertTrue(lines.get(0).matches("mnist4j \\d+\\.\\d+\\.\\d+"), result.stdout());
    assertEquals("Deeplearning4j 1.0.0-M2.1", lines.get(1));
    assertTrue(lines.get(2).startsWith("ND4J backend nd4j-native 1.0.0-M2.1 ("), lines.get(2));
    assertTrue(lines.get(3).startsWith("JDK " + System.getProperty("java.version")), lines.get(3));
  }
}
