package io.mnist4j.data.tabular;

import static io.mnist4j.data.tabular.TableFixture.assertLabels;
import static io.mnist4j.data.tabular.TableFixture.assertPixels;
import static io.mnist4j.data.tabular.TableFixture.size;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.ImageSize;
import io.mnist4j.data.Samples;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LibsvmReaderTest {
  private static final String TEXT = "7 1:5 3:255 \n1 2:9 4:8\n";

  @TempDir Path folder;
  private TableFixture table;

  @BeforeEach
  void create() {
    table = new TableFixture(folder, LibsvmReader::read);
  }

  @Test
  void readsRows() throws Exception {
    Samples samples = table.read(TEXT);
    assertEquals(new ImageSize(2, 2), samples.size());
    assertPixels(samples, 5, 0, 255, 0, 0, 9, 0, 8);
    assertLabels(samples, 7, 1);
    assertEquals(List.of(), table.notes);
  }

  @Test
  void readsCommentsTabsAndRowsWithoutPixels() throws Exception {
    Samples samples = table.read("# a comment 1:2\r\n\r\n+7.0\t1:5  3:255 # 9:9\r\n 1\r\n2 4:0.0");
    assertPixels(samples, 5, 0, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    assertLabels(samples, 7, 1, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "bzip2"})
  void inflatesByContent(String packing) throws Exception {
    byte[] packed = CsvReaderTest.packed(packing, TEXT);
    assertPixels(table.read(packed, TableOptions.DEFAULT), 5, 0, 255, 0, 0, 9, 0, 8);
  }

  /** As of mnist.scale, whose last pixels are 0 everywhere. */
  @ParameterizedTest
  @CsvSource({"780, 28", "778, 28", "784, 28", "785, 29", "2, 2", "16384, 128", "2000, 45"})
  void padsToTheNextSquare(int largest, int side) throws Exception {
    Samples samples = table.read("3 1:7\n4 %d:255\n".formatted(largest));
    assertEquals(new ImageSize(side, side), samples.size());
    assertEquals(2, samples.count());
    assertEquals(7, samples.pixels()[0]);
    assertEquals(-1, samples.pixels()[side * side + largest - 1]);
  }

  @Test
  void takesTheSizeThatIsSet() throws Exception {
    Samples samples = table.read(TEXT, size(2, 3));
    assertEquals(new ImageSize(2, 3), samples.size());
    assertPixels(samples, 5, 0, 255, 0, 0, 0, 0, 9, 0, 8, 0, 0);
    assertEquals(":1: expected an index from 2 to 2, found 3", table.refused(TEXT, size(1, 2)));
    assertEquals(250 * 250 * 2, table.read(TEXT, size(250, 250)).pixels().length);
  }

  @Test
  void countsFrom0WhereAnIndexIs0() throws Exception {
    Samples samples = table.read("1 1:7\n2 0:5 3:9\n");
    assertPixels(samples, 0, 7, 0, 0, 5, 0, 0, 9);
    assertTrue(table.notes.get(0).endsWith(": indices are counted from 0"));
    assertEquals(
        ": expected indices from 0 to 3, as one is 0, found 4",
        table.refused("1 4:7\n2 0:5 3:9\n", size(2, 2)));
  }

  @Test
  void takesFractionsAsACsvFile() throws Exception {
    assertPixels(table.read("1 1:0.498039 4:1\n2 2:.00392157\n"), 127, 0, 0, 255, 0, 1, 0, 0);
    assertPixels(table.read("1 1:0.5 4:1\n2 2:1e2\n"), 1, 0, 0, 1, 0, 100, 0, 0);
  }

  /** As of USPS. */
  @Test
  void readsValuesFromMinus1To1() throws Exception {
    assertPixels(table.read("1 1:-1 2:1 4:-0.5\n"), 0, 255, 128, 64);
    assertEquals(1, table.notes.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1.5", "1,2", "x", "1:2"})
  void saysWhereALabelIsWrong(String label) throws Exception {
    String message = table.refused(TEXT + label + " 1:5\n", TableOptions.DEFAULT);
    assertTrue(message.startsWith(":3: expected a label: a whole number from 0"), message);
    assertTrue(message.endsWith("found '" + label + "'"), message);
  }

  @Test
  void saysWhereAPairIsWrong() throws Exception {
    String pair = ":3: expected INDEX:VALUE with an index of at most 16384, found ";
    table.assertRefused(pair + "'qid:3'", TEXT + "1 qid:3 1:5\n");
    table.assertRefused(pair + "'1'", TEXT + "1 1 2:3\n");
    table.assertRefused(pair + "':5'", TEXT + "1 :5\n");
    table.assertRefused(pair + "'-1:5'", TEXT + "1 -1:5\n");
    table.assertRefused(pair + "'999999999999:5'", TEXT + "1 999999999999:5\n");
    table.assertRefused(":3: expected an index from 3 to 16384, found 2", TEXT + "1 2:3 2:4\n");
    table.assertRefused(":3: expected an index from 1 to 16384, found 16385", TEXT + "1 16385:3\n");
    String value = ":3: index 2: expected a pixel from 0 to 255, found ";
    table.assertRefused(value + "'256'", TEXT + "1 2:256\n");
    table.assertRefused(value + "'-1'", TEXT + "1 2:-1\n");
    table.assertRefused(value + "''", TEXT + "1 2: 3:4\n");
    table.assertRefused(value + "'1:2'", TEXT + "1 2:1:2\n");
    table.assertRefused(": expected rows of a label and pixels, found none", "# nothing\n\n");
  }

  /** A few bytes for a row of thousands of pixels: what memory is taken is limited. */
  @Test
  void refusesMorePixelsThanTheFileCanStandFor() throws Exception {
    String message = table.refused("1 16384:1\n" + "1\n".repeat(30_000), TableOptions.DEFAULT);
    assertTrue(message.startsWith(": refused: expected at most 200 pixels for each byte"), message);
  }
}
