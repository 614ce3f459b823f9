package io.mnist4j.config;

import java.util.List;

/**
 * A value that replaces those of the files, such as one from the command line.
 *
 * @param key path of the key, such as {@code training.optimizer.learning-rate}; list entries by
 *     their number from 0; the name of a choice that was made already may be left out
 * @param value what the key gets: a text, or in the form {@link Form#PLAIN} any plain value
 * @param option where the user wrote it, such as {@code --epochs}
 * @param form how the value is written
 */
public record Setting(String key, Object value, String option, Form form) {
  /** How a value is written. */
  public enum Form {
    /** As in a file, lists and mappings too. */
    YAML,
    /** Every character stands for itself. */
    LITERAL,
    /** A number, truth value, text, list or map, as {@link ConfigNode#of} takes it. */
    PLAIN
  }

  ConfigNode node(int rank, List<ConfigProblem> problems) {
    SourceLocation location = new SourceLocation(rank, option, 0);
    return switch (form) {
      case YAML -> YamlReader.read((String) value, location, problems);
      case LITERAL -> new ConfigNode.Scalar((String) value, false, location);
      case PLAIN -> ConfigNode.of(value, location);
    };
  }
}
