package io.mnist4j.data.store;

import io.mnist4j.data.ImageSize;
import io.mnist4j.data.Samples;
import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.data.source.DiskFile;
import io.mnist4j.data.tabular.TableOptions;
import io.mnist4j.errors.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The images of a table of numbers, with labels or without, for predictions. */
public final class ImageTable {
  private final Samples samples;

  private ImageTable(Samples samples) {
    this.samples = samples;
  }

  /**
   * Reads a file.
   *
   * @param height rows of an image
   * @param width columns of an image
   * @return empty if it is no CSV, ARFF or LIBSVM file
   * @throws DataException if it is one, and its rows are no images of that size
   */
  public static Optional<ImageTable> read(Path file, int height, int width) throws DataException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    DiskFile table = DiskFile.of(file);
    FileKind kind = FileKind.of(table);
    if (!kind.isTable()) {
      return Optional.empty();
    }
    ImageSize size = new ImageSize(height, width);
    TableOptions options = new TableOptions(Optional.of(size), TableOptions.AUTO);
    return Optional.of(new ImageTable(DataFiles.table(table, kind, options, note -> {})));
  }

  /** The number of images. */
  public int count() {
    return samples.count();
  }

  /** Some of the images: 0 is paper and 255 is ink. */
  public List<GreyImage> images(int first, int last) {
    ImageSize size = samples.size();
    return IntStream.range(first, last)
        .mapToObj(
            i ->
                new GreyImage(
                    size.height(),
                    size.width(),
                    Arrays.copyOfRange(
                        samples.pixels(), i * size.pixels(), (i + 1) * size.pixels())))
        .toList();
  }
}
