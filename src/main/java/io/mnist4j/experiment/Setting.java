package io.mnist4j.experiment;

/**
 * A value from the command line that goes over those of the files.
 *
 * @param key path of the key, such as {@code training.optimizer.learning-rate}; list entries by
 *     their number from 0
 * @param value the value in YAML
 * @param option where the user wrote it, such as {@code --epochs}
 */
public record Setting(String key, String value, String option) {}
