package io.mnist4j.data.store;

import io.mnist4j.data.ImageSize;
import io.mnist4j.data.Samples;
import io.mnist4j.data.npy.NpyDataset;
import io.mnist4j.data.parquet.ParquetReader;
import io.mnist4j.data.pictures.ImageFile;
import io.mnist4j.data.pictures.Picture;
import io.mnist4j.data.pictures.PictureFiles;
import io.mnist4j.data.source.DiskFile;
import io.mnist4j.data.source.FileEntry;
import io.mnist4j.data.source.FileTree;
import io.mnist4j.data.source.TarTree;
import io.mnist4j.data.source.ZipTree;
import io.mnist4j.data.tabular.TableOptions;
import io.mnist4j.errors.DataException;
import io.mnist4j.files.FileProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * All images of a file, whatever its form, to be predicted: a picture, an archive of pictures or of
 * other files, the pictures of a Parquet file, or images as numbers. Labels are passed over.
 */
public final class FileImages {
  private final ImageSize size;
  private final ImageSink sink;

  /** Takes the images of a file in their order. */
  public interface ImageSink {
    /**
     * A picture.
     *
     * @param name of the file, or of the archive and the entry, or of the file and the row
     */
    void onPicture(String name, Picture picture) throws IOException;

    /** Images as numbers. */
    void onTable(ImageTable table) throws IOException;

    /** A picture of several that cannot be read; the others follow. */
    void onUnreadable(DataException e);
  }

  private FileImages(ImageSize size, ImageSink sink) {
    this.size = size;
    this.sink = sink;
  }

  /**
   * Reads a file.
   *
   * @param size of images as numbers; rows of numbers without a shape are taken for such images
   * @throws DataException if it holds no images, or images as numbers of another size
   * @throws IOException if the sink throws it
   */
  public static void read(Path file, ImageSize size, ImageSink sink)
      throws DataException, IOException {
    if (!Files.isRegularFile(file)) {
      sink.onPicture(file.toString(), ImageFile.read(file));
      return;
    }
    FileImages images = new FileImages(size, sink);
    DiskFile entry = DiskFile.of(file);
    FileKind kind = FileKind.of(entry);
    switch (kind) {
      case ZIP -> {
        try (FileTree tree = new ZipTree(file)) {
          images.readAll(tree);
        }
      }
      case TAR -> {
        try (FileTree tree = new TarTree(file)) {
          images.readAll(tree);
        }
      }
      case IDX -> {
        IdxFiles beside = IdxFiles.in(file.toAbsolutePath().getParent());
        images.add(IdxFolder.images(entry, beside));
      }
      case PICTURE, OTHER -> sink.onPicture(file.toString(), ImageFile.read(file));
      default -> images.read(entry, kind);
    }
  }

  /** The pictures of an archive, or where there are none its data files. */
  private void readAll(FileTree archive) throws DataException, IOException {
    boolean hasPictures = false;
    for (FileEntry file : archive.entries()) {
      if (PictureFiles.isPictureName(file.fileName())) {
        hasPictures = true;
        decode(file);
      }
    }
    Optional<IdxFiles> idx = hasPictures ? Optional.empty() : IdxFiles.in(archive);
    if (idx.isPresent()) {
      for (FileEntry file : idx.get().imageFiles()) {
        add(IdxFolder.images(file, idx.get()));
      }
    } else if (!hasPictures) {
      for (FileEntry file : new TreeContents(archive).dataFiles()) {
        read(file, FileKind.of(file));
      }
    }
  }

  private void read(FileEntry file, FileKind kind) throws DataException, IOException {
    switch (kind) {
      case NPY, NPZ -> {
        for (Samples images : NpyDataset.images(file, Optional.of(size))) {
          add(images);
        }
      }
      case PARQUET -> {
        for (FileEntry picture :
            ParquetPictures.files(ParquetReader.read(file, ParquetReader.NO_LABELS))) {
          decode(picture);
        }
      }
      default ->
          add(
              DataFiles.table(
                  file, kind, new TableOptions(Optional.of(size), TableOptions.AUTO), note -> {}));
    }
  }

  private void add(Samples images) throws DataException, IOException {
    sink.onTable(new ImageTable(images, size));
  }

  private void decode(FileEntry file) throws IOException {
    Picture picture;
    try {
      picture = picture(file);
    } catch (DataException e) {
      sink.onUnreadable(e);
      return;
    }
    sink.onPicture(file.toString(), picture);
  }

  private static Picture picture(FileEntry file) throws DataException {
    try (InputStream in = file.open()) {
      return ImageFile.read(in, file.toString());
    } catch (IOException e) {
      throw new DataException("%s: %s".formatted(file, FileProblem.reason(e)), e);
    }
  }
}
