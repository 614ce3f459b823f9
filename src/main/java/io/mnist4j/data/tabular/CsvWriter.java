package io.mnist4j.data.tabular;

import io.mnist4j.data.ImageSet;
import io.mnist4j.text.Csv;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes images as Kaggle has them: {@code label,pixel0,...}, an image in each row. {@link
 * CsvReader} makes the same pixels of it: where the only values are 0 and 1, which it would take
 * for paper and full ink, 1 is written as a fraction of 255.
 */
public final class CsvWriter {
  private static final int BLOCK_BYTES = 1 << 16;

  /** A pixel with its comma: the longest is that of {@link #ONE}. */
  private static final int MAX_CELL_BYTES = 12;

  private static final String ONE = "0.00392157";

  private CsvWriter() {}

  /**
   * Writes a table; the stream is not closed.
   *
   * @param classNames index = label; they stand in the first column, which are the labels
   *     themselves where the names are {@code 0} to {@code k - 1}
   */
  public static void write(ImageSet images, List<String> classNames, OutputStream out)
      throws IOException {
    int pixels = images.pixelsPerImage();
    out.write(header(pixels).getBytes(StandardCharsets.US_ASCII));
    byte[][] cells = cells(images.pixels());
    byte[] block = new byte[BLOCK_BYTES];
    int end = 0;
    for (int image = 0; image < images.size(); image++) {
      out.write(block, 0, end);
      out.write(Csv.cell(classNames.get(images.label(image))).getBytes(StandardCharsets.UTF_8));
      end = 0;
      for (int i = image * pixels; i < (image + 1) * pixels; i++) {
        if (end > block.length - MAX_CELL_BYTES) {
          out.write(block, 0, end);
          end = 0;
        }
        byte[] cell = cells[Byte.toUnsignedInt(images.pixels()[i])];
        System.arraycopy(cell, 0, block, end, cell.length);
        end += cell.length;
      }
      if (end == block.length) {
        out.write(block, 0, end);
        end = 0;
      }
      block[end++] = '\n';
    }
    out.write(block, 0, end);
  }

  private static String header(int pixels) {
    StringBuilder header = new StringBuilder("label");
    for (int i = 0; i < pixels; i++) {
      header.append(",pixel").append(i);
    }
    return header.append('\n').toString();
  }

  /** What stands for each value, with a comma before it. */
  private static byte[][] cells(byte[] pixels) {
    byte[][] cells = new byte[256][];
    for (int value = 0; value < cells.length; value++) {
      cells[value] = ("," + value).getBytes(StandardCharsets.US_ASCII);
    }
    boolean onlyOnes = true;
    for (byte pixel : pixels) {
      onlyOnes &= pixel == 0 || pixel == 1;
    }
    if (onlyOnes) {
      cells[1] = ("," + ONE).getBytes(StandardCharsets.US_ASCII);
    }
    return cells;
  }
}
