package io.mnist4j.data.groups;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.Part;
import io.mnist4j.data.catalogue.LabelTableFile;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DataException;
import io.mnist4j.files.Sha256;
import io.mnist4j.text.ClosestName;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table with a row for each image of a set and columns that name groups. It is CSV, or one of
 * QMNIST's tables of labels; a gzipped file is unpacked.
 */
public final class GroupTable {
  /** The column that says who wrote an image. */
  public static final String WRITER = "writer";

  /** The column that says what an image is labelled as. */
  static final String LABEL = "label";

  private static final int NONE = -1;

  /** Taken first where no column is asked for. */
  private static final List<String> USUAL = List.of("group", "hsf");

  private final Path file;
  private final String sha256;
  private final GroupRows rows;

  private GroupTable(Path file, String sha256, GroupRows rows) {
    this.file = file;
    this.sha256 = sha256;
    this.rows = rows;
  }

  /**
   * Reads a table, whatever its name.
   *
   * @throws DataException if the file cannot be read, or is no such table
   */
  public static GroupTable read(Path file) throws DataException {
    byte[] content = LabelTableFile.content(file);
    GroupRows rows =
        LabelTableReader.isOne(content)
            ? LabelTableReader.read(file, content)
            : CsvTableReader.read(file, content);
    GroupTable table = new GroupTable(file, Sha256.of(content), rows);
    table.requireOneRowAnImage();
    return table;
  }

  private void requireOneRowAnImage() throws DataException {
    Map<Part, Map<Integer, Integer>> seen = new HashMap<>();
    for (int row = 0; row < rows.count(); row++) {
      Integer before =
          seen.computeIfAbsent(rows.part(row), part -> new HashMap<>())
              .put(rows.indices()[row], row);
      if (before != null) {
        throw new DataException(
            "%s: image %d is there already, in %s"
                .formatted(place(row), rows.indices()[row], rows.place(before)));
      }
    }
  }

  /** {@code groups.csv, line 7}. */
  private String place(int row) {
    return file + ", " + rows.place(row);
  }

  public Path file() {
    return file;
  }

  /** Of the file's content, unpacked; lower-case hex. */
  public String sha256() {
    return sha256;
  }

  /** Whether it says who wrote each image. */
  public boolean hasWriters() {
    return rows.columns().contains(WRITER);
  }

  /**
   * The name of the column whose groups are meant.
   *
   * @param asked empty for {@code group}, {@code hsf}, or the only one that there is beside writers
   *     and labels
   * @throws ConfigException if there is none of that name, or none was named and there are several
   */
  public String column(String asked) throws ConfigException {
    List<String> columns = rows.columns();
    if (columns.contains(asked)) {
      return asked;
    }
    String there = String.join(", ", columns);
    if (!asked.isEmpty()) {
      throw new ConfigException(
          "%s has no column '%s' of groups (there are %s)%s"
              .formatted(file, asked, there, ClosestName.question(asked, columns)));
    }
    Optional<String> usual = USUAL.stream().filter(columns::contains).findFirst();
    if (usual.isPresent()) {
      return usual.get();
    }
    List<String> others =
        columns.stream().filter(name -> !List.of(WRITER, LABEL).contains(name)).toList();
    List<String> possible = others.isEmpty() ? columns : others;
    if (possible.size() != 1) {
      throw new ConfigException(
          "%s has several columns of groups: name one of %s".formatted(file, there));
    }
    return possible.get(0);
  }

  /**
   * Looks up the rows of images.
   *
   * @param part of the data set that the images were taken from; a table that does not say which
   *     part it is of is taken to be of this one
   * @param images at least one
   * @param classNames index = label
   * @throws DataException if an image has no row, if a row is of none, or if a label contradicts
   *     that of the image
   */
  public GroupsOfImages of(Part part, ImageSet images, List<String> classNames)
      throws DataException {
    int[] rowOf = new int[images.sourceSize()];
    Arrays.fill(rowOf, NONE);
    for (int row = 0; row < rows.count(); row++) {
      int index = rows.indices()[row];
      if (rows.isOf(row, part) && index < rowOf.length) {
        rowOf[index] = row;
      } else if (rows.isOf(row, part) && !rows.mayHaveMore()) {
        throw new DataException(
            "%s: index must be 0 to %d (%s has %d images), not '%d'"
                .formatted(place(row), rowOf.length - 1, part, rowOf.length, index));
      }
    }
    int[] found = new int[images.size()];
    for (int image = 0; image < found.length; image++) {
      found[image] = rowOf[images.row(image)];
      if (found[image] == NONE) {
        throw new DataException(
            "%s has no row for image %d of %s, and needs one for each of the %d images"
                .formatted(file, images.row(image), part, found.length));
      }
      requireLabel(found[image], images, image, part, classNames);
    }
    return new GroupsOfImages(rows, found);
  }

  private void requireLabel(int row, ImageSet images, int image, Part part, List<String> classNames)
      throws DataException {
    if (!rows.columns().contains(LABEL)) {
      return;
    }
    String said = rows.value(LABEL, row);
    int label = images.label(image);
    if (!said.equals(classNames.get(label)) && !said.equals(String.valueOf(label))) {
      throw new DataException(
          "%s: image %d of %s is labelled '%s', not '%s': the table is of other data"
              .formatted(place(row), images.row(image), part, classNames.get(label), said));
    }
  }
}
