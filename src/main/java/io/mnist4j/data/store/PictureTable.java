package io.mnist4j.data.store;

import io.mnist4j.data.Part;
import io.mnist4j.data.imagefolder.LabelledPicture;
import io.mnist4j.data.pictures.PictureFiles;
import io.mnist4j.data.source.FileEntry;
import io.mnist4j.data.source.FileTree;
import io.mnist4j.data.tabular.CsvReader;
import io.mnist4j.data.tabular.CsvRecords;
import io.mnist4j.errors.DataException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A table that names picture files beside it and says what each shows. */
final class PictureTable {
  private static final Set<String> LABELS =
      Set.of("label", "class", "target", "y", "digit", "character", "category");

  private final FileTree tree;
  private final Map<String, FileEntry> byName = new HashMap<>();

  PictureTable(FileTree tree) {
    this.tree = tree;
    for (FileEntry file : tree.entries()) {
      if (PictureFiles.isPictureName(file.fileName())) {
        byName.put(file.name(), file);
        byName.putIfAbsent(file.fileName(), file);
      }
    }
  }

  /**
   * Reads a table.
   *
   * @param part of the data set that it is for
   * @param labelColumn {@code auto}, {@code first}, {@code last} or the name of a column
   * @throws DataException if a row names a file that is not there, or lacks a label
   */
  List<LabelledPicture> read(FileEntry table, Part part, String labelColumn) throws DataException {
    OptionalInt picture = CsvReader.pictureColumn(table);
    List<LabelledPicture> pictures = new ArrayList<>();
    try (CsvRecords records = CsvRecords.open(table)) {
      Optional<CsvRecords.Row> row = records.next();
      int label = -1;
      boolean header = false;
      if (row.isPresent()) {
        List<String> first = row.get().cells();
        header = !isPicture(first, picture.orElseThrow());
        label = labelColumn(table, first, header, picture.getAsInt(), labelColumn);
        row = header ? records.next() : row;
      }
      for (; row.isPresent(); row = records.next()) {
        pictures.add(picture(table, row.get(), picture.getAsInt(), label, part));
      }
    }
    return pictures;
  }

  private static boolean isPicture(List<String> cells, int column) {
    return column < cells.size() && PictureFiles.isPictureName(fileName(cells.get(column)));
  }

  private static String fileName(String path) {
    return path.strip().substring(path.strip().lastIndexOf('/') + 1);
  }

  private static int labelColumn(
      FileEntry table, List<String> first, boolean header, int picture, String asked)
      throws DataException {
    int last = first.size() - 1;
    if (asked.equals("first") || asked.equals("last")) {
      return asked.equals("first") ? 0 : last;
    }
    if (header) {
      for (int i = 0; i < first.size(); i++) {
        String name = first.get(i).strip();
        if (name.equals(asked)
            || (asked.equals("auto") && LABELS.contains(name.toLowerCase(Locale.ROOT)))) {
          return i;
        }
      }
    }
    if (asked.equals("auto") && first.size() == 2) {
      return 1 - picture;
    }
    throw new DataException(
        "%s:1: expected a column of labels called %s, found %s; say which with data.label-column"
            .formatted(table, asked.equals("auto") ? "label" : asked, String.join(", ", first)));
  }

  private LabelledPicture picture(
      FileEntry table, CsvRecords.Row row, int picture, int label, Part part) throws DataException {
    List<String> cells = row.cells();
    if (Math.max(picture, label) >= cells.size() || cells.get(label).isBlank()) {
      throw new DataException(
          "%s:%d: expected a picture and its label, found %s"
              .formatted(table, row.line(), String.join(", ", cells)));
    }
    String named = cells.get(picture).strip();
    FileEntry file = byName.get(named.replaceFirst("^\\./", ""));
    if (file == null) {
      file = byName.get(fileName(named));
    }
    if (file == null) {
      throw new DataException(
          "%s:%d: there is no picture %s in %s".formatted(table, row.line(), named, tree.origin()));
    }
    return new LabelledPicture(file, part, cells.get(label).strip());
  }
}
