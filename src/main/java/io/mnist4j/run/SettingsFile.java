package io.mnist4j.run;

import io.mnist4j.config.ConfigNode;
import io.mnist4j.config.ConfigProblem;
import io.mnist4j.config.KeyType;
import io.mnist4j.config.RecordWriter;
import io.mnist4j.config.Setting;
import io.mnist4j.errors.ConfigException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A YAML file of settings that are not an experiment's, read by the same rules into a record of its
 * own: its components are the keys, its constant {@code DEFAULT} holds where the file says nothing.
 */
public final class SettingsFile {
  private SettingsFile() {}

  /**
   * Reads a file.
   *
   * @param type each component with a {@code @Key}; one of type {@link ConfigNode} gets what the
   *     file says, unread
   * @param settings lie over the file's
   * @throws ConfigException naming all that is wrong, with its line
   */
  public static <T extends Record> T read(Path file, Class<T> type, List<Setting> settings)
      throws ConfigException {
    List<ConfigProblem> problems = new ArrayList<>();
    ConfigNode config = ExperimentFile.read(file, 1, problems);
    return type.cast(ExperimentFile.record(KeyType.Keys.of(type), config, settings, 1, problems));
  }

  /** The same as keys to numbers, strings, lists and maps. */
  public static Map<String, Object> toMap(Record settings) {
    return RecordWriter.toMap(KeyType.Keys.of(settings.getClass()), settings);
  }
}
