package io.mnist4j.data.fetch;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header {@code Content-Range: bytes first-last/total} (RFC 9110, section 14.4).
 *
 * @param first index of the first byte sent
 * @param total length of the whole file, or -1 if it is not said
 */
record ContentRange(long first, long total) {
  private static final Pattern FORM =
      Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

  /** Empty if the header cannot be understood or contradicts itself. */
  static Optional<ContentRange> parse(String header) {
    Matcher matcher = FORM.matcher(header.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long first = Long.parseLong(matcher.group(1));
    long last = Long.parseLong(matcher.group(2));
    long total = matcher.group(3).equals("*") ? -1 : Long.parseLong(matcher.group(3));
    boolean possible = first <= last && (total < 0 || last < total);
    return possible ? Optional.of(new ContentRange(first, total)) : Optional.empty();
  }
}
