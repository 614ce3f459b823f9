package io.mnist4j.sweep.search;

import io.mnist4j.sweep.space.Choice;
import io.mnist4j.sweep.space.Domain;
import io.mnist4j.sweep.space.IntDomain;

/**
 * The part of the unit interval that belongs to one value; a single place for a real number.
 *
 * @param from its lower end
 * @param size its length, 0 for a single place
 * @param logSize its logarithm, but 0 for a single place, which has a density only
 */
record Cell(double from, double size, double logSize) {
  private Cell(double from, double to) {
    this(from, to - from, Math.log(to - from));
  }

  static Cell at(double place, Domain domain) {
    if (domain instanceof Choice choice) {
      int choices = choice.values().size();
      int index = choice.indexOf(choice.at(place));
      return new Cell((double) index / choices, (index + 1.0) / choices);
    }
    if (domain instanceof IntDomain whole) {
      int number = (Integer) whole.at(place);
      return new Cell(whole.unit(number - 0.5), whole.unit(number + 0.5));
    }
    return new Cell(place, 0, 0);
  }

  double to() {
    return from + size;
  }

  double middle() {
    return from + size / 2;
  }
}
