package io.mnist4j.data.tabular;

import io.mnist4j.data.Samples;
import io.mnist4j.errors.DataException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Whether the values of a table are from -1 to 1, as those of USPS are: that shows at the first one
 * that is negative, and then the table is read once more.
 */
final class PixelRange {
  /** A table without a value as low as this has no range from -1, but a wrong value. */
  private static final double LOW = -0.5;

  private final boolean signed;
  private double lowest;

  private PixelRange(boolean signed) {
    this.signed = signed;
  }

  /** Reads the whole table. */
  interface WholeTable {
    Samples read(PixelRange range, Consumer<String> notes) throws DataException;
  }

  /** Reads a table, once or twice. */
  static Samples read(WholeTable attempt, Consumer<String> notes) throws DataException {
    PixelRange positive = new PixelRange(false);
    List<String> said = new ArrayList<>();
    try {
      Samples samples = attempt.read(positive, said::add);
      said.forEach(notes);
      return samples;
    } catch (DataException e) {
      Optional<Samples> signed =
          positive.lowest < 0 ? readSigned(attempt, notes) : Optional.empty();
      if (signed.isEmpty()) {
        throw e;
      }
      return signed.get();
    }
  }

  /** Empty if there is something wrong with it then: that may be due to the range alone. */
  private static Optional<Samples> readSigned(WholeTable attempt, Consumer<String> notes) {
    PixelRange range = new PixelRange(true);
    List<String> said = new ArrayList<>();
    try {
      Samples samples = attempt.read(range, said::add);
      if (range.lowest > LOW) {
        return Optional.empty();
      }
      said.add(samples.source() + ": values are from -1 to 1: -1 was taken for 0, 1 for 255");
      said.forEach(notes);
      return Optional.of(samples);
    } catch (DataException e) {
      return Optional.empty();
    }
  }

  /** Whether values are read as from -1 to 1. */
  boolean isSigned() {
    return signed;
  }

  /** Takes note of a value from -1 to 1. */
  void note(double value) {
    lowest = Math.min(lowest, value);
  }
}
