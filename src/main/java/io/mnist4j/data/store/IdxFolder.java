package io.mnist4j.data.store;

import io.mnist4j.data.Dataset;
import io.mnist4j.data.ImageSet;
import io.mnist4j.data.Samples;
import io.mnist4j.data.catalogue.Catalogue;
import io.mnist4j.data.catalogue.FileRole;
import io.mnist4j.data.fetch.FetchListener;
import io.mnist4j.data.idx.ClassMap;
import io.mnist4j.data.idx.IdxContent;
import io.mnist4j.data.idx.IdxKind;
import io.mnist4j.data.idx.IdxReader;
import io.mnist4j.data.source.ClassNamesFile;
import io.mnist4j.data.source.FileEntry;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.MissingDataException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A data set that is not in the catalogue: a folder with the four IDX files, gzipped or not, under
 * MNIST's names, with elements of any type that IDX has; the test set's may begin with {@code
 * test-} instead of {@code t10k-}. All four may have the same prefix, as EMNIST's do: {@code
 * emnist-letters-train-images-idx3-ubyte.gz}. EMNIST stores columns where MNIST has rows, so files
 * with {@code emnist} in their names, or with EMNIST's mapping beside them, are turned.
 *
 * <p>A file {@code classes.txt} beside them names the classes: UTF-8, one name a line, the first is
 * that of the lowest label. Without it EMNIST's mapping ({@code emnist-letters-mapping.txt}) or
 * Kuzushiji-MNIST's class map ({@code kmnist_classmap.csv}) does; else their names are the numbers
 * from 0, or 1 where there is no 0, to the highest label; some may have no images.
 */
public final class IdxFolder {
  private static final int MAX_NAME_CHARACTERS = 60;
  private static final int MAX_NAME_BYTES = 150;

  private IdxFolder() {}

  /**
   * Reads the data set of a folder on disk.
   *
   * @throws MissingDataException if there is no such folder, or not all four files are in it
   * @throws DataException as {@link #read(IdxFiles, FetchListener)}
   */
  public static Dataset read(Path folder, FetchListener listener) throws DataException {
    return read(IdxFiles.in(folder), listener);
  }

  /**
   * Reads the data set. Its content has no hash to be checked against; what was found is in {@link
   * Dataset#contentSha256}, under the standard file names.
   *
   * @param files their place also gives the data set its name
   * @param listener is told if images are turned
   * @throws MissingDataException if not all four files are there
   * @throws DataException if a file is unreadable or corrupt, or if two contradict each other
   */
  static Dataset read(IdxFiles files, FetchListener listener) throws DataException {
    return read(files, find(files), listener);
  }

  /**
   * Reads a data set of four files that were chosen elsewhere, whatever their names are.
   *
   * @param files among which those are that name the classes
   * @param chosen one for each role
   */
  static Dataset read(
      IdxFiles files, Map<FileRole, ? extends FileEntry> chosen, FetchListener listener)
      throws DataException {
    Path folder = files.place();
    Map<FileRole, IdxContent> contents = new EnumMap<>(FileRole.class);
    for (FileRole role : FileRole.values()) {
      contents.put(role, IdxReader.read(chosen.get(role), role.kind));
    }
    String trainImages = chosen.get(FileRole.TRAIN_IMAGES).fileName();
    ClassMapFile mapFile = ClassMapFile.among(files.byName(), trainImages);
    if (isEmnist(trainImages, mapFile)) {
      contents.replaceAll((role, content) -> content.transposed());
      listener.note(
          folder + ": rows and columns of the images are exchanged, since EMNIST stores columns");
    }
    Dataset numbered = join(files.name(), List.of(), contents);
    IntSummaryStatistics labels =
        Stream.of(numbered.train(), numbered.test())
            .flatMapToInt(set -> IntStream.range(0, set.size()).map(set::label))
            .summaryStatistics();
    int highest = labels.getMax();
    if (highest == labels.getMin()) {
      throw new DataException(
          "%s: all images have label %d; there is nothing to tell apart"
              .formatted(folder, highest));
    }
    FileEntry namesFile = files.byName().get(ClassNamesFile.NAME);
    if (namesFile != null || mapFile.isAbsent()) {
      List<String> names = classNames(namesFile, Math.min(labels.getMin(), 1), highest);
      return lowered(files.name(), names, highest + 1 - names.size(), contents);
    }
    ClassMap map = mapFile.read(labels.getMin(), highest);
    return lowered(files.name(), map.names(), map.firstLabel(), contents);
  }

  private static boolean isEmnist(String imageFile, ClassMapFile mapFile) {
    return mapFile.isEmnist() || imageFile.toLowerCase(Locale.ROOT).contains("emnist");
  }

  /**
   * Reads the images of one file, turned where it is EMNIST's.
   *
   * @param among the files beside it
   * @throws DataException if it is unreadable or corrupt, or holds labels
   */
  static Samples images(FileEntry file, IdxFiles among) throws DataException {
    IdxContent content = IdxReader.read(file, IdxKind.IMAGES);
    ClassMapFile mapFile = ClassMapFile.among(among.byName(), file.fileName());
    return (isEmnist(file.fileName(), mapFile) ? content.transposed() : content).unlabelled();
  }

  private static Dataset lowered(
      String name, List<String> classNames, int firstLabel, Map<FileRole, IdxContent> contents)
      throws DataException {
    contents.replaceAll((role, content) -> content.lowered(firstLabel));
    return join(name, classNames, contents);
  }

  /**
   * Makes a data set of its four files.
   *
   * @throws DataException if two of them contradict each other
   */
  static Dataset join(String name, List<String> classNames, Map<FileRole, IdxContent> contents)
      throws DataException {
    IdxContent trainImages = contents.get(FileRole.TRAIN_IMAGES);
    IdxContent testImages = contents.get(FileRole.TEST_IMAGES);
    ImageSet train = IdxReader.join(trainImages, contents.get(FileRole.TRAIN_LABELS));
    ImageSet test = IdxReader.join(testImages, contents.get(FileRole.TEST_LABELS));
    if (train.height() != test.height() || train.width() != test.width()) {
      throw new DataException(
          "%s: expected images of %dx%d as in %s, found %dx%d"
              .formatted(
                  testImages.file,
                  train.height(),
                  train.width(),
                  trainImages.file.fileName(),
                  test.height(),
                  test.width()));
    }
    SortedMap<String, String> hashes = new TreeMap<>();
    contents.forEach((role, content) -> hashes.put(role.fileName(), content.sha256));
    return new Dataset(name, classNames, train, test, hashes);
  }

  /**
   * What the data set of a folder is called: the folder's last name, with what other systems do not
   * allow in a file name replaced.
   */
  static String name(Path folder) {
    Path last = folder.toAbsolutePath().normalize().getFileName();
    String plain =
        (last == null ? "" : last.toString())
            .replaceAll("[^\\p{L}\\p{N}._-]", "-")
            .replaceFirst("^[.-]+", "");
    // A file name may have 255 bytes, and other parts of it come before and after.
    int characters = Math.min(plain.codePointCount(0, plain.length()), MAX_NAME_CHARACTERS);
    String name = plain.substring(0, plain.offsetByCodePoints(0, characters));
    while (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
      name = name.substring(0, name.offsetByCodePoints(name.length(), -1));
    }
    if (name.isEmpty()) {
      return "folder";
    }
    // Only what was verified may be called mnist.
    return Catalogue.names().contains(name) ? name + "-folder" : name;
  }

  private static Map<FileRole, FileEntry> find(IdxFiles files) throws DataException {
    Map<String, Map<FileRole, String>> names = new TreeMap<>();
    for (String name : files.byName().keySet()) {
      FileRole.named(name)
          .ifPresent(
              named ->
                  names
                      .computeIfAbsent(named.prefix(), any -> new EnumMap<>(FileRole.class))
                      .merge(named.role(), name, IdxFolder::preferred));
    }
    Map<String, Map<FileRole, FileEntry>> byPrefix = new TreeMap<>();
    names.forEach(
        (prefix, byRole) -> {
          Map<FileRole, FileEntry> paths = new EnumMap<>(FileRole.class);
          byRole.forEach((role, name) -> paths.put(role, files.byName().get(name)));
          byPrefix.put(prefix, paths);
        });
    return complete(files.place(), byPrefix);
  }

  private static String preferred(String one, String other) {
    return rank(one) <= rank(other) ? one : other;
  }

  private static int rank(String name) {
    return FileRole.named(name).orElseThrow().rank();
  }

  private static Map<FileRole, FileEntry> complete(
      Path folder, Map<String, Map<FileRole, FileEntry>> byPrefix) throws DataException {
    List<String> complete =
        byPrefix.keySet().stream()
            .filter(prefix -> byPrefix.get(prefix).size() == FileRole.values().length)
            .toList();
    if (complete.size() == 1) {
      return byPrefix.get(complete.get(0));
    }
    if (complete.size() > 1) {
      throw new DataException(
          "%s: expected one data set, found %d (%s*); put the four files of each into a folder of "
                  .formatted(folder, complete.size(), String.join("*, ", complete))
              + "its own");
    }
    // The prefix of which most is there is the one that was meant.
    Map.Entry<String, Map<FileRole, FileEntry>> most =
        byPrefix.entrySet().stream()
            .max(Map.Entry.comparingByValue((a, b) -> Integer.compare(a.size(), b.size())))
            .orElse(Map.entry("", Map.of()));
    List<String> missing =
        Stream.of(FileRole.values())
            .filter(role -> !most.getValue().containsKey(role))
            .map(role -> most.getKey() + role.fileName())
            .toList();
    throw new MissingDataException(
        "%s: not a complete data set: missing %s (or .gz)"
            .formatted(folder, String.join(", ", missing)));
  }

  /**
   * The names of the classes.
   *
   * @param file that gives them; null for numbers
   * @param lowest label, or 0 if the file has a name for 0 too
   */
  private static List<String> classNames(FileEntry file, int lowest, int highest)
      throws DataException {
    if (file == null) {
      return IntStream.rangeClosed(lowest, highest).mapToObj(Integer::toString).toList();
    }
    List<String> names = ClassNamesFile.read(file);
    int first = names.size() == highest + 1 ? 0 : lowest;
    if (names.size() != highest + 1 - first) {
      throw new DataException(
          "%s: expected %d names, for labels %d to %d, found %d"
              .formatted(file, highest + 1 - first, first, highest, names.size()));
    }
    return names;
  }
}
