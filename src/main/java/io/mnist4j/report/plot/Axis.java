package io.mnist4j.report.plot;

import io.mnist4j.report.text.NumberText;
import java.util.ArrayList;
import java.util.List;

/**
 * A scale with round marks.
 *
 * @param min value at its start
 * @param max value at its end, above {@code min}
 * @param step between two marks
 */
public record Axis(double min, double max, double step) {

  /**
   * An axis that values fit on, with about so many marks. Its ends are marks.
   *
   * @param marks wanted, at least 2
   */
  static Axis covering(double lowest, double highest, int marks) {
    double span = highest > lowest ? highest - lowest : Math.max(Math.abs(highest), 1) * 0.1;
    double step = round(span / marks);
    double min = Math.floor(lowest / step + 1e-9) * step;
    double max = Math.ceil(highest / step - 1e-9) * step;
    return new Axis(min, max > min ? max : min + step, step);
  }

  /** An axis of whole numbers with no more than so many marks, from the first to the last. */
  static Axis whole(int first, int last, int marks) {
    if (first == last) {
      return new Axis(first - 0.5, last + 0.5, 1);
    }
    return new Axis(first, last, Math.max(1, round((double) (last - first) / marks)));
  }

  /** The axis cut off at a value that nothing goes beyond. */
  Axis upTo(double most) {
    return max > most ? new Axis(min, most, step) : this;
  }

  /** The next 1, 2 or 5 times a power of ten that is not smaller. */
  private static double round(double value) {
    double power = Math.pow(10, Math.floor(Math.log10(value)));
    double digit = value / power;
    return power * (digit <= 1.0001 ? 1 : digit <= 2.0001 ? 2 : digit <= 5.0001 ? 5 : 10);
  }

  /** Where a value lies: 0 at the start, 1 at the end. */
  double fraction(double value) {
    return (value - min) / (max - min);
  }

  /** The values of the marks. */
  List<Double> marks() {
    List<Double> marks = new ArrayList<>();
    for (double mark = Math.ceil(min / step - 1e-9) * step;
        mark <= max + step * 1e-6;
        mark += step) {
      marks.add(mark);
    }
    return marks;
  }

  /** A mark's value in as many decimals as the marks need. */
  String label(double value) {
    int decimals = Math.max(0, (int) Math.ceil(-Math.log10(step) - 1e-9));
    // What rounds to 0 may lie a little below it.
    double shown = Math.abs(value) < step * 1e-6 ? 0 : value;
    return NumberText.format("%." + decimals + "f", shown);
  }
}
