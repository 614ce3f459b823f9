package io.mnist4j.data.groups;

import io.mnist4j.data.Part;
import java.util.List;
import java.util.Map;

/**
 * The rows of a table, as they were read.
 *
 * @param indices of the images, at least 0, one a row
 * @param parts of the images, one a row; empty where the table does not say
 * @param columns the names of the columns of values, in their order
 * @param values of each column, one a row
 * @param firstLine the line of the file that the first row stands in, from 1; 0 where rows are not
 *     lines
 * @param mayHaveMore whether rows beyond the last image are in order
 */
record GroupRows(
    int[] indices,
    List<Part> parts,
    List<String> columns,
    Map<String, String[]> values,
    int firstLine,
    boolean mayHaveMore) {

  int count() {
    return indices.length;
  }

  /** The part that a row is of; null where the table does not say. */
  Part part(int row) {
    return parts.isEmpty() ? null : parts.get(row);
  }

  boolean isOf(int row, Part part) {
    return parts.isEmpty() || parts.get(row) == part;
  }

  String value(String column, int row) {
    return values.get(column)[row];
  }

  /** {@code line 7}, or {@code row 5}. */
  String place(int row) {
    return firstLine == 0 ? "row " + row : "line " + (firstLine + row);
  }
}
