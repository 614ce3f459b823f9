package io.mnist4j.data.store;

import io.mnist4j.data.Dataset;
import io.mnist4j.data.DatasetParts;
import io.mnist4j.data.Part;
import io.mnist4j.data.fetch.FetchListener;
import io.mnist4j.data.imagefolder.ImageFolder;
import io.mnist4j.data.source.FileTree;
import io.mnist4j.data.source.FolderTree;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.MissingDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Reads a data set that is not in the catalogue, in whatever form it is: its content says that. */
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
    return new DatasetReader(path, options, listener).read();
  }

  private DatasetParts read() throws DataException {
    if (!Files.isDirectory(path)) {
      throw new MissingDataException(path + ": no such folder");
    }
    if (!hasClassFolders(path)) {
      return parts(IdxFolder.read(path, listener));
    }
    try (FileTree tree = new FolderTree(path)) {
      return pictures(tree);
    } catch (IOException e) {
      throw new DataException(e.getMessage(), e);
    }
  }

  private DatasetParts pictures(FileTree tree) throws DataException {
    ImageFolder.Content content =
        ImageFolder.read(
            tree,
            IdxFolder.name(path),
            options.form(),
            options.size(),
            options.cache(),
            (done, total) -> listener.decoding(path.toString(), done, total));
    content.notes().forEach(listener::note);
    return content.parts();
  }

  private static boolean hasClassFolders(Path folder) throws DataException {
    return !ImageFolder.pictures(new FolderTree(folder)).isEmpty();
  }

  private static DatasetParts parts(Dataset dataset) {
    return new DatasetParts(
        dataset.name(),
        dataset.classNames(),
        Map.of(Part.TRAIN, dataset.train(), Part.TEST, dataset.test()),
        DatasetParts.NO_FILES);
  }
}
