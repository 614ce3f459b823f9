package io.mnist4j.data.parquet;

import io.mnist4j.text.Printable;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which columns of a table hold the pictures and the labels. */
final class ColumnPick {
  private static final List<String> PICTURES =
      List.of("image", "img", "picture", "images", "pixels", "photo");

  /** As the first of these that there is: files may have coarser labels beside the fine ones. */
  private static final List<String> LABELS =
      List.of(
          "label",
          "labels",
          "class",
          "target",
          "fine_label",
          "digit",
          "character",
          "y",
          "category");

  /** In a struct with the path of the picture's file. */
  private static final String BYTES = "bytes";

  private static final int MOST_LISTED = 12;

  private final List<ParquetColumn> columns;

  ColumnPick(List<ParquetColumn> columns) {
    this.columns = columns;
  }

  /** The column of pictures: by its name, else the only one of bytes. */
  ParquetColumn pictures() throws ParquetFormatException {
    for (String name : PICTURES) {
      Optional<ParquetColumn> column =
          first(c -> c.isBinary() && isNamed(c, name) && isWholeOrBytes(c));
      if (column.isPresent()) {
        return column.get();
      }
    }
    List<ParquetColumn> binary =
        columns.stream().filter(c -> c.isBinary() && isWholeOrBytes(c)).toList();
    if (binary.size() != 1) {
      throw new ParquetFormatException(
          "expected a column of pictures (%s, as binary or struct{bytes, path}), found %s"
              .formatted(String.join(", ", PICTURES.subList(0, 3)), this));
    }
    return binary.get(0);
  }

  /**
   * The column of labels.
   *
   * @param name of it; {@code auto} to find it, {@code none} to take none
   * @param classes what the file says about its columns
   */
  Optional<ParquetColumn> labels(String name, ClassLabels classes) throws ParquetFormatException {
    if (name.equals(ParquetReader.NO_LABELS)) {
      return Optional.empty();
    }
    Optional<ParquetColumn> column;
    if (name.equals(ParquetReader.FIND_LABELS)) {
      column = Optional.empty();
      for (String usual : LABELS) {
        column = column.or(() -> first(c -> isNamed(c, usual)));
      }
      column = column.or(() -> first(classes::has));
    } else {
      column = first(c -> c.name().equals(name)).or(() -> first(c -> isNamed(c, name)));
      if (column.isEmpty()) {
        throw new ParquetFormatException(
            "expected a column '%s' of labels, found %s".formatted(Printable.of(name), this));
      }
    }
    if (column.isPresent() && !column.get().isLabel()) {
      throw new ParquetFormatException(
          "expected whole numbers or names as labels, one a row, found %s".formatted(column.get()));
    }
    return column;
  }

  private Optional<ParquetColumn> first(Predicate<ParquetColumn> wanted) {
    return columns.stream().filter(wanted).findFirst();
  }

  private static boolean isNamed(ParquetColumn column, String name) {
    return column.root().equalsIgnoreCase(name);
  }

  private static boolean isWholeOrBytes(ParquetColumn column) {
    return column.path().size() == 1
        || (column.path().size() == 2 && column.path().get(1).equals(BYTES));
  }

  /** All columns with their types. */
  @Override
  public String toString() {
    if (columns.isEmpty()) {
      return "no columns";
    }
    String listed =
        columns.stream()
            .limit(MOST_LISTED)
            .map(ParquetColumn::toString)
            .collect(Collectors.joining(", "));
    int more = columns.size() - MOST_LISTED;
    return more > 0 ? "%s and %d more".formatted(listed, more) : listed;
  }
}
