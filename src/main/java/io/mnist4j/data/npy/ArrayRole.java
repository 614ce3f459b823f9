package io.mnist4j.data.npy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What an array is, by the words in its name. */
enum ArrayRole {
  // Labels first: "data" and "image" also stand in names such as y_data and image_labels.
  LABELS("y", "label", "labels", "target", "targets"),
  IMAGES("x", "image", "images", "img", "imgs", "data", "features");

  // What Set.of makes cannot change; its type does not say so.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Set<String> words;

  ArrayRole(String... words) {
    this.words = Set.of(words);
  }

  /**
   * The role that one of the words stands for, in any case.
   *
   * @param names of which the first with such a word decides
   */
  static Optional<ArrayRole> of(List<String> names) {
    for (String name : names) {
      List<String> found = List.of(words(name).toLowerCase(Locale.ROOT).split("_", -1));
      for (ArrayRole role : values()) {
        if (found.stream().anyMatch(role.words::contains)) {
          return Optional.of(role);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The words of a name, which may be written as in {@code trainImages}, with {@code _} between.
   */
  static String words(String name) {
    return name.replaceAll("(?<=\\p{Ll})(?=\\p{Lu})|[^\\p{L}0-9]+", "_");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
