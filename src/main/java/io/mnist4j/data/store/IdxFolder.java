package io.mnist4j.data.store;

import io.mnist4j.data.Dataset;
import io.mnist4j.data.ImageSet;
import io.mnist4j.data.catalogue.Catalogue;
import io.mnist4j.data.catalogue.FileRole;
import io.mnist4j.data.idx.IdxContent;
import io.mnist4j.data.idx.IdxReader;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.MissingDataException;
import io.mnist4j.files.FileProblem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A data set that is not in the catalogue: a folder with the four IDX files, gzipped or not, under
 * MNIST's names; the test set's may begin with {@code test-} instead of {@code t10k-}. All four may
 * have the same prefix, as EMNIST's do: {@code emnist-letters-train-images-idx3-ubyte.gz}.
 *
 * <p>A file {@code classes.txt} beside them names the classes: UTF-8, one name a line, the first is
 * that of label 0. Without it their names are the numbers from 0 to the highest label; some may
 * have no images.
 */
public final class IdxFolder {
  /** The file that names the classes. */
  public static final String CLASS_NAMES = "classes.txt";

  private static final long MAX_CLASS_NAMES_BYTES = 1 << 16;
  private static final int MAX_NAME_CHARACTERS = 60;

  private IdxFolder() {}

  /**
   * Reads the data set. Its content has no hash to be checked against; what was found is in {@link
   * Dataset#contentSha256}, under the standard file names.
   *
   * @param folder also gives the data set its name
   * @throws MissingDataException if there is no such folder, or not all four files are in it
   * @throws DataException if a file is unreadable or corrupt, or if two contradict each other
   */
  public static Dataset read(Path folder) throws DataException {
    Map<FileRole, Path> files = find(folder);
    Map<FileRole, IdxContent> contents = new EnumMap<>(FileRole.class);
    for (FileRole role : FileRole.values()) {
      contents.put(role, IdxReader.read(files.get(role), role.kind));
    }
    Dataset unnamed = join(name(folder), List.of(), contents);
    int classes = 1 + Math.max(highestLabel(unnamed.train()), highestLabel(unnamed.test()));
    if (classes < 2) {
      throw new DataException(folder + ": all images have label 0; there is nothing to tell apart");
    }
    return join(name(folder), classNames(folder, classes), contents);
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
                  trainImages.file.getFileName(),
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
    String name =
        plain
            .codePoints()
            .limit(MAX_NAME_CHARACTERS)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    if (name.isEmpty()) {
      return "folder";
    }
    // Only what was verified may be called mnist.
    return Catalogue.names().contains(name) ? name + "-folder" : name;
  }

  private static Map<FileRole, Path> find(Path folder) throws DataException {
    if (!Files.isDirectory(folder)) {
      throw new MissingDataException(
          Files.exists(folder)
              ? folder + ": expected the folder of a data set, found a file"
              : folder + ": no such folder");
    }
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(file -> names.add(file.getFileName().toString()));
    } catch (IOException e) {
      throw new DataException("cannot read %s: %s".formatted(folder, FileProblem.reason(e)), e);
    }
    Map<String, Map<FileRole, Path>> byPrefix = new TreeMap<>();
    for (FileRole role : FileRole.values()) {
      for (String standard : namesOf(role)) {
        for (String name : names) {
          String prefix = prefix(name, standard);
          if (prefix != null) {
            byPrefix
                .computeIfAbsent(prefix, any -> new EnumMap<>(FileRole.class))
                .putIfAbsent(role, folder.resolve(name));
          }
        }
      }
    }
    return complete(folder, byPrefix);
  }

  /** In the order in which they are preferred. */
  private static List<String> namesOf(FileRole role) {
    List<String> names = new ArrayList<>(role.names());
    role.names().forEach(name -> names.add(name.replaceFirst("^t10k-", "test-")));
    return names;
  }

  /** What stands before a file's standard name; null if it has another name. */
  private static String prefix(String name, String standard) {
    if (!name.endsWith(standard)) {
      return null;
    }
    String prefix = name.substring(0, name.length() - standard.length());
    return prefix.matches("|.*[-_.]") ? prefix : null;
  }

  private static Map<FileRole, Path> complete(
      Path folder, Map<String, Map<FileRole, Path>> byPrefix) throws DataException {
    List<String> complete = new ArrayList<>();
    byPrefix.forEach(
        (prefix, files) -> {
          if (files.size() == FileRole.values().length) {
            complete.add(prefix);
          }
        });
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
    Map.Entry<String, Map<FileRole, Path>> most =
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

  private static int highestLabel(ImageSet images) {
    return IntStream.range(0, images.size()).map(images::label).max().orElse(0);
  }

  private static List<String> classNames(Path folder, int classes) throws DataException {
    Path file = folder.resolve(CLASS_NAMES);
    List<String> names;
    try {
      if (Files.size(file) > MAX_CLASS_NAMES_BYTES) {
        throw new DataException(file + ": expected a name a line, found a file too long for that");
      }
      // Some editors begin a file with a byte order mark.
      names =
          Files.readString(file)
              .replaceFirst("^\uFEFF", "")
              .stripTrailing()
              .lines()
              .map(String::strip)
              .toList();
    } catch (NoSuchFileException e) {
      return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    } catch (IOException e) {
      throw new DataException("cannot read %s: %s".formatted(file, reason(e)), e);
    }
    if (names.size() != classes) {
      throw new DataException(
          "%s: expected %d names, for labels 0 to %d, found %d"
              .formatted(file, classes, classes - 1, names.size()));
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < classes; i++) {
      if (names.get(i).isEmpty() || !seen.add(names.get(i))) {
        throw new DataException(
            "%s:%d: expected a name of its own for label %d, found '%s'%s"
                .formatted(file, i + 1, i, names.get(i), names.get(i).isEmpty() ? "" : " again"));
      }
    }
    return names;
  }

  private static String reason(IOException e) {
    return e instanceof CharacterCodingException
        ? "it is not text in UTF-8"
        : FileProblem.reason(e);
  }
}
