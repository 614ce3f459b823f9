package io.mnist4j.data.store;

import io.mnist4j.data.DatasetParts;
import io.mnist4j.data.Part;
import io.mnist4j.data.Samples;
import io.mnist4j.data.fetch.FetchListener;
import io.mnist4j.data.imagefolder.DecodedCache;
import io.mnist4j.data.imagefolder.LabelledPicture;
import io.mnist4j.data.imagefolder.PictureDataset;
import io.mnist4j.data.npy.NpyDataset;
import io.mnist4j.data.source.ClassNamesFile;
import io.mnist4j.data.source.FileEntry;
import io.mnist4j.data.source.FileTree;
import io.mnist4j.data.source.Fingerprint;
import io.mnist4j.data.tabular.ArffReader;
import io.mnist4j.data.tabular.CsvReader;
import io.mnist4j.data.tabular.LibsvmReader;
import io.mnist4j.data.tabular.TableOptions;
import io.mnist4j.errors.DataException;
import io.mnist4j.files.FileProblem;
import io.mnist4j.text.NaturalOrder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Files that hold many images each: npy and npz, Parquet, CSV, ARFF and LIBSVM; or tables that name
 * pictures. Which part a file is for, its name says, or that of a folder around it.
 */
final class DataFiles {
  private final String origin;
  private final String name;
  private final ReadingOptions options;
  private final FetchListener listener;

  /**
   * @param origin how messages name the whole
   * @param name of the data set
   */
  DataFiles(String origin, String name, ReadingOptions options, FetchListener listener) {
    this.origin = origin;
    this.name = name;
    this.options = options;
    this.listener = listener;
  }

  /**
   * Reads the files of a folder or an archive that are no pictures.
   *
   * @param contents of the tree
   * @param withPictures whether there are pictures, too, which a table may name
   * @throws DataException if there are none that hold images
   */
  DatasetParts read(FileTree tree, TreeContents contents, boolean withPictures)
      throws DataException {
    List<String> classNames = ClassNamesFile.in(tree);
    List<FileEntry> lists = withPictures ? contents.pictureTables() : List.of();
    if (!lists.isEmpty()) {
      return listed(tree, lists, classNames);
    }
    return read(contents.dataFiles(), classNames);
  }

  /**
   * Reads files.
   *
   * @param files all of one kind, or tables
   * @param classNames as {@link SampleJoin#join} takes them
   * @throws DataException if one cannot be read, or they do not go together
   */
  DatasetParts read(List<FileEntry> files, List<String> classNames) throws DataException {
    SampleJoin join = new SampleJoin(name, listener::note);
    FileKind first = FileKind.of(files.get(0));
    if (first == FileKind.NPY || first == FileKind.NPZ) {
      for (Map.Entry<Part, Samples> part : NpyDataset.read(files, options.size()).entrySet()) {
        join.add(part.getKey(), part.getValue());
      }
      return join.join(classNames);
    }
    if (first == FileKind.PARQUET) {
      return parquet(files, classNames);
    }
    for (FileEntry file : inOrder(files)) {
      join.add(part(file), table(file));
    }
    return join.join(classNames);
  }

  private Samples table(FileEntry file) throws DataException {
    TableOptions table = new TableOptions(options.size(), options.labelColumn());
    return table(file, FileKind.of(file), table, listener::note);
  }

  /** Reads a table; files of other kinds are refused. */
  static Samples table(FileEntry file, FileKind kind, TableOptions options, Consumer<String> notes)
      throws DataException {
    return switch (kind) {
      case CSV -> CsvReader.read(file, options, notes);
      case ARFF -> ArffReader.read(file, options, notes);
      case LIBSVM -> LibsvmReader.read(file, options, notes);
      default ->
          throw new DataException(
              "%s: holds no data set; %s".formatted(file, TreeContents.UNDERSTOOD));
    };
  }

  private DatasetParts parquet(List<FileEntry> files, List<String> classNames)
      throws DataException {
    Fingerprint fingerprint = new Fingerprint();
    List<Path> paths = files.stream().flatMap(file -> file.path().stream()).toList();
    try {
      fingerprint.addFiles(paths);
    } catch (IOException e) {
      throw new DataException("cannot read %s: %s".formatted(origin, FileProblem.reason(e)), e);
    }
    ParquetPictures pictures = new ParquetPictures(options.labelColumn());
    for (FileEntry file : inOrder(files)) {
      pictures.add(part(file), file);
    }
    List<String> names = classNames.isEmpty() ? pictures.classNames() : classNames;
    boolean onDisk = paths.size() == files.size();
    return decoded(
        pictures.pictures(), names, onDisk ? Optional.of(fingerprint) : Optional.empty());
  }

  private DatasetParts listed(FileTree tree, List<FileEntry> tables, List<String> classNames)
      throws DataException {
    PictureTable table = new PictureTable(tree);
    List<LabelledPicture> pictures = new ArrayList<>();
    for (FileEntry file : inOrder(tables)) {
      pictures.addAll(table.read(file, part(file), options.labelColumn()));
    }
    Fingerprint fingerprint = new Fingerprint();
    fingerprint.add(tree.fingerprint());
    return decoded(pictures, classNames, Optional.of(fingerprint));
  }

  /**
   * Decodes pictures, or finds them decoded.
   *
   * @param fingerprint of the files that they are in; empty where they may change unnoticed
   */
  private DatasetParts decoded(
      List<LabelledPicture> pictures, List<String> classNames, Optional<Fingerprint> fingerprint)
      throws DataException {
    DecodedCache.Decoding decoding =
        () ->
            PictureDataset.decode(
                origin,
                name,
                pictures,
                classNames,
                options.form(),
                options.size(),
                (done, total) -> listener.decoding(origin, done, total));
    PictureDataset.Content content;
    if (options.cache().isPresent()
        && fingerprint.isPresent()
        && pictures.size() >= DecodedCache.MIN_PICTURES) {
      fingerprint.get().add(options.labelColumn());
      classNames.forEach(fingerprint.get()::add);
      String key = "%s-%s".formatted(fingerprint.get().hex(), options.description());
      content = new DecodedCache(options.cache().get()).get(key, decoding);
    } else {
      content = decoding.decode();
    }
    content.notes().forEach(listener::note);
    return content.parts();
  }

  private static List<FileEntry> inOrder(List<FileEntry> files) {
    return files.stream()
        .sorted(Comparator.comparing(FileEntry::name, NaturalOrder.INSTANCE))
        .toList();
  }

  /** What a file is for; for training where no name says it. */
  private static Part part(FileEntry file) {
    // LIBSVM's site calls the test set of mnist.scale mnist.scale.t.
    String fileName = file.fileName().replaceFirst("(?i)\\.(gz|bz2)$", "");
    if (fileName.toLowerCase(Locale.ROOT).endsWith(".t")) {
      return Part.TEST;
    }
    Optional<Part> own = Part.ofName(fileName);
    for (String folder : file.name().split("/", -1)) {
      own = own.or(() -> Part.ofWord(folder));
    }
    return own.orElse(Part.TRAIN);
  }
}
