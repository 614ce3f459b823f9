package io.mnist4j.run;

import io.mnist4j.data.DataFolder;
import io.mnist4j.text.ClosestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The experiment files: those that come with the program, found by their names, and others. */
public final class ConfigFiles {
  private static final String SUFFIX = ".yaml";

  private ConfigFiles() {}

  /** The names of what comes with the program; none where that is unknown. */
  public static List<String> names() {
    return names(shipped());
  }

  private static List<String> names(Path folder) {
    return in(folder).stream()
        .filter(file -> file.endsWith(SUFFIX))
        .map(file -> file.substring(0, file.length() - SUFFIX.length()))
        .toList();
  }

  /**
   * The file that is meant.
   *
   * @param asked a file, or where there is none of that name, what comes with the program under it
   */
  public static Path find(Path asked) {
    return find(asked, shipped());
  }

  /** The file of a federation that is meant, as {@link #find(Path)}. */
  public static Path findFederation(Path asked) {
    return find(asked, shipped().resolve("federations"));
  }

  /** The file of a sweep that is meant, as {@link #find(Path)}. */
  public static Path findSweep(Path asked) {
    return find(asked, shipped().resolve("sweeps"));
  }

  private static Path find(Path asked, Path folder) {
    return !Files.exists(asked) && names(folder).contains(asked.toString())
        ? folder.resolve(asked + SUFFIX)
        : asked;
  }

  /** What is named after a file: its name without {@code .yaml} or {@code .yml}. */
  public static String name(Path file) {
    return file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
  }

  /**
   * What to say of a file that is missing: the one that may be meant, beside it or by its name; or,
   * where that is no path, all names there are.
   */
  static String suggestion(Path missing) {
    if (missing.getFileName() == null) {
      return "";
    }
    String name = missing.getFileName().toString();
    List<String> beside = in(missing.toAbsolutePath().getParent());
    String meant =
        ClosestName.to(name, beside)
            .or(() -> ClosestName.to(name + SUFFIX, beside))
            .map(file -> missing.resolveSibling(file).toString())
            .or(() -> missing.getNameCount() > 1 ? Optional.empty() : ClosestName.to(name, names()))
            .orElse("");
    if (!meant.isEmpty()) {
      return "; did you mean " + meant + "?";
    }
    boolean mayBeName = !name.contains(".") && !names().isEmpty();
    return mayBeName ? "; the names there are: " + String.join(", ", names()) : "";
  }

  private static Path shipped() {
    return Path.of(System.getProperty(DataFolder.HOME_PROPERTY, "nowhere"), "configs");
  }

  /** The names of the YAML files of a folder, in their order. */
  private static List<String> in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(SUFFIX) || file.endsWith(".yml"))
          .sorted()
          .toList();
    } catch (IOException e) {
      // No such folder, or none that may be read: nothing to choose from.
      return List.of();
    }
  }
}
