package io.mnist4j.data;

import io.mnist4j.errors.DataException;
import io.mnist4j.text.NaturalOrder;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The classes of data whose files give them names.
 *
 * @param names of the classes; index = label
 * @param labels of the names that the files have
 */
public record ClassOrder(List<String> names, Map<String, Integer> labels) {
  /** As many classes as a label has values. */
  public static final int MAX_CLASSES = 256;

  /**
   * Puts classes into their natural order, 2 before 10.
   *
   * @param origin how messages name the data
   * @param own names that the files have, in any order, each once or more
   * @param asked the same names, and perhaps others, in another order; or what to call the classes,
   *     in their natural order; empty for their own names
   * @throws DataException if there are too many, or those asked for are neither
   */
  public static ClassOrder of(String origin, Collection<String> own, List<String> asked)
      throws DataException {
    TreeSet<String> sorted = new TreeSet<>(NaturalOrder.INSTANCE);
    sorted.addAll(own);
    List<String> natural = List.copyOf(sorted);
    boolean ordered = new HashSet<>(asked).containsAll(natural);
    requireFew(origin, ordered ? asked.size() : natural.size());
    if (!asked.isEmpty() && !ordered && asked.size() != natural.size()) {
      throw new DataException(
          "%s: expected %d names of classes, for %s, found %d"
              .formatted(origin, natural.size(), String.join(", ", natural), asked.size()));
    }
    Map<String, Integer> labels = new HashMap<>();
    (ordered ? asked : natural).forEach(name -> labels.put(name, labels.size()));
    return new ClassOrder(asked.isEmpty() ? natural : asked, labels);
  }

  /**
   * Checks a number of classes.
   *
   * @throws DataException if a label has not so many values
   */
  public static void requireFew(String origin, int classes) throws DataException {
    if (classes > MAX_CLASSES) {
      throw new DataException(
          "%s: %,d classes; at most %d are told apart".formatted(origin, classes, MAX_CLASSES));
    }
  }
}
