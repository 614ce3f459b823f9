package io.mnist4j.cli.options;

import io.mnist4j.cli.terminal.CommandContext;
import io.mnist4j.config.Setting;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that belong together, whichever command has them. */
public abstract class OptionGroup {
  @Spec(Spec.Target.MIXEE)
  protected CommandSpec command;

  protected final CommandContext context() {
    return CommandContext.of(command);
  }

  /** Wrong usage. */
  protected final ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  /** What each {@code --set} names, as a setting that goes over a file. */
  protected final List<Setting> settings(List<String> keysAndValues) {
    List<Setting> all = new ArrayList<>();
    for (String word : keysAndValues) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        throw wrong("--set takes KEY=VALUE, not '%s'".formatted(word));
      }
      String value = word.substring(equals + 1);
      all.add(new Setting(word.substring(0, equals), value, "--set " + word, Setting.Form.YAML));
    }
    return all;
  }

  /** What each argument {@code KEY=VALUE} names; it does what {@code --set} does. */
  protected final List<Setting> arguments(List<String> words) {
    List<Setting> all = new ArrayList<>();
    for (String word : words) {
      if (!OtherSpellings.isSetting(word)) {
        throw wrong(
            "'%s' is one argument too many%s"
                .formatted(
                    word,
                    // The spec of a mixin within a mixin is not that of the command.
                    OtherSpellings.questionOfArgument(
                        word, command.commandLine().getCommandSpec())));
      }
      int equals = word.indexOf('=');
      String key = word.substring(0, equals);
      all.add(new Setting(key, word.substring(equals + 1), word, Setting.Form.YAML));
    }
    return all;
  }

  /**
   * The folder that {@code --name} names is there.
   *
   * @param instead what else may be done, such as {@code --resume it}
   */
  protected final ParameterException taken(FileAlreadyExistsException e, String instead) {
    return wrong("%s exists already; choose another --name, or %s".formatted(e.getFile(), instead));
  }

  /**
   * Adds an option that stands for a key.
   *
   * @param value null where the option was not given
   */
  protected static void add(List<Setting> all, String key, String value, String option) {
    if (value != null) {
      all.add(new Setting(key, value, option, Setting.Form.LITERAL));
    }
  }
}
