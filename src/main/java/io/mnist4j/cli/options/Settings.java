package io.mnist4j.cli.options;

import io.mnist4j.config.Setting;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** From options to the keys of a file that they go over. */
final class Settings {
  private Settings() {}

  /**
   * What {@code --set} names.
   *
   * @throws ParameterException if it is not KEY=VALUE
   */
  static Setting parse(String keyAndValue, CommandSpec command) {
    int equals = keyAndValue.indexOf('=');
    if (equals < 1) {
      throw new ParameterException(
          command.commandLine(), "--set takes KEY=VALUE, not '" + keyAndValue + "'");
    }
    return new Setting(
        keyAndValue.substring(0, equals),
        keyAndValue.substring(equals + 1),
        "--set " + keyAndValue,
        Setting.Form.YAML);
  }

  /**
   * An option that stands for a key.
   *
   * @param value null where the option was not given
   */
  static void add(List<Setting> all, String key, String value, String option) {
    if (value != null) {
      all.add(new Setting(key, value, option, Setting.Form.LITERAL));
    }
  }
}
