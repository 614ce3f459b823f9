package io.mnist4j.experiment;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** The experiment file: YAML that says what differs from the defaults. */
public final class ExperimentFile {
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
    ConfigNode config = YamlReader.read(toYaml(Experiment.DEFAULT), line -> "defaults");
    for (Path file : files) {
      config = config.overlaidBy(YamlReader.read(text(file), line -> file + ":" + line));
    }
    for (Setting setting : settings) {
      ConfigNode value = YamlReader.read(setting.value(), line -> setting.option());
      config = config.with(List.of(setting.key().split("\\.", -1)), value);
    }
    RecordReader reader = new RecordReader();
    Experiment experiment = reader.read(Experiment.class, config);
    if (experiment == null) {
      throw new ExperimentException(reader.problems());
    }
    return experiment;
  }

  /** The complete file of an experiment: reading it gives the same experiment. */
  public static String toYaml(Experiment experiment) {
    DumpSettings settings = DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();
    return new Dump(settings).dumpToString(toMap(experiment));
  }

  /** The same as keys to scalars, lists and maps. */
  public static Map<String, Object> toMap(Experiment experiment) {
    return RecordWriter.toMap(experiment);
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
