package io.mnist4j.text;

import java.util.Comparator;

/** The order in which people sort names: numbers in them count as numbers, so 2 before 10. */
public final class NaturalOrder implements Comparator<String> {
  /** Names that differ only in leading zeros follow their characters. */
  public static final Comparator<String> INSTANCE =
      new NaturalOrder().thenComparing(Comparator.naturalOrder());

  private NaturalOrder() {}

  @Override
  public int compare(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      if (isDigit(a.charAt(i)) && isDigit(b.charAt(j))) {
        int endA = endOfNumber(a, i);
        int endB = endOfNumber(b, j);
        int order = compareNumbers(a.substring(i, endA), b.substring(j, endB));
        if (order != 0) {
          return order;
        }
        i = endA;
        j = endB;
      } else {
        int order = Character.compare(a.charAt(i++), b.charAt(j++));
        if (order != 0) {
          return order;
        }
      }
    }
    return Integer.compare(a.length() - i, b.length() - j);
  }

  /** Of any length: without leading zeros the longer is the greater. */
  private static int compareNumbers(String a, String b) {
    String plainA = a.replaceFirst("^0+", "");
    String plainB = b.replaceFirst("^0+", "");
    int byLength = Integer.compare(plainA.length(), plainB.length());
    return byLength != 0 ? byLength : plainA.compareTo(plainB);
  }

  private static int endOfNumber(String text, int start) {
    int end = start;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
