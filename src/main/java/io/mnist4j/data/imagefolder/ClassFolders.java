package io.mnist4j.data.imagefolder;

import io.mnist4j.data.Part;
import io.mnist4j.data.source.FileEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the folders around a picture say: {@code train/CLASS/*} and {@code test/CLASS/*} (also
 * {@code val}, {@code training}, {@code testSet} ...), {@code CLASS/train/*}, or {@code CLASS/*}
 * alone. Folders around the whole, as archives have them, do not count; folders below that of a
 * class belong to it.
 */
final class ClassFolders {
  private final List<LabelledPicture> labelled = new ArrayList<>();
  private final List<FileEntry> withoutClass = new ArrayList<>();
  private final List<FileEntry> withoutPart = new ArrayList<>();
  private final int around;
  private final boolean hasParts;

  /**
   * @param pictures all picture files of the tree
   */
  ClassFolders(List<FileEntry> pictures) {
    List<List<String>> paths = pictures.stream().map(picture -> folders(picture.name())).toList();
    around = foldersAroundAll(paths);
    for (int i = 0; i < paths.size(); i++) {
      add(pictures.get(i), paths.get(i).subList(around, paths.get(i).size()));
    }
    hasParts = labelled.stream().anyMatch(picture -> picture.part() != null);
    if (hasParts) {
      labelled.removeIf(picture -> picture.part() == null && withoutPart.add(picture.file()));
    } else {
      // No class stands below train: then it is a class itself, as of vehicles.
      withoutClass.removeIf(file -> addClass(file, folders(file.name())));
    }
    labelled.replaceAll(
        picture ->
            picture.part() != null
                ? picture
                : new LabelledPicture(picture.file(), Part.TRAIN, picture.className()));
  }

  private void add(FileEntry file, List<String> path) {
    int at = classDepth(path);
    if (at == path.size()) {
      withoutClass.add(file);
    } else {
      int partAt = at == 0 ? 1 : 0;
      Optional<Part> part = partAt < path.size() ? part(path.get(partAt)) : Optional.empty();
      labelled.add(new LabelledPicture(file, part.orElse(null), path.get(at)));
    }
  }

  /** Which of the folders is that of a class; all, if none is. */
  private static int classDepth(List<String> path) {
    Optional<Part> first = path.isEmpty() ? Optional.empty() : part(path.get(0));
    int depth = 0;
    while (first.isPresent() && depth < path.size() && part(path.get(depth)).equals(first)) {
      depth++;
    }
    return depth;
  }

  private boolean addClass(FileEntry file, List<String> path) {
    boolean inFolder = path.size() > around;
    if (inFolder) {
      labelled.add(new LabelledPicture(file, null, path.get(around)));
    }
    return inFolder;
  }

  /** Folders that hold everything, and are neither a part nor a class. */
  private static int foldersAroundAll(List<List<String>> paths) {
    int depth = 0;
    while (true) {
      int at = depth;
      if (paths.isEmpty()
          || paths.stream().anyMatch(path -> path.size() < at + 2)
          || part(paths.get(0).get(at)).isPresent()
          || !paths.stream().allMatch(path -> path.get(at).equals(paths.get(0).get(at)))) {
        return depth;
      }
      depth++;
    }
  }

  private static List<String> folders(String name) {
    List<String> parts = Arrays.asList(name.split("/", -1));
    return parts.subList(0, parts.size() - 1);
  }

  /** The part that a folder is called after, such as {@code training} or {@code testSet}. */
  static Optional<Part> part(String folder) {
    return Part.ofWord(folder.replaceFirst("(?i)[-_ ]?(set|data|images|imgs)$", ""));
  }

  /** The class that a folder would be of if there were a picture in it; empty for other folders. */
  Optional<String> classOf(String folder) {
    List<String> all = Arrays.asList(folder.split("/", -1));
    List<String> path = all.subList(Math.min(around, all.size()), all.size());
    int at = hasParts ? classDepth(path) : 0;
    boolean isClass = at == path.size() - 1 && (at > 0) == hasParts;
    return isClass ? Optional.of(path.get(at)) : Optional.empty();
  }

  /** The pictures that have a class. */
  List<LabelledPicture> labelled() {
    return labelled;
  }

  /** Pictures in no folder of a class. */
  List<FileEntry> withoutClass() {
    return withoutClass;
  }

  /** Pictures with a class but in no part, where others are in one. */
  List<FileEntry> withoutPart() {
    return withoutPart;
  }
}
