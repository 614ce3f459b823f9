package io.mnist4j.config;

import java.util.List;

/**
 * A value from the command line that goes over those of the files.
 *
 * @param key path of the key, such as {@code training.optimizer.learning-rate}; list entries by
 *     their number from 0; the name of a choice that was made already may be left out
 * @param value what the key gets
 * @param option where the user wrote it, such as {@code --epochs}
 * @param form how the value is written
 */
public record Setting(String key, String value, String option, Form form) {
  /** How a value is written. */
  public enum Form {
    /** As in a file, lists and mappings too. */
    YAML,
    /** Every character stands for itself. */
    LITERAL
  }

  ConfigNode node(int rank, List<ConfigProblem> problems) {
    SourceLocation location = new SourceLocation(rank, option, 0);
    return form == Form.YAML
        ? YamlReader.read(value, location, problems)
        : new ConfigNode.Scalar(value, false, location);
  }
}
