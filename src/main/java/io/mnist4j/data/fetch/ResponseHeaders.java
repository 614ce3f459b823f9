package io.mnist4j.data.fetch;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the headers of HTTP that a download depends on (RFC 9110). */
final class ResponseHeaders {
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

  private ResponseHeaders() {}

  /**
   * The header {@code Content-Range: bytes first-last/total} (section 14.4).
   *
   * @param first index of the first byte sent
   * @param total length of the whole file, or -1 if it is not said
   */
  record ContentRange(long first, long total) {}

  /** Empty if the header cannot be understood or contradicts itself. */
  static Optional<ContentRange> contentRange(String header) {
    Matcher matcher = CONTENT_RANGE.matcher(header.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long first = Long.parseLong(matcher.group(1));
    long last = Long.parseLong(matcher.group(2));
    long total = matcher.group(3).equals("*") ? -1 : Long.parseLong(matcher.group(3));
    boolean possible = first <= last && (total < 0 || last < total);
    return possible ? Optional.of(new ContentRange(first, total)) : Optional.empty();
  }

  /**
   * The header {@code Retry-After}: seconds, or a date (section 10.2.3).
   *
   * @return how long to wait from now, never negative; empty if the header cannot be understood
   */
  static Optional<Duration> retryAfter(String header, Instant now) {
    String text = header.strip();
    if (text.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(date.isAfter(now) ? Duration.between(now, date) : Duration.ZERO);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
