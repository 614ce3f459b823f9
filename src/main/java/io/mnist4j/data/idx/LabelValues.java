package io.mnist4j.data.idx;

import io.mnist4j.errors.DataException;
import java.nio.ByteBuffer;

/**
 * Labels of 0 to 255, one a row. Of a table the first column is the class, as in QMNIST's; a table
 * of three columns or more whose every row is 0 but for a single 1 has the class as that column.
 */
final class LabelValues implements IdxValues {
  private static final int FEWEST_ONE_HOT = 3;
  private static final int MOST = 255;

  private final IdxElement element;
  private final int columns;
  private final byte[] labels;
  private final byte[] ones;
  private boolean oneHot;
  private int row;
  private int column;
  private int onesOfRow;

  LabelValues(IdxElement element, int rows, int columns) {
    this.element = element;
    this.columns = columns;
    labels = new byte[rows];
    oneHot = columns >= FEWEST_ONE_HOT && columns <= MOST + 1;
    ones = oneHot ? new byte[rows] : labels;
  }

  @Override
  public void take(ByteBuffer elements, int count) throws DataException {
    for (int i = 0; i < count; i++) {
      double value = element.next(elements);
      if (column == 0) {
        labels[row] = (byte) label(value);
      }
      if (oneHot) {
        takeOneHot(value);
      }
      column++;
      if (column == columns) {
        column = 0;
        onesOfRow = 0;
        row++;
      }
    }
  }

  private int label(double value) throws DataException {
    if (!(value >= 0 && value <= MOST) || value != Math.rint(value)) {
      throw new DataException(
          "label %d: expected a whole number of 0 to %d, found %s"
              .formatted(row, MOST, IdxValues.text(value)));
    }
    return (int) value;
  }

  private void takeOneHot(double value) {
    if (value == 1) {
      onesOfRow++;
      ones[row] = (byte) column;
    }
    boolean plain = value == 0 || value == 1;
    oneHot = plain && onesOfRow <= 1 && (column < columns - 1 || onesOfRow == 1);
  }

  @Override
  public byte[] bytes() {
    return oneHot ? ones : labels;
  }
}
