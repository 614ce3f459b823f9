package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class ManPagesTest {
  @TempDir Path directory;

  private List<Path> pages() throws Exception {
    Mnist4jProcess.Result result =
        new CommandLineRun(directory).run("generate-man-pages", "share/man");
    assertEquals(0, result.exitCode(), result.stderr());
    try (Stream<Path> files = Files.list(directory.resolve("share/man/man1"))) {
      List<Path> pages = files.sorted().toList();
      assertTrue(result.stdout().startsWith(pages.size() + " pages in "), result.stdout());
      return pages;
    }
  }

  @Test
  void eachCommandHasAPageWithAllItsOptions() throws Exception {
    List<Path> pages = pages();
    List<CommandLine> commands = new ArrayList<>();
    collect(Mnist4jCommand.commandLine(), commands);
    assertEquals(commands.size(), pages.size());
    for (CommandLine command : commands) {
      String name = command.getCommandSpec().qualifiedName("-");
      String page = Files.readString(directory.resolve("share/man/man1/" + name + ".1"));
      for (OptionSpec option : command.getCommandSpec().options()) {
        assertTrue(
            page.contains("\\fB" + option.longestName().replace("-", "\\-") + "\\fR"),
            option.longestName() + " in " + page);
      }
      assertTrue(page.contains(".SH EXAMPLES\n"), page);
    }
  }

  private static void collect(CommandLine command, List<CommandLine> found) {
    found.add(command);
    command.getSubcommands().values().forEach(child -> collect(child, found));
  }

  @Test
  void groffReadsThemWithoutAWarning() throws Exception {
    assumeTrue(installed("groff"), "there is no groff here");
    for (Path page : pages()) {
      assertEquals("", output("groff", "-ww", "-z", "-man", page.toString()), page.toString());
    }
    String train = output("groff", "-Tascii", "-P-cbou", "-man", "share/man/man1/mnist4j-train.1");
    assertTrue(train.contains("mnist4j-train - Trains a network"), train);
    assertTrue(train.contains("\n       -c, --config=NAME|FILE\n"), train);
    assertTrue(train.contains("98 % on MNIST"), train);
  }

  @Test
  void folderThatCannotBeWrittenIsNamed() throws Exception {
    Files.writeString(directory.resolve("share"), "a file");
    Mnist4jProcess.Result result =
        new CommandLineRun(directory).run("generate-man-pages", "share/man");
    assertEquals(3, result.exitCode());
    assertTrue(result.stderr().startsWith("mnist4j: cannot write "), result.stderr());
    assertEquals(1, result.stderr().lines().count(), result.stderr());
  }

  private static boolean installed(String program) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(program, "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private String output(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }
}
