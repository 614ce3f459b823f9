package io.mnist4j.report.plot;

import io.mnist4j.sweep.ShortNames;
import io.mnist4j.sweep.space.Choice;
import io.mnist4j.sweep.space.Domain;
import io.mnist4j.sweep.space.FloatDomain;
import io.mnist4j.sweep.space.IntDomain;
import java.util.ArrayList;
import java.util.List;

/** Marks along what a parameter may be. */
final class DomainAxis {
  private static final int MARKS = 4;
  private static final int LONGEST_LABEL = 14;

  private DomainAxis() {}

  /**
   * A mark.
   *
   * @param position 0 to 1, as {@link Domain#position} gives it
   */
  record Mark(double position, String label) {}

  static List<Mark> marks(Domain domain) {
    List<Mark> marks = new ArrayList<>();
    for (Object value : values(domain)) {
      String label = ShortNames.text(value);
      marks.add(new Mark(domain.position(value), PlotFrame.shortened(label, LONGEST_LABEL)));
    }
    return marks;
  }

  private static List<Object> values(Domain domain) {
    if (domain instanceof FloatDomain real) {
      return real.log() ? powers(real.low(), real.high()) : round(real.low(), real.high());
    }
    if (domain instanceof IntDomain whole) {
      return (whole.log() ? doublings(whole) : round(whole.low(), whole.high()))
          .stream().filter(domain::contains).toList();
    }
    return ((Choice) domain).values();
  }

  private static List<Object> round(double low, double high) {
    return Axis.covering(low, high, MARKS).marks().stream()
        .filter(mark -> mark >= low && mark <= high)
        .map(Object.class::cast)
        .toList();
  }

  /** Powers of ten; where fewer than three are in the range, also 2 and 5 times these. */
  private static List<Object> powers(double low, double high) {
    boolean wide = Math.log10(high / low) >= 2;
    List<Object> values = new ArrayList<>();
    for (int power = (int) Math.floor(Math.log10(low)); Math.pow(10, power) <= high; power++) {
      for (int digit : wide ? new int[] {1} : new int[] {1, 2, 5}) {
        double value = Double.parseDouble(digit + "e" + power);
        if (value >= low && value <= high) {
          values.add(value);
        }
      }
    }
    return values.isEmpty() ? List.of(low, high) : values;
  }

  private static List<Object> doublings(IntDomain whole) {
    int step = (double) whole.high() / whole.low() > 64 ? 4 : 2;
    List<Object> values = new ArrayList<>();
    for (long value = 1; value <= whole.high(); value *= step) {
      if (value >= whole.low()) {
        values.add((double) value);
      }
    }
    return values.isEmpty() ? List.of((double) whole.low()) : values;
  }
}
