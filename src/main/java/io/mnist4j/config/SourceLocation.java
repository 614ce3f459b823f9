package io.mnist4j.config;

/**
 * Where a part of a configuration was written.
 *
 * @param rank files and options in the order in which they override each other; 0 is the defaults
 * @param source a file, or an option of the command line
 * @param line of the file, from 1; 0 in an option
 */
public record SourceLocation(int rank, String source, int line)
    implements Comparable<SourceLocation> {
  public static final SourceLocation DEFAULTS = new SourceLocation(0, "defaults", 0);

  /** The same source at another line. */
  public SourceLocation atLine(int other) {
    return line == 0 ? this : new SourceLocation(rank, source, other);
  }

  @Override
  public int compareTo(SourceLocation other) {
    return rank != other.rank
        ? Integer.compare(rank, other.rank)
        : Integer.compare(line, other.line);
  }

  /** {@code my.yaml:3} or {@code --epochs}. */
  @Override
  public String toString() {
    return line == 0 ? source : source + ":" + line;
  }
}
