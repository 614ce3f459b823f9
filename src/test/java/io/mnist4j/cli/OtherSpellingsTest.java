package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.options.OtherSpellings;
import io.mnist4j.config.Setting;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.run.Experiment;
import io.mnist4j.run.ExperimentFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What is proposed for an option of another trainer is there. */
class OtherSpellingsTest {
  private static final Pattern PROPOSAL = Pattern.compile("; did you mean (.+)\\?");
  private static final Pattern ARGUMENT = Pattern.compile("; give the ([A-Z]+) without an option");
  private static final Pattern PROGRAM = Pattern.compile("`mnist4j ([a-z]+) ?([a-z]*)");

  private static List<CommandSpec> commands() {
    List<CommandSpec> all = new ArrayList<>();
    collect(Mnist4jCommand.commandLine(), all);
    return all;
  }

  private static void collect(CommandLine command, List<CommandSpec> all) {
    all.add(command.getCommandSpec());
    command.getSubcommands().values().forEach(child -> collect(child, all));
  }

  /** Every name of the table, and words that nobody has, with every command. */
  @Test
  void everyProposalIsTakenByTheCommand() {
    List<String> words =
        new ArrayList<>(
            OtherSpellings.table().stream().flatMap(line -> line.names().stream()).toList());
    words.addAll(ExperimentFile.settingWords().stream().map(OtherSpellingsTest::lastPart).toList());
    words.addAll(List.of("x", "quite-unknown", "formatt", "n", "epoch", "set-", "help-me"));
    int proposals = 0;
    for (CommandSpec command : commands()) {
      for (String word : words) {
        String question = OtherSpellings.question("--" + word, command);
        Matcher proposal = PROPOSAL.matcher(question);
        Matcher argument = ARGUMENT.matcher(question);
        String where = command.qualifiedName() + " --" + word + question;
        if (proposal.matches()) {
          proposals++;
          for (String meaning : proposal.group(1).split(" or ", -1)) {
            assertTaken(meaning, command, where);
          }
        } else if (argument.matches()) {
          assertTrue(
              command.positionalParameters().stream()
                  .anyMatch(known -> known.paramLabel().contains(argument.group(1))),
              where);
        }
      }
    }
    assertTrue(proposals > 500, "proposals: " + proposals);
  }

  private static String lastPart(String word) {
    String key = word.replaceFirst("=.*", "");
    return key.substring(key.lastIndexOf('.') + 1);
  }

  private static void assertTaken(String meaning, CommandSpec command, String where) {
    if (meaning.startsWith("--")) {
      String[] parts = meaning.split(" ", 2);
      assertTrue(command.findOption(parts[0]) != null, where);
      assertEquals(parts.length > 1, parts.length > 1 && takesValue(parts[0], command), where);
      return;
    }
    assertTrue(command.findOption("--set") != null, where);
    assertKey(meaning.replaceFirst("=.*", ""), where);
  }

  private static boolean takesValue(String option, CommandSpec command) {
    return command.findOption(option).arity().max() > 0;
  }

  /** Any value is refused for what it is, not for its key. */
  private static void assertKey(String key, String where) {
    Setting setting = new Setting(key, "#", "--set", Setting.Form.LITERAL);
    try {
      ExperimentFile.change(Experiment.DEFAULT, List.of(setting));
    } catch (ConfigException e) {
      assertFalse(e.getMessage().contains(" is not "), where + ": " + e.getMessage());
    }
  }

  /** A remark names commands, options and keys, too. */
  @Test
  void whatRemarksNameIsThere() {
    List<CommandSpec> commands = commands();
    Set<String> names = new HashSet<>();
    commands.forEach(command -> names.add(command.qualifiedName()));
    Set<String> options = new HashSet<>();
    commands.forEach(command -> options.addAll(command.optionsMap().keySet()));
    for (OtherSpellings.Spelling line : OtherSpellings.table()) {
      for (String meaning : line.meanings()) {
        Matcher program = PROGRAM.matcher(meaning);
        while (program.find()) {
          assertTrue(names.contains("mnist4j " + program.group(1)), meaning);
        }
        for (String word : meaning.split("[^a-z0-9.-]+", -1)) {
          if (word.startsWith("--")) {
            assertTrue(options.contains(word), meaning);
          } else if (word.matches("[a-z]+\\.[a-z0-9.-]+")) {
            assertKey(word, meaning);
          }
        }
      }
    }
  }

  @Test
  void noNameStandsTwice() {
    List<String> names =
        OtherSpellings.table().stream().flatMap(line -> line.names().stream()).toList();
    List<String> twice = new ArrayList<>(names);
    new HashSet<>(names).forEach(twice::remove);
    assertEquals(List.of(), twice);
    assertEquals(
        List.of(),
        names.stream().filter(name -> !name.equals(name.toLowerCase(Locale.ROOT))).toList());
  }

  /** What stands in the table is some command's, or the line is idle. */
  @Test
  void everyMeaningFitsACommand() {
    List<String> idle =
        OtherSpellings.table().stream()
            .flatMap(line -> line.meanings().stream())
            .filter(
                meaning ->
                    commands().stream().noneMatch(command -> OtherSpellings.fits(meaning, command)))
            .toList();
    assertEquals(List.of(), idle);
  }
}
