package io.mnist4j.config;

import io.mnist4j.text.ClosestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What to tell a user who wrote a name that is not known.
 *
 * @param root the keys of the whole file
 */
public record KnownKeys(KeyType.Keys root) {

  /**
   * Says that a key is none, and which is meant: one beside it, else one of that name elsewhere.
   */
  String isNoKey(String name, List<String> known) {
    Optional<String> meant = ClosestName.to(name, known);
    if (meant.isEmpty()) {
      List<String> elsewhere = new ArrayList<>();
      collect(root, name, "", elsewhere);
      meant = elsewhere.size() == 1 ? Optional.of(elsewhere.get(0)) : Optional.empty();
    }
    return "is not a key"
        + meant
            .map(word -> "; did you mean " + word + "?")
            .orElse(
                known.isEmpty()
                    ? "; there is none here"
                    : "; known are " + String.join(", ", known));
  }

  /** The end of a message that has named the known words; empty where none is close. */
  static String didYouMean(String word, Collection<String> known) {
    return ClosestName.question(word, known);
  }

  private static void collect(KeyType.Keys keys, String name, String path, List<String> found) {
    for (ConfigKey key : keys.keys()) {
      String child = path + key.name();
      if (key.name().equals(name)) {
        found.add(child);
      }
      KeyType type =
          key.type() instanceof KeyType.OptionalType optional ? optional.value() : key.type();
      if (type instanceof KeyType.Keys nested) {
        collect(nested, name, child + ".", found);
      }
    }
  }
}
