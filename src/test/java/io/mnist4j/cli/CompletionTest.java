package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The scripts complete what is typed in the real shells; those that are not installed are passed
 * over.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the shells of Unix")
class CompletionTest {
  @TempDir Path directory;

  /** What is typed up to the cursor, and what the shells must offer for the last word. */
  private record Case(String line, String offered) {}

  private static final List<Case> CASES =
      List.of(
          new Case("mnist4j tra", "train"),
          new Case("mnist4j data ", subcommands("data")),
          new Case("mnist4j train --epo", "--epochs"),
          new Case("mnist4j train --name data --epo", "--epochs"),
          new Case("mnist4j train --format ", "json text"),
          new Case("mnist4j train --dataset f", "fashion-mnist folder"),
          new Case("mnist4j train --dataset mi", "mine.yaml"),
          new Case("mnist4j train --config ker", "keras"),
          new Case("mnist4j train --config mi", "mine.yaml"),
          new Case("mnist4j data verify fa", "fashion-mnist"),
          new Case("mnist4j data issues fa", "fashion-mnist"),
          new Case("mnist4j data issues --split t", "test train"),
          new Case("mnist4j train --optimizer na", "nadam"),
          new Case("mnist4j train data.lim", "data.limit="),
          new Case("mnist4j evaluate m --split v", "validation"),
          new Case("mnist4j help eva", "evaluate"),
          new Case("mnist4j evaluate fo", "folder"),
          new Case("mnist4j report ", "folder"),
          new Case("mnist4j generate-completion ", "bash fish zsh"),
          new Case("mnist4j train --epochs ", ""));

  private static String subcommands(String command) {
    return String.join(
        " ",
        new TreeSet<>(
            Mnist4jCommand.commandLine().getSubcommands().get(command).getSubcommands().keySet()));
  }

  @BeforeEach
  void somethingToComplete() throws IOException {
    Files.createDirectory(directory.resolve("folder"));
    Files.writeString(directory.resolve("mine.yaml"), "");
  }

  @Test
  void bashCompletes() throws Exception {
    StringBuilder calls = new StringBuilder();
    for (Case wanted : CASES) {
      calls.append(bashCall(wanted.line().split(" ", -1)));
    }
    // Readline splits words at =.
    calls.append(bashCall("mnist4j", "train", "--format", "=", "j"));
    calls.append(bashCall("mnist4j", "train", "--format", "="));
    calls.append(bashCall("mnist4j", "train", "--set", "training.optimizer.name", "=", "nad"));
    List<String> answers = bash(calls.toString());
    for (int i = 0; i < CASES.size(); i++) {
      assertEquals(CASES.get(i).offered(), sorted(answers.get(i)), CASES.get(i).line());
    }
    assertEquals(
        List.of("json", "json text", "nadam"),
        answers.subList(CASES.size(), answers.size()).stream()
            .map(CompletionTest::sorted)
            .toList());
  }

  /** Whatever command or option is added later is completed without a word more. */
  @Test
  void bashKnowsEveryOptionOfEveryCommand() throws Exception {
    List<String> options = new ArrayList<>();
    StringBuilder calls = new StringBuilder();
    collect(Mnist4jCommand.commandLine(), options, calls);
    assertTrue(options.size() > 80, "options found: " + options.size());
    List<String> answers = bash(calls.toString());
    for (int i = 0; i < options.size(); i++) {
      assertTrue(
          List.of(answers.get(i).split(" ")).contains(options.get(i)), options.get(i) + answers);
    }
  }

  private static void collect(CommandLine command, List<String> options, StringBuilder calls) {
    for (OptionSpec option : command.getCommandSpec().options()) {
      for (String name : option.names()) {
        options.add(name);
        calls.append(bashCall((command.getCommandSpec().qualifiedName() + " " + name).split(" ")));
      }
    }
    command.getSubcommands().values().forEach(child -> collect(child, options, calls));
  }

  @Test
  void fishCompletes() throws Exception {
    assumeTrue(installed("fish"), "there is no fish here");
    StringBuilder script = new StringBuilder("source " + script("fish") + "\n");
    for (Case wanted : CASES) {
      script.append(
          "complete -C '%s' | string replace -r '\\t.*' ''\necho ---\n".formatted(wanted.line()));
    }
    String[] answers = shell("fish", "--no-config", script.toString()).split("---\n", -1);
    assertOffered(answers);
  }

  /** In a pseudo-terminal, with the keys that list choices. */
  @Test
  void zshCompletes() throws Exception {
    assumeTrue(installed("zsh"), "there is no zsh here");
    StringBuilder keys = new StringBuilder();
    for (Case wanted : CASES) {
      keys.append("ask '%s'\n".formatted(wanted.line()));
    }
    String answers =
        shell(
            "zsh",
            "-f",
            """
            zmodload zsh/zpty
            zpty z "TERM=dumb COLUMNS=200 exec zsh -f -i"
            wait_for() { local chunk; until [[ $seen == *$1* ]]; do
              zpty -r z chunk || exit 1; seen+=$chunk; done }
            # What is offered is gathered where zsh adds it, and told when the line is asked for.
            zpty -w z 'PS1=; autoload -U compinit; compinit -D -u; source %s; LISTMAX=9999
              compadd() { local -a found; builtin compadd -O found "$@"; offered+=($found); builtin compadd "$@" }
              show() { offered=(); zle list-choices; zle -M ""; print -r -- "<<${(j: :)offered}>>"; zle kill-buffer }
              zle -N show; bindkey "^X" show; print -r read''y'
            seen=; wait_for ready
            ask() {
              zpty -n -w z "$1"$'\\C-x'; seen=; wait_for '>>'
              print -r -- "${${seen##*<<}%%%%>>*}" | tr ' ' '\\n'; echo ---
            }
            %szpty -d z
            """
                .formatted(script("zsh"), keys));
    assertOffered(answers.split("---\n", -1));
  }

  private static void assertOffered(String[] answers) {
    for (int i = 0; i < CASES.size(); i++) {
      assertEquals(
          CASES.get(i).offered(),
          sorted(answers[i].replace('\n', ' ').replace("/", "")),
          CASES.get(i).line());
    }
  }

  @Test
  void unknownShellIsNamedWithTheClosest() throws Exception {
    Mnist4jProcess.Result result = new CommandLineRun(directory).run("generate-completion", "bsh");
    assertEquals(2, result.exitCode());
    assertEquals(
        "mnist4j: the argument must be bash, zsh or fish, not 'bsh'; did you mean bash?"
            + " (see mnist4j generate-completion --help)",
        result.stderr().strip());
  }

  private static String bashCall(String... words) {
    return "COMP_WORDS=('%s') COMP_CWORD=%d COMPREPLY=(); _mnist4j; echo \"${COMPREPLY[*]}\"\n"
        .formatted(String.join("' '", words), words.length - 1);
  }

  private List<String> bash(String calls) throws Exception {
    String output = shell("bash", "--norc", "set -u\nsource " + script("bash") + "\n" + calls);
    return output.lines().toList();
  }

  private Path script(String shell) throws Exception {
    Mnist4jProcess.Result result =
        new CommandLineRun(directory)
            .jvmFlag("-Dmnist4j.home=" + Path.of("").toAbsolutePath())
            .run("generate-completion", shell);
    assertEquals("", result.stderr());
    assertEquals(0, result.exitCode());
    return Files.writeString(directory.resolve(".completion." + shell), result.stdout());
  }

  private static boolean installed(String shell) throws Exception {
    return new ProcessBuilder("sh", "-c", "command -v " + shell).start().waitFor() == 0;
  }

  private String shell(String shell, String flag, String script) throws Exception {
    Path file = Files.writeString(directory.resolve(".script." + shell), script);
    Path output = directory.resolve(".output." + shell);
    Process process =
        new ProcessBuilder(shell, flag, file.toString())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IOException(shell + " still runs: " + Files.readString(output));
    }
    String text = Files.readString(output);
    assertEquals(0, process.exitValue(), text);
    return text;
  }

  private static String sorted(String words) {
    return String.join(" ", new TreeSet<>(List.of(words.strip().split(" +"))));
  }
}
