package io.mnist4j.data.parquet;

import io.mnist4j.data.parquet.ParquetFooter.RowGroup;
import io.mnist4j.data.source.FileEntry;
import io.mnist4j.errors.DataException;
import io.mnist4j.files.FileProblem;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Reads Parquet files of pictures: a column of encoded pictures ({@code image}, {@code img}, {@code
 * picture}: {@code struct{bytes, path}} or plain bytes) and one of labels ({@code label}, {@code
 * labels}, {@code class}, {@code target}, {@code fine_label} ...: whole numbers or texts). Other
 * columns are passed over. What a file claims is checked before memory is taken for it.
 */
public final class ParquetReader {
  /** The column of labels is found by its name. */
  public static final String FIND_LABELS = "auto";

  /** No labels are read. */
  public static final String NO_LABELS = "none";

  /** The footer's length and the magic bytes, at the end of a file. */
  private static final int TAIL = Integer.BYTES + ParquetMagic.BYTES;

  private static final int MAX_FOOTER = 1 << 26;

  /** What any file may have in rows; beyond that a picture takes some bytes. */
  private static final long MOST_ROWS = 1 << 16;

  private static final int LEAST_PICTURE = 8;

  private ParquetReader() {}

  /** Whether a file that begins with these bytes, four at least, is meant to be a Parquet file. */
  public static boolean isParquet(byte[] head) {
    return ParquetMagic.is(head);
  }

  /**
   * Reads a file.
   *
   * @param labelColumn the name of the column of labels, or one of the constants of this class
   * @throws DataException if it cannot be read, is damaged or holds no pictures
   */
  public static EncodedPictures read(FileEntry file, String labelColumn) throws DataException {
    if (file.path().isPresent() && FileProblem.isNoFile(file.path().get())) {
      throw new DataException(file + ": expected a Parquet file, found a folder or device");
    }
    try (ParquetBytes bytes = ParquetBytes.open(file)) {
      return read(file.toString(), bytes, labelColumn);
    } catch (ParquetFormatException e) {
      throw new DataException(file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new DataException("cannot read %s: %s".formatted(file, FileProblem.reason(e)), e);
    }
  }

  private static EncodedPictures read(String name, ParquetBytes file, String labelColumn)
      throws IOException {
    ParquetFooter footer = footer(file);
    ColumnPick pick = new ColumnPick(footer.columns());
    ClassLabels classes = ClassLabels.of(footer.metadata());
    ParquetColumn pictureColumn = pick.pictures();
    Optional<ParquetColumn> labels = pick.labels(labelColumn, classes);
    int rows = rows(footer, file);

    PictureSlices pictures = new PictureSlices(pictureColumn, rows);
    readColumn(file, footer, pictureColumn, pictures);
    if (labels.isEmpty()) {
      return new EncodedPictures(name, pictures, Optional.empty(), List.of(), pick.toString());
    }
    LabelSink sink = new LabelSink(rows, classes.names(labels.get()));
    readColumn(file, footer, labels.get(), sink);
    return new EncodedPictures(name, pictures, sink.labels(), sink.names(), pick.toString());
  }

  private static ParquetFooter footer(ParquetBytes file) throws IOException {
    long length = file.length();
    ParquetMagic.require(file.read(0, Math.min(ParquetMagic.BYTES, length)));
    if (length < ParquetMagic.BYTES + TAIL) {
      throw new ParquetFormatException(
          "truncated: found the end after %d bytes; fetch or copy it again".formatted(length));
    }
    ParquetMagic.requireEnd(file.read(length - ParquetMagic.BYTES, ParquetMagic.BYTES));
    byte[] tail = file.read(length - TAIL, Integer.BYTES);
    long footerLength = new ByteCursor(tail, 0, tail.length).number(Integer.BYTES);
    if (footerLength > length - ParquetMagic.BYTES - TAIL || footerLength > MAX_FOOTER) {
      throw new ParquetFormatException(
          "expected a footer of at most %d bytes, found one that says %d"
              .formatted(Math.min(length - ParquetMagic.BYTES - TAIL, MAX_FOOTER), footerLength));
    }
    byte[] bytes = file.read(length - TAIL - footerLength, footerLength);
    try {
      return ParquetFooter.parse(bytes);
    } catch (ParquetFormatException e) {
      throw new ParquetFormatException("footer: " + e.getMessage());
    }
  }

  /** The number of rows, for which memory may be taken. */
  private static int rows(ParquetFooter footer, ParquetBytes file) throws IOException {
    long rows = footer.rows();
    if (rows == 0) {
      throw new ParquetFormatException("expected pictures, found no rows");
    }
    if (rows > MOST_ROWS + file.length() / LEAST_PICTURE || rows > Integer.MAX_VALUE - 8) {
      throw new ParquetFormatException(
          "expected a picture in each row, found %d rows in %d bytes, which cannot hold them"
              .formatted(rows, file.length()));
    }
    return (int) rows;
  }

  private static void readColumn(
      ParquetBytes file, ParquetFooter footer, ParquetColumn column, ColumnSink sink)
      throws IOException {
    ColumnReader reader = new ColumnReader(file, column, sink);
    int index = footer.columns().indexOf(column);
    try {
      for (RowGroup group : footer.groups()) {
        // A group without rows may have no pages.
        if (group.rows() > 0) {
          reader.read(group.chunks().get(index), group.rows());
        }
      }
    } catch (ParquetFormatException e) {
      throw new ParquetFormatException("column %s: %s".formatted(column.name(), e.getMessage()));
    }
  }
}
