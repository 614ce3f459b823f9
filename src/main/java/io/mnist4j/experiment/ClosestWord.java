package io.mnist4j.experiment;

/** What a user may have meant by a word that is not known. */
final class ClosestWord {
  private ClosestWord() {}

  /** The known word with the smallest edit distance (Levenshtein, 1965) to the given one. */
  static String to(String word, Iterable<String> known) {
    String closest = "";
    int smallest = Integer.MAX_VALUE;
    for (String candidate : known) {
      int distance = distance(word, candidate);
      if (distance < smallest) {
        smallest = distance;
        closest = candidate;
      }
    }
    return closest;
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
