package io.mnist4j.run;

import io.mnist4j.config.ConfigMerger;
import io.mnist4j.config.ConfigNode;
import io.mnist4j.config.ConfigProblem;
import io.mnist4j.config.KeyType;
import io.mnist4j.config.RecordReader;
import io.mnist4j.config.RecordWriter;
import io.mnist4j.config.Setting;
import io.mnist4j.config.SourceLocation;
import io.mnist4j.config.YamlReader;
import io.mnist4j.config.YamlWriter;
import io.mnist4j.errors.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** The experiment file: YAML that says what differs from the defaults. */
public final class ExperimentFile {
  private static final KeyType.Keys KEYS = KeyType.Keys.of(Experiment.class);

  /** A character takes four at most; what is cut here is too long for the reader. */
  private static final int MAX_BYTES = 4 * (YamlReader.MAX_CHARACTERS + 1);

  private static final String HEADER =
      """
      # A complete experiment. A file of your own needs only the keys that differ from the defaults.
      """;

  private ExperimentFile() {}

  /**
   * Merges files and settings into the defaults.
   *
   * @param files later ones override earlier ones
   * @param settings override the files; later ones override earlier ones
   * @throws ConfigException naming every file that cannot be read, every path that leads nowhere,
   *     every unknown key, wrong type, value out of range and contradiction
   */
  public static Experiment read(List<Path> files, List<Setting> settings) throws ConfigException {
    List<ConfigProblem> problems = new ArrayList<>();
    ConfigMerger merger = new ConfigMerger(KEYS, problems);
    ConfigNode config = toTree(Experiment.DEFAULT);
    int rank = 0;
    for (Path file : files) {
      config = merger.merge(config, read(file, ++rank, problems));
    }
    return experiment(config, settings, rank, problems);
  }

  /**
   * The experiment of a complete file's text, such as {@link #toYaml} writes.
   *
   * @param source what problems are said to be in
   * @throws ConfigException as {@link #read(List, List)}
   */
  public static Experiment parse(String yaml, String source) throws ConfigException {
    List<ConfigProblem> problems = new ArrayList<>();
    ConfigNode config = YamlReader.read(yaml, new SourceLocation(1, source, 1), problems);
    return experiment(config, List.of(), 1, problems);
  }

  /**
   * Applies settings to an experiment.
   *
   * @param settings later ones override earlier ones
   * @throws ConfigException as {@link #read(List, List)}
   */
  public static Experiment change(Experiment experiment, List<Setting> settings)
      throws ConfigException {
    return experiment(toTree(experiment), settings, 0, new ArrayList<>());
  }

  /**
   * The experiment that {@link #toMap} turned into a map, by this version or an earlier one.
   *
   * @param source what problems are said to be in
   * @throws ConfigException as {@link #read(List, List)}
   */
  public static Experiment fromMap(Map<String, Object> map, String source) throws ConfigException {
    List<ConfigProblem> problems = new ArrayList<>();
    ConfigNode tree = ConfigNode.of(map, new SourceLocation(1, source, 0));
    ConfigNode config = new ConfigMerger(KEYS, problems).merge(toTree(Experiment.DEFAULT), tree);
    return experiment(config, List.of(), 1, problems);
  }

  private static ConfigNode toTree(Experiment experiment) {
    return ConfigNode.of(toMap(experiment), SourceLocation.DEFAULTS);
  }

  private static Experiment experiment(
      ConfigNode files, List<Setting> settings, int rank, List<ConfigProblem> problems)
      throws ConfigException {
    return (Experiment) record(KEYS, files, settings, rank, problems);
  }

  /**
   * Applies settings to what files say, and reads the result.
   *
   * @param rank of the last file
   * @param problems of the files
   * @throws ConfigException if there are problems
   */
  static Object record(
      KeyType.Keys keys,
      ConfigNode files,
      List<Setting> settings,
      int rank,
      List<ConfigProblem> problems)
      throws ConfigException {
    ConfigMerger merger = new ConfigMerger(keys, problems);
    ConfigNode config = files;
    for (int i = 0; i < settings.size(); i++) {
      config = merger.set(config, settings.get(i), rank + 1 + i);
    }
    Object read = new RecordReader(keys, problems).read(config);
    if (!problems.isEmpty()) {
      throw ConfigProblem.exception(problems);
    }
    return read;
  }

  /**
   * The complete file of an experiment, with a comment on each key: what it is, its range or
   * choices, and the default where the value is another one. Reading it gives the same experiment.
   */
  public static String toYaml(Experiment experiment) {
    return HEADER + YamlWriter.write(KEYS, toMap(experiment), toMap(Experiment.DEFAULT));
  }

  /** The same as keys to scalars, lists and maps. */
  public static Map<String, Object> toMap(Experiment experiment) {
    return RecordWriter.toMap(KEYS, experiment);
  }

  /** The same as paths to values: {@code training.optimizer.beta1} to {@code 0.9}. */
  public static SortedMap<String, String> toSettings(Experiment experiment) {
    return SettingsFile.flat(toMap(experiment));
  }

  /**
   * What can be set, to be completed: {@code training.epochs=} where any value may follow, and each
   * of {@code training.optimizer.name=adam} where some may. What stands in lists is left out.
   */
  public static List<String> settingWords() {
    return KEYS.words("").distinct().toList();
  }

  /** The words that a key may have; none where it takes other values. */
  public static List<String> values(String key) {
    String start = key + "=";
    return settingWords().stream()
        .filter(word -> word.startsWith(start))
        .map(word -> word.substring(start.length()))
        .toList();
  }

  static ConfigNode read(Path file, int rank, List<ConfigProblem> problems) {
    SourceLocation all = new SourceLocation(rank, file.toString(), 0);
    String problem;
    try {
      SourceLocation start = new SourceLocation(rank, file.toString(), 1);
      return YamlReader.read(readText(file), start, problems);
    } catch (NoSuchFileException e) {
      problem = "no such configuration file" + ConfigFiles.suggestion(file);
    } catch (CharacterCodingException e) {
      problem = "is not text in UTF-8";
    } catch (IOException e) {
      problem = "cannot be read: " + e.getMessage();
    }
    problems.add(new ConfigProblem(all, problem));
    return new ConfigNode.Null(all);
  }

  /** A device or a pipe may have no end, so no more is read than it takes to refuse it. */
  private static String readText(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
  }
}
