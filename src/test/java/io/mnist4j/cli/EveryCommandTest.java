package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.errors.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What all commands have in common, those below others too. */
class EveryCommandTest {
  @TempDir Path directory;

  /** The words that call each command. */
  static Stream<List<String>> commands() {
    return below(List.of(), Mnist4jCommand.commandLine());
  }

  private static Stream<List<String>> below(List<String> words, CommandLine command) {
    return Stream.concat(
        Stream.of(words),
        command.getSubcommands().entrySet().stream()
            .flatMap(
                child ->
                    below(
                        Stream.concat(words.stream(), Stream.of(child.getKey())).toList(),
                        child.getValue())));
  }

  private Result run(List<String> command, String option) throws Exception {
    return new CommandLineRun(directory)
        .run(Stream.concat(command.stream(), Stream.of(option)).toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void printsTheVersion(List<String> command) throws Exception {
    Result result = run(command, "--version");
    assertEquals(0, result.exitCode());
    assertEquals(run(List.of(), "--version").stdout(), result.stdout());
    assertTrue(
        result.stdout().matches("(?s)mnist4j \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R.*"),
        result.stdout());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpNamesAllExitCodes(List<String> command) throws Exception {
    String help = run(command, "--help").stdout();
    assertTrue(help.contains("\nExit codes:\n"), help);
    for (ExitCode code : ExitCode.values()) {
      String firstWords = code.description.substring(0, Math.min(40, code.description.length()));
      assertTrue(help.lines().anyMatch(line -> line.matches(" +" + code.value + " +.*")), help);
      assertTrue(help.contains(firstWords), help);
    }
  }

  @Test
  void exitCodesAreThoseThatScriptsKnow() {
    assertEquals(
        List.of(0, 1, 2, 3, 4, 5, 6, 130, 143),
        Stream.of(ExitCode.values()).map(code -> code.value).toList());
  }
}
