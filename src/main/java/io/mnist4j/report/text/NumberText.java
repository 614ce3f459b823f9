package io.mnist4j.report.text;

import io.mnist4j.eval.Proportion;
import io.mnist4j.eval.Spread;
import java.util.Locale;

/** Numbers as a person reads them, the same in any locale. */
public final class NumberText {
  private NumberText() {}

  /** {@link String#format} with a point before decimals and commas between thousands. */
  public static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  /** Four decimals, or a dash for what is not a number. */
  public static String share(double value) {
    return Double.isNaN(value) ? "-" : format("%.4f", value);
  }

  /** A dash where nothing is known. */
  public static String share(Proportion proportion) {
    return share(proportion.value());
  }

  /** {@code 0.9774-0.9828}, or a dash where nothing is known. */
  public static String interval(Proportion proportion) {
    return proportion.known() ? share(proportion.low()) + "-" + share(proportion.high()) : "-";
  }

  /** {@code 95 % interval 97.74 % to 98.28 %}. */
  public static String percentInterval(Proportion proportion) {
    return "95 %% interval %s to %s"
        .formatted(percent(proportion.low(), 2), percent(proportion.high(), 2));
  }

  public static String percent(double share, int decimals) {
    return format("%." + decimals + "f %%", 100 * share);
  }

  public static String count(long value) {
    return format("%,d", value);
  }

  /** {@code 12.3 s} up to two minutes; minutes, then hours beyond. */
  public static String duration(double seconds) {
    return seconds < 120 ? format("%.1f s", seconds) : wholeSeconds(seconds, 7200);
  }

  /** {@code 12 s} up to a minute; {@code 1:05 min} and {@code 1:05 h} beyond. */
  public static String wholeSeconds(double seconds) {
    return seconds < 59.5 ? Math.round(seconds) + " s" : wholeSeconds(seconds, 3600);
  }

  private static String wholeSeconds(double seconds, long hoursFrom) {
    long whole = Math.round(seconds);
    return whole < hoursFrom
        ? "%d:%02d min".formatted(whole / 60, whole % 60)
        : "%d:%02d h".formatted(whole / 3600, whole / 60 % 60);
  }

  /** {@code Test accuracy: 0.98 (0.9802 on 10,000 mnist images}, with the bracket left open. */
  static String testAccuracy(double accuracy, long images, String dataset) {
    return format(
        "Test accuracy: %.2f (%.4f on %,d %s images", accuracy, accuracy, images, dataset);
  }

  /** {@code 0.9801 ± 0.0006 (0.9793 to 0.9808)}. */
  public static String spread(Spread spread) {
    return format(
        "%.4f ± %.4f (%.4f to %.4f)", spread.mean(), spread.sd(), spread.min(), spread.max());
  }

  public static String megabytes(long bytes) {
    return format("%,.0f MB", bytes / 1e6);
  }
}
