package io.mnist4j.federated;

import io.mnist4j.config.Setting;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.run.SettingsFile;
import java.nio.file.Path;
import java.util.List;

/** The settings of a federation as a YAML file that says what differs from the defaults. */
public final class FederationFile {
  private static final String HEADER =
      """
      # A complete federation. A file of your own needs only the keys that differ from the defaults.
      """;

  private FederationFile() {}

  /**
   * Reads a file.
   *
   * @param settings lie over the file's
   * @throws ConfigException naming all that is wrong, with its line
   */
  public static Federation read(Path file, List<Setting> settings) throws ConfigException {
    return SettingsFile.readOver(Federation.DEFAULT, file, settings);
  }

  /**
   * The federation of a complete file's text, such as {@link #toYaml} writes.
   *
   * @throws ConfigException naming all that is wrong, with its line
   */
  public static Federation parse(String yaml) throws ConfigException {
    return SettingsFile.parseOver(Federation.DEFAULT, yaml, "the federation");
  }

  /** The complete file, with a comment on each key. Reading it gives the same. */
  public static String toYaml(Federation federation) {
    return HEADER + SettingsFile.toYaml(federation);
  }

  /**
   * Refuses settings that a federation was not begun with. Its rounds may be raised, and its target
   * and the place of its data may be others.
   *
   * @throws ConfigException naming each setting that differs
   */
  static void requireSame(Path folder, Federation begun, Federation asked) throws ConfigException {
    boolean more = asked.rounds() >= begun.rounds();
    SettingsFile.requireSame(
        folder,
        "one",
        SettingsFile.toSettings(begun),
        SettingsFile.toSettings(asked),
        key ->
            List.of("target-accuracy", "data.dataset").contains(key)
                || (more && key.equals("rounds")));
  }
}
