package io.mnist4j.sweep.spark;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Spark says of a failure, in a line. */
final class Reason {
  /** Spark's own words are a page long; this is what it ends the first line with. */
  private static final Pattern LAST_FAILURE =
      Pattern.compile("most recent failure: Lost task [^:]*: (.*)", Pattern.DOTALL);

  private Reason() {}

  static String of(Throwable e) {
    String message = String.valueOf(e.getMessage() == null ? e.toString() : e.getMessage());
    Matcher failure = LAST_FAILURE.matcher(message);
    String reason = failure.find() ? failure.group(1) : message;
    return reason.strip().lines().findFirst().orElse("no reason given").strip();
  }
}
