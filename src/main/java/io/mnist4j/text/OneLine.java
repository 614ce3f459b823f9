package io.mnist4j.text;

/** Messages of libraries, which may take several lines, for places that have one. */
public final class OneLine {
  private OneLine() {}

  /** The text with a space for each break of a line, and none around it. */
  public static String of(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
