package io.mnist4j.sweep.search;

/**
 * The part of the unit interval that one value has: a single place for a real number.
 *
 * @param from its lower end
 * @param to its upper end
 */
record Cell(double from, double to) {
  static Cell at(double place, Domain domain) {
    if (domain instanceof Choice choice) {
      int choices = choice.values().size();
      int index = choice.indexOf(choice.at(place));
      return new Cell((double) index / choices, (index + 1.0) / choices);
    }
    if (domain instanceof Whole whole) {
      int number = (Integer) whole.at(place);
      return new Cell(whole.unit(number - 0.5), whole.unit(number + 0.5));
    }
    return new Cell(place, place);
  }
}
