package io.mnist4j.experiment;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The experiment file: YAML that says what differs from the defaults. */
public final class ExperimentFile {
  private static final KeyType.Keys KEYS = KeyType.Keys.of(Experiment.class);
  private static final KnownKeys KNOWN = new KnownKeys(KEYS);

  private static final String HEADER =
      """
      # A complete experiment. A file of your own needs only the keys that differ from the defaults.
      """;

  private ExperimentFile() {}

  /**
   * Lays files and settings over the defaults.
   *
   * @param files later ones override earlier ones
   * @param settings override the files; later ones override earlier ones
   * @throws ExperimentException naming every unknown key, wrong type and value out of range
   */
  public static Experiment read(List<Path> files, List<Setting> settings)
      throws ExperimentException {
    List<ConfigProblem> problems = new ArrayList<>();
    Overlay overlay = new Overlay(KNOWN, problems);
    ConfigNode config = YamlReader.read(toYaml(Experiment.DEFAULT), Place.DEFAULTS, problems);
    int rank = 0;
    for (Path file : files) {
      Place start = new Place(++rank, file.toString(), 1);
      config = overlay.lay(config, YamlReader.read(text(file), start, problems));
    }
    for (Setting setting : settings) {
      config = overlay.set(config, setting, ++rank);
    }
    Object experiment = new RecordReader(KNOWN, problems).read(config);
    if (!problems.isEmpty()) {
      throw ConfigProblem.exception(problems);
    }
    return (Experiment) experiment;
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

  private static String text(Path file) throws ExperimentException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new ExperimentException(file + ": no such configuration file");
    } catch (CharacterCodingException e) {
      throw new ExperimentException(file + ": is not text in UTF-8");
    } catch (IOException e) {
      throw new ExperimentException("cannot read configuration file " + e.getMessage());
    }
  }
}
