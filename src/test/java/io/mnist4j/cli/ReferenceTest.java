package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.terminal.CommandContext;
import io.mnist4j.errors.ExitCode;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** docs/reference/commands.md names the commands and exit codes that there are. */
class ReferenceTest {
  private static final Pattern CODES = Pattern.compile("(?m)^\\| ([\\d, ]+) \\| [a-z]");

  private static String page() throws Exception {
    return Files.readString(Path.of("docs/reference/commands.md"));
  }

  @Test
  void namesEveryCommand() throws Exception {
    String page = page();
    CommandLine program =
        Mnist4jCommand.commandLine(
            new CommandContext(InputStream.nullInputStream(), System.out, System.err));
    List<String> unnamed =
        program.getSubcommands().entrySet().stream()
            .filter(each -> !each.getValue().getCommandSpec().usageMessage().hidden())
            .map(each -> each.getKey())
            .filter(name -> !page.contains("`" + name))
            .toList();
    assertEquals(List.of(), unnamed);
    assertTrue(program.getSubcommands().size() > 10);
  }

  @Test
  void tellsTheExitCodes() throws Exception {
    List<String> told =
        CODES
            .matcher(page())
            .results()
            .flatMap(row -> Arrays.stream(row.group(1).split(", ", -1)))
            .toList();
    assertEquals(
        Arrays.stream(ExitCode.values()).map(code -> String.valueOf(code.value)).toList(), told);
  }
}
