package io.mnist4j.data;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a part of a data set is for. */
public enum Part {
  /** A network learns from it. */
  TRAIN("train", "training"),
  /** It watches a network learn. */
  VALIDATION("val", "valid", "validation", "dev"),
  /** It judges a network in the end. */
  TEST("test", "testing", "t10k");

  // What List.of makes cannot change; its type does not say so.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> words;

  Part(String... words) {
    this.words = List.of(words);
  }

  /** The part that a word stands for, in any case: {@code train}, {@code val}, {@code t10k} ... */
  public static Optional<Part> ofWord(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    for (Part part : values()) {
      if (part.words.contains(lower)) {
        return Optional.of(part);
      }
    }
    return Optional.empty();
  }

  /**
   * The part that the name of a file or an array stands for: the first of its words, which are
   * separated by {@code - _ .} or by a digit, that stands for one, as in {@code mnist_train.csv},
   * {@code x_test} and {@code train-00000-of-00001.parquet}.
   */
  public static Optional<Part> ofName(String name) {
    for (String word : name.split("[^\\p{L}0-9]+", -1)) {
      Optional<Part> part = ofWord(word);
      if (part.isPresent()) {
        return part;
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
