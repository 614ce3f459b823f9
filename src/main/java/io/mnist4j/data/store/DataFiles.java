package io.mnist4j.data.store;

import io.mnist4j.data.DatasetParts;
import io.mnist4j.data.Part;
import io.mnist4j.data.Samples;
import io.mnist4j.data.fetch.FetchListener;
import io.mnist4j.data.imagefolder.LabelledPicture;
import io.mnist4j.data.imagefolder.PictureDataset;
import io.mnist4j.data.npy.NpyDataset;
import io.mnist4j.data.pictures.PictureFiles;
import io.mnist4j.data.source.ClassNamesFile;
import io.mnist4j.data.source.FileEntry;
import io.mnist4j.data.source.FileTree;
import io.mnist4j.data.tabular.ArffReader;
import io.mnist4j.data.tabular.CsvReader;
import io.mnist4j.data.tabular.LibsvmReader;
import io.mnist4j.data.tabular.TableOptions;
import io.mnist4j.errors.DataException;
import io.mnist4j.text.NaturalOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
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
  /** A table of fewer columns holds no images; Kaggle's example of a submission is one. */
  private static final int FEWEST_COLUMNS = 5;

  /** So many files are looked into; a folder with more is no data set, but somebody's home. */
  private static final int MAX_FILES = 2_000;

  private static final String UNDERSTOOD =
      "understood are pictures in folders of classes, IDX, npz and npy, CSV, ARFF, LIBSVM and"
          + " Parquet files, and zip and tar archives of them";

  private final String origin;
  private final String name;
  private final ReadingOptions options;
  private final FetchListener listener;
  private final Map<FileKind, List<FileEntry>> kinds = new EnumMap<>(FileKind.class);

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
   * @param withPictures whether there are pictures, too, which a table may name
   * @throws DataException if there are none that hold images
   */
  DatasetParts read(FileTree tree, boolean withPictures) throws DataException {
    Map<FileKind, List<FileEntry>> kinds = kinds(tree);
    List<String> classNames = ClassNamesFile.in(tree);
    List<FileEntry> lists = withPictures ? pictureTables(tree) : List.of();
    if (!lists.isEmpty()) {
      return listed(new PictureTable(tree), lists, classNames);
    }
    return read(dataFiles(kinds), classNames);
  }

  /** All files but pictures and names of classes, each looked into once. */
  private Map<FileKind, List<FileEntry>> kinds(FileTree tree) throws DataException {
    if (kinds.isEmpty()) {
      requireFew(tree);
      for (FileEntry file : tree.entries()) {
        boolean named =
            PictureFiles.isPictureName(file.fileName())
                || file.fileName().equals(ClassNamesFile.NAME);
        if (!named) {
          kinds.computeIfAbsent(FileKind.of(file), any -> new ArrayList<>()).add(file);
        }
      }
    }
    return kinds;
  }

  /** The tables of a tree that list picture files. */
  List<FileEntry> pictureTables(FileTree tree) throws DataException {
    List<FileEntry> tables = new ArrayList<>();
    for (FileEntry table : kinds(tree).getOrDefault(FileKind.CSV, List.of())) {
      if (CsvReader.pictureColumn(table).isPresent()) {
        tables.add(table);
      }
    }
    return tables;
  }

  private void requireFew(FileTree tree) throws DataException {
    long others =
        tree.entries().stream()
            .filter(file -> !PictureFiles.isPictureName(file.fileName()))
            .count();
    if (others > MAX_FILES) {
      throw new DataException(
          "%s: holds %d files that are no pictures; name the folder of one data set"
              .formatted(origin, others));
    }
  }

  /** All of the kind that is preferred; tables of every kind go together. */
  private List<FileEntry> dataFiles(Map<FileKind, List<FileEntry>> kinds) throws DataException {
    List<FileEntry> arrays = new ArrayList<>(kinds.getOrDefault(FileKind.NPZ, List.of()));
    arrays.addAll(kinds.getOrDefault(FileKind.NPY, List.of()));
    if (!arrays.isEmpty()) {
      return arrays;
    }
    if (kinds.containsKey(FileKind.PARQUET)) {
      return kinds.get(FileKind.PARQUET);
    }
    List<FileEntry> tables = new ArrayList<>();
    for (FileKind kind : List.of(FileKind.ARFF, FileKind.LIBSVM, FileKind.CSV)) {
      for (FileEntry file : kinds.getOrDefault(kind, List.of())) {
        if (kind != FileKind.CSV || CsvReader.headerOf(file).size() >= FEWEST_COLUMNS) {
          tables.add(file);
        }
      }
    }
    if (tables.isEmpty() && kinds.containsKey(FileKind.IDX)) {
      throw new DataException(
          "%s: holds IDX files, such as %s, which are read from a folder of the four: unpack it"
              .formatted(origin, kinds.get(FileKind.IDX).get(0).name()));
    }
    if (tables.isEmpty()) {
      throw new DataException("%s: holds no data set; %s".formatted(origin, UNDERSTOOD));
    }
    return tables;
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
      default -> throw new DataException("%s: holds no data set; %s".formatted(file, UNDERSTOOD));
    };
  }

  private DatasetParts parquet(List<FileEntry> files, List<String> classNames)
      throws DataException {
    ParquetPictures pictures = new ParquetPictures(options.labelColumn());
    for (FileEntry file : inOrder(files)) {
      pictures.add(part(file), file);
    }
    List<String> names = classNames.isEmpty() ? pictures.classNames() : classNames;
    return decoded(pictures.pictures(), names);
  }

  private DatasetParts listed(PictureTable tree, List<FileEntry> tables, List<String> classNames)
      throws DataException {
    List<LabelledPicture> pictures = new ArrayList<>();
    for (FileEntry table : inOrder(tables)) {
      pictures.addAll(tree.read(table, part(table), options.labelColumn()));
    }
    return decoded(pictures, classNames);
  }

  private DatasetParts decoded(List<LabelledPicture> pictures, List<String> classNames)
      throws DataException {
    PictureDataset.Content content =
        PictureDataset.decode(
            origin,
            name,
            pictures,
            classNames,
            options.form(),
            options.size(),
            (done, total) -> listener.decoding(origin, done, total));
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
