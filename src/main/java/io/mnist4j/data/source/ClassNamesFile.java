package io.mnist4j.data.source;

import io.mnist4j.errors.DataException;
import io.mnist4j.text.Printable;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The file {@code classes.txt} that names the classes of a data set: UTF-8, one name a line. */
public final class ClassNamesFile {
  public static final String NAME = "classes.txt";

  private ClassNamesFile() {}

  /**
   * The names that the tree's own file gives, or the first below that has one; empty if none does.
   */
  public static List<String> in(FileTree tree) throws DataException {
    Optional<FileEntry> file =
        tree.entries().stream()
            .filter(entry -> entry.fileName().equals(NAME))
            .min(Comparator.comparingInt(entry -> entry.name().length()));
    return file.isPresent() ? read(file.get()) : List.of();
  }

  /**
   * The names in their order.
   *
   * @throws DataException if it cannot be read, or a line is empty, comes twice or is no name
   */
  public static List<String> read(FileEntry file) throws DataException {
    List<String> names = SmallText.lines(file, "a name a line");
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (name.isEmpty() || !seen.add(name)) {
        throw new DataException(
            "%s:%d: expected a name of its own, found '%s'%s"
                .formatted(file, i + 1, name, name.isEmpty() ? "" : " again"));
      }
      if (!Printable.isName(name)) {
        throw new DataException(
            "%s:%d: expected a name of up to 1,000 characters and no control characters"
                .formatted(file, i + 1));
      }
    }
    return names;
  }
}
