package io.mnist4j.predict;

import io.mnist4j.digits.Box;
import io.mnist4j.digits.FormGrid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What stands in the boxes of a form.
 *
 * @param cells row by row: the name of what was read in each box, of several one after the other;
 *     empty for a box with nothing in it
 */
public record GridReading(List<List<String>> cells) {

  /** Sorts readings into the boxes that they stand in; what stands in none is left out. */
  static GridReading of(FormGrid grid, List<RecognizedDigit> readings) {
    List<List<StringBuilder>> cells = new ArrayList<>();
    for (int row = 0; row < grid.rows(); row++) {
      List<StringBuilder> line = new ArrayList<>();
      for (int column = 0; column < grid.columns(); column++) {
        line.add(new StringBuilder());
      }
      cells.add(line);
    }
    readings.stream()
        .sorted(Comparator.comparingInt(reading -> reading.digit().box().x()))
        .forEach(
            reading -> {
              Box box = reading.digit().box();
              grid.boxAt(box.x() + box.width() / 2.0, box.y() + box.height() / 2.0)
                  .ifPresent(at -> cells.get(at[0]).get(at[1]).append(reading.name()));
            });
    return new GridReading(
        cells.stream().map(line -> line.stream().map(StringBuilder::toString).toList()).toList());
  }
}
