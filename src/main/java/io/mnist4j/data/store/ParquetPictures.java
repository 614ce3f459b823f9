package io.mnist4j.data.store;

import io.mnist4j.data.Part;
import io.mnist4j.data.imagefolder.LabelledPicture;
import io.mnist4j.data.parquet.EncodedPictures;
import io.mnist4j.data.parquet.ParquetReader;
import io.mnist4j.data.source.FileEntry;
import io.mnist4j.errors.DataException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The pictures of the shards of Parquet files, each as if it were a file. */
final class ParquetPictures {
  private final String labelColumn;
  private final List<LabelledPicture> pictures = new ArrayList<>();
  private List<String> classNames = List.of();

  private record EncodedPicture(EncodedPictures source, int index) implements FileEntry {
    @Override
    public String name() {
      return source.nameOf(index);
    }

    @Override
    public long size() {
      return -1;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(source.pictures().get(index));
    }

    @Override
    public Optional<Path> path() {
      return Optional.empty();
    }

    @Override
    public String toString() {
      return name();
    }
  }

  /** The pictures of a file, each as a file of its own. */
  static List<FileEntry> files(EncodedPictures encoded) {
    return IntStream.range(0, encoded.pictures().size())
        .<FileEntry>mapToObj(i -> new EncodedPicture(encoded, i))
        .toList();
  }

  /**
   * @param labelColumn its name, or {@code auto}
   */
  ParquetPictures(String labelColumn) {
    this.labelColumn = labelColumn;
  }

  /**
   * Adds the pictures of a file.
   *
   * @throws DataException if it cannot be read, or its pictures have no labels
   */
  void add(Part part, FileEntry file) throws DataException {
    EncodedPictures encoded = ParquetReader.read(file, labelColumn);
    int[] labels =
        encoded
            .labels()
            .orElseThrow(
                () ->
                    new DataException(
                        "%s: expected a column of labels, found %s"
                            .formatted(file, encoded.columns())));
    List<String> names = encoded.labelNames();
    if (names.size() > classNames.size()) {
      classNames = names;
    }
    for (int i = 0; i < labels.length; i++) {
      String className = names.isEmpty() ? Integer.toString(labels[i]) : names.get(labels[i]);
      pictures.add(new LabelledPicture(new EncodedPicture(encoded, i), part, className));
    }
  }

  /** All pictures in the order of their files and rows. */
  List<LabelledPicture> pictures() {
    return pictures;
  }

  /** The classes in the order that a file gives them; empty where labels are numbers. */
  List<String> classNames() {
    return classNames;
  }
}
