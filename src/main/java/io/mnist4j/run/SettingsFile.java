package io.mnist4j.run;

import io.mnist4j.config.ConfigMerger;
import io.mnist4j.config.ConfigNode;
import io.mnist4j.config.ConfigProblem;
import io.mnist4j.config.KeyType;
import io.mnist4j.config.RecordWriter;
import io.mnist4j.config.Setting;
import io.mnist4j.config.SourceLocation;
import io.mnist4j.config.YamlReader;
import io.mnist4j.config.YamlWriter;
import io.mnist4j.errors.ConfigException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

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

  /**
   * The same where defaults of records within differ from these records' own.
   *
   * @param defaults hold where the file says nothing
   * @throws ConfigException naming all that is wrong, with its line
   */
  public static <T extends Record> T readOver(T defaults, Path file, List<Setting> settings)
      throws ConfigException {
    List<ConfigProblem> problems = new ArrayList<>();
    return over(defaults, ExperimentFile.read(file, 1, problems), settings, problems);
  }

  /**
   * The same of a file's text.
   *
   * @param source what problems are said to be in
   * @throws ConfigException naming all that is wrong, with its line
   */
  public static <T extends Record> T parseOver(T defaults, String yaml, String source)
      throws ConfigException {
    List<ConfigProblem> problems = new ArrayList<>();
    ConfigNode above = YamlReader.read(yaml, new SourceLocation(1, source, 1), problems);
    return over(defaults, above, List.of(), problems);
  }

  private static <T extends Record> T over(
      T defaults, ConfigNode above, List<Setting> settings, List<ConfigProblem> problems)
      throws ConfigException {
    KeyType.Keys keys = KeyType.Keys.of(defaults.getClass());
    ConfigNode below = ConfigNode.of(toMap(defaults), SourceLocation.DEFAULTS);
    ConfigNode config = new ConfigMerger(keys, problems).merge(below, above);
    @SuppressWarnings("unchecked")
    Class<T> type = (Class<T>) defaults.getClass();
    return type.cast(ExperimentFile.record(keys, config, settings, 1, problems));
  }

  /** The same as keys to numbers, strings, lists and maps. */
  public static Map<String, Object> toMap(Record settings) {
    return RecordWriter.toMap(KeyType.Keys.of(settings.getClass()), settings);
  }

  /** The complete file of the settings, with a comment on each key. Reading it gives the same. */
  public static String toYaml(Record settings) {
    KeyType.Keys keys = KeyType.Keys.of(settings.getClass());
    return YamlWriter.write(
        keys, RecordWriter.toMap(keys, settings), RecordWriter.toMap(keys, keys.standard()));
  }

  /** The same as paths to values: {@code local.optimizer.name} to {@code sgd}. */
  public static SortedMap<String, String> toSettings(Record settings) {
    return flat(toMap(settings));
  }

  /**
   * Refuses settings that something was not begun with.
   *
   * @param folder of what was begun
   * @param noun what it is, for messages: {@code run}
   * @param before the settings that it was begun with, as paths to values
   * @param after those that are asked for
   * @param mayDiffer says of a path whether it may
   * @throws ConfigException naming each setting that differs
   */
  public static void requireSame(
      Path folder,
      String noun,
      Map<String, String> before,
      Map<String, String> after,
      Predicate<String> mayDiffer)
      throws ConfigException {
    SortedSet<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    keys.removeIf(mayDiffer);
    List<String> problems = new ArrayList<>();
    for (String key : keys) {
      String was = before.getOrDefault(key, "nothing");
      String now = after.getOrDefault(key, "nothing");
      if (!was.equals(now)) {
        problems.add(
            "%s was begun with %s %s and cannot go on with %s; start a new %s for that"
                .formatted(folder, key, was, now, noun));
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  /** Nested keys as paths. */
  static SortedMap<String, String> flat(Map<String, Object> nested) {
    SortedMap<String, String> settings = new TreeMap<>();
    flatten("", nested, settings);
    return settings;
  }

  private static void flatten(String path, Object value, Map<String, String> flat) {
    String prefix = path.isEmpty() ? "" : path + ".";
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, child) -> flatten(prefix + key, child, flat));
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        flatten(prefix + i, list.get(i), flat);
      }
    } else {
      flat.put(path, String.valueOf(value));
    }
  }
}
