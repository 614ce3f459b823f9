package io.mnist4j.data.store;

import io.mnist4j.data.idx.ClassMap;
import io.mnist4j.data.source.FileEntry;
import io.mnist4j.errors.DataException;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;

/**
 * The file with names of classes that some publishers put beside their data sets.
 *
 * @param emnist EMNIST's mapping
 * @param kuzushiji class maps of Kuzushiji-MNIST and Kuzushiji-49, of which one may belong to the
 *     data
 */
record ClassMapFile(Optional<FileEntry> emnist, List<FileEntry> kuzushiji) {
  private static final String EMNIST_ENDING = "-mapping.txt";
  private static final List<String> KUZUSHIJI = List.of("kmnist_classmap.csv", "k49_classmap.csv");

  /**
   * Looks for it. Of several mappings of EMNIST's parts only the one of this part counts.
   *
   * @param trainImages the name of the file with training images
   */
  static ClassMapFile among(NavigableMap<String, FileEntry> files, String trainImages) {
    List<FileEntry> kuzushiji =
        KUZUSHIJI.stream().map(files::get).filter(Objects::nonNull).toList();
    List<FileEntry> mappings =
        files.values().stream().filter(file -> isMapping(file.fileName())).toList();
    String lower = trainImages.toLowerCase(Locale.ROOT);
    Optional<FileEntry> own =
        mappings.stream().filter(file -> lower.startsWith(part(file))).findFirst();
    boolean only = mappings.size() == 1 && !lower.contains("emnist");
    return new ClassMapFile(only ? Optional.of(mappings.get(0)) : own, kuzushiji);
  }

  private static boolean isMapping(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.contains("emnist") && lower.endsWith(EMNIST_ENDING);
  }

  /** Such as {@code emnist-letters-}. */
  private static String part(FileEntry mapping) {
    String lower = mapping.fileName().toLowerCase(Locale.ROOT);
    return lower.substring(0, lower.length() - EMNIST_ENDING.length() + 1);
  }

  boolean isEmnist() {
    return emnist.isPresent();
  }

  boolean isAbsent() {
    return emnist.isEmpty() && kuzushiji.isEmpty();
  }

  /**
   * The names for labels of this range. A mapping of EMNIST may name more, a class map may not.
   *
   * @throws DataException if the file is none, or does not name them
   */
  ClassMap read(int lowest, int highest) throws DataException {
    ClassMap map = null;
    if (isEmnist()) {
      map = ClassMap.emnist(emnist.get());
    } else {
      for (FileEntry file : kuzushiji) {
        ClassMap candidate = ClassMap.kuzushiji(file);
        map = map == null || candidate.lastLabel() == highest ? candidate : map;
      }
    }
    boolean fits = isEmnist() ? map.lastLabel() >= highest : map.lastLabel() == highest;
    if (!fits || map.firstLabel() > lowest) {
      throw new DataException(
          "%s: expected names for labels %d to %d, found %d to %d"
              .formatted(map.file(), lowest, highest, map.firstLabel(), map.lastLabel()));
    }
    return map;
  }
}
