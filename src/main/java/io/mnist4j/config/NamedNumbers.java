package io.mnist4j.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A word, or a number for each of some names: {@code balanced} or {@code {cat: 2, dog: 0.5}}.
 *
 * @param word empty where there are numbers
 * @param numbers in the order in which they were written; empty where there is a word
 */
public record NamedNumbers(String word, Map<String, Double> numbers) {

  public NamedNumbers {
    numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
  }

  public static NamedNumbers word(String word) {
    return new NamedNumbers(word, Map.of());
  }

  public static NamedNumbers of(Map<String, Double> numbers) {
    return new NamedNumbers("", numbers);
  }

  /** As a file has it. */
  Object plain() {
    return numbers.isEmpty() ? word : numbers;
  }
}
