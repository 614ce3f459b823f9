package io.mnist4j.data.parquet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the end of a file says about it.
 *
 * @param columns of the table
 * @param groups of rows, in their order
 * @param metadata texts by their keys
 */
record ParquetFooter(
    List<ParquetColumn> columns, List<RowGroup> groups, Map<String, String> metadata) {
  private static final int MAX_COLUMNS = 4_096;
  private static final int MAX_GROUPS = 1 << 20;
  private static final int MAX_KEYS = 1_024;

  /**
   * Rows whose values lie together.
   *
   * @param rows how many
   * @param chunks one for each column
   */
  record RowGroup(long rows, List<ColumnChunk> chunks) {}

  /** Reads {@code FileMetaData}. */
  static ParquetFooter parse(byte[] bytes) throws ParquetFormatException {
    ThriftInput in = new ThriftInput(new ByteCursor(bytes, 0, bytes.length));
    List<ParquetColumn> columns = new ArrayList<>();
    List<RowGroup> groups = new ArrayList<>();
    Map<String, String> metadata = new HashMap<>();
    in.struct(
        (id, type) -> {
          switch (id) {
            case 2 -> columns.addAll(SchemaParser.parse(in, type));
            case 4 -> in.structs(type, MAX_GROUPS, () -> groups.add(group(in)));
            case 5 -> in.structs(type, MAX_KEYS, () -> addKey(in, metadata));
            case 8 -> throw encrypted();
            default -> {
              return false;
            }
          }
          return true;
        });
    for (RowGroup group : groups) {
      if (group.chunks.size() != columns.size()) {
        throw new ParquetFormatException(
            "expected %d columns in each group of rows, found %d"
                .formatted(columns.size(), group.chunks.size()));
      }
    }
    return new ParquetFooter(columns, groups, metadata);
  }

  static ParquetFormatException encrypted() {
    return new ParquetFormatException("is encrypted; save it without encryption");
  }

  /** The number of rows in all groups. */
  long rows() throws ParquetFormatException {
    long rows = 0;
    for (RowGroup group : groups) {
      // Sums of positive numbers that overflow are negative.
      rows += group.rows;
      if (group.rows < 0 || rows < 0) {
        throw new ParquetFormatException("absurd numbers of rows");
      }
    }
    return rows;
  }

  private static RowGroup group(ThriftInput in) throws ParquetFormatException {
    List<ColumnChunk> chunks = new ArrayList<>();
    long[] rows = {-1};
    in.struct(
        (id, type) -> {
          switch (id) {
            case 1 -> in.structs(type, MAX_COLUMNS, () -> chunks.add(ColumnChunk.parse(in)));
            case 3 -> rows[0] = in.integer(type);
            default -> {
              return false;
            }
          }
          return true;
        });
    if (rows[0] < 0) {
      throw new ParquetFormatException("a group of rows that does not say how many");
    }
    return new RowGroup(rows[0], List.copyOf(chunks));
  }

  private static void addKey(ThriftInput in, Map<String, String> metadata)
      throws ParquetFormatException {
    String[] pair = {"", ""};
    in.struct(
        (id, type) -> {
          if (id == 1 || id == 2) {
            pair[id - 1] = in.text(type);
          }
          return id == 1 || id == 2;
        });
    metadata.put(pair[0], pair[1]);
  }
}
