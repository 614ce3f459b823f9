package io.mnist4j.text;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that a misspelled one is closest to. */
public final class ClosestName {
  private ClosestName() {}

  /**
   * The known name with the smallest edit distance (Levenshtein's, a swap of neighbours counting as
   * one), if it is at most a third of the longer name, and at least one edit is always forgiven.
   */
  public static Optional<String> to(String name, Collection<String> known) {
    String best = null;
    int bestDistance = Integer.MAX_VALUE;
    for (String candidate : known) {
      int distance = distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      int forgiven = Math.max(1, Math.max(name.length(), candidate.length()) / 3);
      if (distance <= forgiven && distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  /** {@code ; did you mean NAME?}, to end a message with; empty where no known name is close. */
  public static String question(String name, Collection<String> known) {
    return to(name, known).map(meant -> "; did you mean " + meant + "?").orElse("");
  }

  /** A message: the name of a setting, what it may be, and what it is. */
  public static String notOneOf(String setting, List<String> known, String value) {
    int last = known.size() - 1;
    return "%s must be %s or %s, not '%s'%s"
        .formatted(
            setting,
            String.join(", ", known.subList(0, last)),
            known.get(last),
            value,
            question(value, known));
  }

  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + change, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], 1 + d[i - 2][j - 2]);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
