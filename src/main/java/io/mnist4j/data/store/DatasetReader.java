package io.mnist4j.data.store;

import io.mnist4j.data.Dataset;
import io.mnist4j.data.DatasetParts;
import io.mnist4j.data.Part;
import io.mnist4j.data.fetch.FetchListener;
import io.mnist4j.data.imagefolder.DecodedCache;
import io.mnist4j.data.imagefolder.ImageFolder;
import io.mnist4j.data.imagefolder.PictureDataset;
import io.mnist4j.data.source.ClassNamesFile;
import io.mnist4j.data.source.DiskFile;
import io.mnist4j.data.source.FileTree;
import io.mnist4j.data.source.FolderTree;
import io.mnist4j.data.source.TarTree;
import io.mnist4j.data.source.ZipTree;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.MissingDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a data set that is not in the catalogue, in whatever form it is: its content says that, and
 * names say only what is for training and what is for tests.
 */
public final class DatasetReader {
  private final Path path;
  private final ReadingOptions options;
  private final FetchListener listener;

  private DatasetReader(Path path, ReadingOptions options, FetchListener listener) {
    this.path = path;
    this.options = options;
    this.listener = listener;
  }

  /**
   * Reads a folder or a file.
   *
   * @param listener is told how it goes, and what was done with what did not fit
   * @throws MissingDataException if there is nothing of that name
   * @throws DataException if it is no data set, or a damaged one
   */
  public static DatasetParts read(Path path, ReadingOptions options, FetchListener listener)
      throws DataException {
    DatasetReader reader = new DatasetReader(path, options, listener);
    try {
      return Files.isDirectory(path) ? reader.readFolder() : reader.readFile();
    } catch (IOException e) {
      throw new DataException("cannot read %s: %s".formatted(path, e.getMessage()), e);
    }
  }

  private DatasetParts readFolder() throws DataException, IOException {
    if (IdxFiles.areIn(path)) {
      return parts(IdxFolder.read(path, listener));
    }
    try (FileTree tree = new FolderTree(path)) {
      return readTree(tree);
    }
  }

  private DatasetParts readFile() throws DataException, IOException {
    if (!Files.exists(path)) {
      throw new MissingDataException(path + ": no such folder or file");
    }
    DiskFile file = DiskFile.of(path);
    FileKind kind = FileKind.of(file);
    switch (kind) {
      case ZIP -> {
        try (FileTree tree = new ZipTree(path)) {
          return readTree(tree);
        }
      }
      case TAR -> {
        try (FileTree tree = new TarTree(path)) {
          return readTree(tree);
        }
      }
      case IDX ->
          throw new DataException(
              path + ": one of the files of an IDX data set; name the folder that holds all four");
      case PICTURE ->
          throw new DataException(
              path + ": a single picture; name the folder that holds the folders of the classes");
      default -> {
        Path folder = path.toAbsolutePath().getParent();
        return files(path.toString()).read(List.of(file), classNames(folder));
      }
    }
  }

  private DatasetParts readTree(FileTree tree) throws DataException {
    Optional<DecodedCache> cache =
        options
            .cache()
            .filter(folder -> tree.entries().size() >= DecodedCache.MIN_PICTURES)
            .map(DecodedCache::new);
    String key = cache.isEmpty() ? "" : tree.fingerprint() + "-" + options.description();
    Optional<PictureDataset.Content> kept = cache.flatMap(folder -> folder.read(key));
    if (kept.isPresent()) {
      kept.get().notes().forEach(listener::note);
      return kept.get().parts();
    }
    Optional<IdxFiles> idx = IdxFiles.in(tree);
    if (idx.isPresent()) {
      return parts(IdxFolder.read(idx.get(), listener));
    }
    ImageFolder pictures = new ImageFolder(tree);
    TreeContents contents = new TreeContents(tree);
    boolean sorted =
        pictures.tellsClassesApart()
            || (pictures.hasClasses() && contents.pictureTables().isEmpty());
    if (!sorted) {
      return files(tree.origin().toString()).read(tree, contents, pictures.hasPictures());
    }
    PictureDataset.Content content = readPictures(pictures);
    cache.ifPresent(folder -> folder.write(key, content));
    content.notes().forEach(listener::note);
    return content.parts();
  }

  private PictureDataset.Content readPictures(ImageFolder pictures) throws DataException {
    boolean digits = options.photos().isPresent() && pictures.arePhotosOfCharacters();
    if (digits) {
      listener.note(
          path
              + ": its pictures are large and its classes single characters, so a digit is found in"
              + " each (data.form: as-is with data.size takes the whole pictures)");
    }
    return pictures.read(
        DatasetName.of(path),
        digits ? options.photos().get() : options.form(),
        digits ? Optional.of(ReadingOptions.DIGIT_SIZE) : options.size(),
        (done, total) -> listener.decoding(path.toString(), done, total));
  }

  private DataFiles files(String origin) {
    return new DataFiles(origin, DatasetName.of(path), options, listener);
  }

  private static List<String> classNames(Path folder) throws DataException {
    Path file = folder.resolve(ClassNamesFile.NAME);
    return Files.exists(file) ? ClassNamesFile.read(DiskFile.of(file)) : List.of();
  }

  private static DatasetParts parts(Dataset dataset) {
    return new DatasetParts(
        dataset.name(),
        dataset.classNames(),
        Map.of(Part.TRAIN, dataset.train(), Part.TEST, dataset.test()));
  }
}
