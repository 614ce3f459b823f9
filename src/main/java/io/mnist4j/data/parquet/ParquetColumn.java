package io.mnist4j.data.parquet;

import io.mnist4j.text.Printable;
import java.util.List;
import java.util.Locale;

/**
 * A column of values: a leaf of the schema.
 *
 * @param path its name, after those of the structs that it is part of
 * @param type of its values
 * @param definitionLevels how many parts of the path may be missing; a value is there where the
 *     level says that all are there
 * @param repeated whether a row may have several values
 * @param text whether bytes are UTF-8
 */
record ParquetColumn(
    List<String> path, PhysicalType type, int definitionLevels, boolean repeated, boolean text) {

  /** The column of the table that it is, or is part of. */
  String root() {
    return path.get(0);
  }

  String name() {
    return Printable.of(String.join(".", path));
  }

  /** Whether it can hold pictures. */
  boolean isBinary() {
    return type == PhysicalType.BINARY && !text && !repeated;
  }

  /** Whether it can hold labels. */
  boolean isLabel() {
    return !repeated
        && (type == PhysicalType.INT32
            || type == PhysicalType.INT64
            || type == PhysicalType.BINARY);
  }

  /** Its name and type, such as {@code image.bytes (binary)}. */
  @Override
  public String toString() {
    String kind = text ? "text" : type.name().toLowerCase(Locale.ROOT);
    return "%s (%s%s)".formatted(name(), repeated ? "list of " : "", kind.replace('_', ' '));
  }
}
