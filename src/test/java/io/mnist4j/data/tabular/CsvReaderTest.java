package io.mnist4j.data.tabular;

import static io.mnist4j.data.tabular.TableFixture.assertLabels;
import static io.mnist4j.data.tabular.TableFixture.assertPixels;
import static io.mnist4j.data.tabular.TableFixture.label;
import static io.mnist4j.data.tabular.TableFixture.size;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.ImageSize;
import io.mnist4j.data.Samples;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReaderTest {
  private static final String KAGGLE =
      "label,pixel0,pixel1,pixel2,pixel3\n7,0,12,255,3\n1,4,5,6,77\n";

  @TempDir Path folder;
  private TableFixture table;

  @BeforeEach
  void create() {
    table = new TableFixture(folder, CsvReader::read);
  }

  @Test
  void readsTheFormOfKaggle() throws Exception {
    Samples samples = table.read(KAGGLE);
    assertEquals(new ImageSize(2, 2), samples.size());
    assertEquals(2, samples.count());
    assertPixels(samples, 0, 12, 255, 3, 4, 5, 6, 77);
    assertLabels(samples, 7, 1);
    assertEquals(List.of(), samples.labelNames());
    assertEquals(table.file.toString(), samples.source());
    assertEquals(List.of(), table.notes);
  }

  @Test
  void readsItsTestFileWithoutLabels() throws Exception {
    Samples samples = table.read("pixel0,pixel1,pixel2,pixel3\n0,12,255,3\n");
    assertTrue(samples.labels().isEmpty());
    assertPixels(samples, 0, 12, 255, 3);
  }

  /** How separators, ends of lines, marks and blanks may differ. */
  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t", " ", "   ", " , ", " ;"})
  void findsTheSeparator(String separator) throws Exception {
    String text = KAGGLE.replace(",", separator);
    for (String end : List.of("\n", "\r\n", "\r", " \n", "\n\n")) {
      Samples samples = table.read("\ufeff" + text.replace("\n", end) + end);
      assertPixels(samples, 0, 12, 255, 3, 4, 5, 6, 77);
      assertLabels(samples, 7, 1);
    }
    Samples open = table.read(text.strip());
    assertPixels(open, 0, 12, 255, 3, 4, 5, 6, 77);
  }

  @Test
  void readsNumbersAndNamesInQuotes() throws Exception {
    Samples samples =
        table.read(
            "\"label\",\"a\",\"b\",\"c\",\"d\"\n\"7\",\"0\",\"12\",255,\" 3\"\n1,\"4\",5,6,\"77\"\n");
    assertPixels(samples, 0, 12, 255, 3, 4, 5, 6, 77);
    assertLabels(samples, 7, 1);
    Samples named = table.read("label,a,b,c,d\n\"a, \"\"b\"\"\",0,0,0,9\nc,0,0,0,9\n");
    assertEquals(List.of("a, \"b\"", "c"), named.labelNames());
  }

  @Test
  void readsQuotedNamesBetweenBlanks() throws Exception {
    Samples samples = table.read(" \"T shirt\"  0 1 2 9 \n\"dress\" 1 1 1 8\n");
    assertEquals(List.of("T shirt", "dress"), samples.labelNames());
    assertPixels(samples, 0, 1, 2, 9, 1, 1, 1, 8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "bzip2"})
  void inflatesByContent(String packing) throws Exception {
    Samples samples = table.read(packed(packing, KAGGLE), TableOptions.DEFAULT);
    assertPixels(samples, 0, 12, 255, 3, 4, 5, 6, 77);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "bzip2"})
  void saysThatPackedDataIsCutOffOrCorrupt(String packing) throws Exception {
    byte[] packed = packed(packing, KAGGLE.repeat(20));
    byte[] cut = Arrays.copyOf(packed, packed.length / 2);
    String message = table.refused(cut, TableOptions.DEFAULT);
    assertTrue(message.matches(": (truncated|corrupt).*" + packing + ".*"), message);
    packed[packed.length / 2] ^= 0x55;
    String corrupt = table.refused(packed, TableOptions.DEFAULT);
    assertTrue(corrupt.contains(packing), corrupt);
  }

  static byte[] packed(String packing, String text) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        packing.equals("gzip")
            ? new GZIPOutputStream(bytes)
            : new BZip2CompressorOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({
    "label",
    "LABEL",
    "' Class '",
    "target",
    "y",
    "digit",
    "Character",
  })
  void findsTheLabelByTheNameOfItsColumn(String name) throws Exception {
    Samples samples = table.read("p1,p2,\"" + name + "\",p3,p4\n1,2,9,3,4\n5,6,8,7,100\n");
    assertLabels(samples, 9, 8);
    assertPixels(samples, 1, 2, 3, 4, 5, 6, 7, 100);
  }

  @Test
  void readsTheFormOfOpenMl() throws Exception {
    Samples samples = table.read("pixel1,pixel2,pixel3,pixel4,class\n1,2,3,4,9\n");
    assertLabels(samples, 9);
    assertPixels(samples, 1, 2, 3, 4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Unnamed: 0", "id", "Unnamed: 0.1,Unnamed: 0", "index"})
  void leavesOutColumnsThatNumberTheRows(String names) throws Exception {
    String zeros = names.contains(",") ? "500,0" : "500";
    Samples samples = table.read("%s,label,a,b,c,d\n%s,7,1,2,3,4\n".formatted(names, zeros));
    assertPixels(samples, 1, 2, 3, 4);
    assertLabels(samples, 7);
    assertEquals(1, table.notes.size());
    assertTrue(table.notes.get(0).contains("left out the column"), table.notes.get(0));
  }

  @Test
  void takesTheColumnThatIsNamed() throws Exception {
    String text = "id,a,b,kind,c,d\n1,2,3,5,6,7\n";
    Samples samples = table.read(text, label("Kind"));
    assertLabels(samples, 5);
    assertPixels(samples, 2, 3, 6, 7);
    assertEquals(
        ": expected a column named 'kinds' (data.label-column), found none of 6; did you mean kind?",
        table.refused(text, label("kinds")));
    assertEquals(
        ": expected a header with a column named 'kinds' (data.label-column), found none",
        table.refused("1,2,3,4,5\n", label("kinds")));
  }

  @Test
  void takesTheFirstTheLastOrNoColumn() throws Exception {
    String text = "1,2,3,4,5\n6,7,8,9,10\n";
    assertLabels(table.read(text, label("first")), 1, 6);
    Samples last = table.read(text, label("last"));
    assertLabels(last, 5, 10);
    assertPixels(last, 1, 2, 3, 4, 6, 7, 8, 9);
    Samples none = table.read("1,2,3,4\n", label("none"));
    assertTrue(none.labels().isEmpty());
    assertEquals(
        ": expected a square number of pixels in a row (data.size=HEIGHTxWIDTH gives the size of"
            + " images that are not square), found 5 columns of pixels",
        table.refused(text, label("none")));
  }

  @Test
  void findsTheLabelOfRowsWithoutHeader() throws Exception {
    assertLabels(table.read("5,0,200,0,0\n4,0,255,9,0\n"), 5, 4);
    Samples last = table.read("0,200,0,9,0\n0,255,9,0,1\n0,2,9,0,2\n");
    assertLabels(last, 0, 1, 2);
    assertPixels(last, 0, 200, 0, 9, 0, 255, 9, 0, 0, 2, 9, 0);
    assertEquals(List.of("cat", "dog"), table.read("cat,0,0,0,9\ndog,0,0,0,9\n").labelNames());
    assertEquals(List.of("cat", "dog"), table.read("0,0,0,9,cat\n9,0,0,9,dog\n").labelNames());
    assertLabels(table.read("0.5,0,1,0,7\n0.1,0,1,0,8\n"), 7, 8);
    assertLabels(table.read("300,0,1,0,7\n301,0,1,0,8\n"), 300, 301);
  }

  /** Sorted by class, so that the rows in memory all have one label. */
  @Test
  void takesTheFirstColumnWhereBothEndsAreTheSameThroughout() throws Exception {
    String text = "0,0,1,2,0\n".repeat(100_000) + "1,0,1,2,0\n";
    Samples samples = table.read(text);
    assertEquals(100_001, samples.count());
    assertEquals(1, samples.labels().orElseThrow()[100_000]);
  }

  @Test
  void refusesToGuess() throws Exception {
    String ambiguous =
        ": cannot tell whether the first or the last column is the label: say data.label-column=first or last";
    String both = rows(i -> i % 2 + ",200,0,0," + i % 10);
    String sorted = "0,200,2,3,0\n".repeat(100_000) + "0,1,2,3,1\n0,1,2,3,2\n";
    for (String text : List.of(both, sorted, "0.5,0,0,0,0.5\n")) {
      String message = table.refused(text, TableOptions.DEFAULT);
      assertEquals(ambiguous, message);
    }
    assertEquals(30, table.read(both, label("last")).count());
  }

  private static String rows(IntFunction<String> row) {
    return IntStream.range(0, 30).mapToObj(row).collect(Collectors.joining("\n"));
  }

  @Test
  void knowsAHeaderOfNumbers() throws Exception {
    String counted =
        IntStream.range(0, 257).mapToObj(String::valueOf).collect(Collectors.joining(","));
    String row = "3" + ",9".repeat(256);
    Samples samples = table.read(counted + "\n" + row + "\n");
    assertEquals(new ImageSize(16, 16), samples.size());
    assertEquals(1, samples.count());
    assertLabels(samples, 3);
    Samples indexed = table.read(",0,1,2,3,4\n0,3,7,7,7,7\n", label("first"));
    assertLabels(indexed, 3);
    Samples named = table.read("number,0,1,2,3\n5,7,7,7,7\n");
    assertLabels(named, 5);
  }

  @Test
  void takesFractionsOf255WhereAllValuesAreFrom0To1() throws Exception {
    StringBuilder text = new StringBuilder();
    for (String format : List.of("%.6f", "%.18e", "%.3f", "%s")) {
      text.setLength(0);
      for (int value = 0; value < 256; value++) {
        text.append(format.formatted(value / 255.0)).append(value % 16 == 15 ? "\n" : ",");
      }
      Samples samples = table.read(text.toString());
      assertPixels(samples, IntStream.range(0, 256).toArray());
    }
  }

  @Test
  void roundsOtherDecimals() throws Exception {
    assertPixels(table.read("1,0,0.4,0.5\n0.6,1,254.5,2e1\n"), 1, 0, 0, 1, 1, 1, 255, 20);
    assertPixels(table.read("0.0,1.0,253.0,-0.0\n"), 0, 1, 253, 0);
  }

  @Test
  void takesZerosAndOnesForPaperAndInk() throws Exception {
    assertPixels(table.read("0,1,1,0\n"), 0, 255, 255, 0);
    assertPixels(table.read("0,1,1,0\n0,0,0,2\n"), 0, 1, 1, 0, 0, 0, 0, 2);
  }

  @Test
  void readsValuesFromMinus1To1() throws Exception {
    Samples samples = table.read("id,label,a,b,c,d\n5,7,0,1,0.5,-1\n6,8,-0.00392157,0,1,1\n");
    assertPixels(samples, 128, 255, 191, 0, 127, 128, 255, 255);
    assertLabels(samples, 7, 8);
    assertEquals(2, table.notes.size());
    assertTrue(
        table.notes.get(1).endsWith(": values are from -1 to 1: -1 was taken for 0, 1 for 255"));
    table.assertRefused(
        ":2: column 1: expected a pixel from 0 to 255, found '-1'", "0,1,0,1\n-1,0,0,2\n");
    table.assertRefused(
        ":1: column 2: expected a pixel from 0 to 255, found '-1e-3'", "0,-1e-3,0,1\n");
  }

  @Test
  void readsAllPiecesOfAGzipFile() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(packed("gzip", KAGGLE));
    bytes.write(packed("gzip", "9,8,7,6,5\n"));
    assertLabels(table.read(bytes.toByteArray(), TableOptions.DEFAULT), 7, 1, 9);
  }

  /** More rows than a block holds, with the value that decides on all others at the end. */
  @Test
  void readsManyBlocks() throws Exception {
    int count = 300_000;
    String text = "label,a,b,c,d\n" + "3,0,1,1,0\n".repeat(count) + "4,2,0.5,0,7\n";
    Samples samples = table.read(text);
    assertEquals(count + 1, samples.count());
    for (int i = 0; i < count; i++) {
      assertEquals(0x00010100, intAt(samples.pixels(), i));
    }
    assertEquals(0x02010007, intAt(samples.pixels(), count));
  }

  private static int intAt(byte[] pixels, int row) {
    return ByteBuffer.wrap(pixels).getInt(4 * row);
  }

  @Test
  void readsLabelsAsTheyAreWritten() throws Exception {
    assertLabels(table.read("label,a\n7.0,9\n2e1,9\n1234567890,9\n"), 7, 20, 1_234_567_890);
    Samples names = table.read("label,a\n7,9\n3.0,9\nA,9\n7,9\n3,9\nB,9\n");
    assertEquals(List.of("7", "3", "A", "B"), names.labelNames());
    assertLabels(names, 0, 1, 2, 0, 1, 3);
    assertEquals(List.of("ä", "日"), table.read("label,a\nä,9\n日,9\n").labelNames());
  }

  @Test
  void takesTheSizeThatIsSet() throws Exception {
    assertEquals(new ImageSize(2, 3), table.read("1,2,3,4,5,6\n", size(2, 3)).size());
    assertEquals(new ImageSize(1, 3), table.read("1,2,3,4\n", size(1, 3)).size());
    assertEquals(new ImageSize(2, 2), table.read("1,2,3,4\n", size(2, 3)).size());
    assertEquals(
        ": expected a label and a square number of pixels in a row or those of data.size=2x3, found 8 columns",
        table.refused("1,2,3,4,5,6,7,8\n", size(2, 3)));
  }

  @Test
  void saysWhereAValueIsWrong() throws Exception {
    String start = KAGGLE + "5,1,";
    String at = ":4: column 3 ('pixel1'): expected a pixel from 0 to 255, found ";
    table.assertRefused(at + "'256'", start + "256,3,4\n");
    table.assertRefused(at + "'-1'", start + "-1,3,4\n");
    table.assertRefused(at + "'255.4'", start + "255.4,3,4\n");
    table.assertRefused(at + "'abc'", start + "abc,3,4\n");
    table.assertRefused(at + "'1e'", start + "1e,3,4\n");
    table.assertRefused(at + "'1.2.3'", start + "1.2.3,3,4\n");
    table.assertRefused(at + "'" + "9".repeat(40) + "...'", start + "9".repeat(50) + ",3,4\n");
    table.assertRefused(at + "'\\x1b[0m'", start + "\u001b[0m,3,4\n");
    table.assertRefused(at + "an empty cell", start + ",3,4\n");
    table.assertRefused(at + "'NaN', a missing value", start + "NaN,3,4\n");
    table.assertRefused(
        ":1: column 2: expected a pixel from 0 to 255, found '?', a missing value", "1,?,3,4\n");
  }

  @Test
  void saysWhereALabelIsWrong() throws Exception {
    String at = ":2: column 1 ('label'): expected ";
    table.assertRefused(
        at + "a label: a whole number from 0, or a name, found '-1'", "label,a\n-1,3\n");
    table.assertRefused(
        at + "a label: a whole number from 0, or a name, found '1.5'", "label,a\n1.5,3\n");
    table.assertRefused(at + "a label, found an empty cell", "label,a\n,3\n");
    String many =
        IntStream.range(0, 4_097).mapToObj(i -> "n" + i + ",3\n").collect(Collectors.joining());
    table.assertRefused(
        ":4098: column 1 ('label'): expected at most 4096 different labels, found 'n4096'",
        "label,a\n" + many);
  }

  @Test
  void saysWhichRowHasAnotherNumberOfColumns() throws Exception {
    table.assertRefused(":4: expected 5 columns, found 4", KAGGLE + "5,1,2,3\n");
    table.assertRefused(":4: expected 5 columns, found 6", KAGGLE + "5,1,2,3,4,5\n");
    table.assertRefused(":4: expected 5 columns, found 6", KAGGLE + "5,1,2,3,4,\n");
    table.assertRefused(":5: expected 5 columns, found 1", KAGGLE + "\n5\n");
    table.assertRefused(":2: expected 5 columns, found 4", "1 2 3 4 5\n1 2  3 4 \n");
  }

  @Test
  void refusesWhatIsNoTableOfPixels() throws Exception {
    table.assertRefused(": expected a table of pixels, found no row", "");
    table.assertRefused(": expected a table of pixels, found no row", "\n \n\r\n");
    table.assertRefused(
        ":1: expected a row of pixels after the header, found the end", "label,a\n");
    table.assertRefused(
        ":4: column 5 ('pixel3'): expected a quote that ends with the cell, found '\"4'",
        KAGGLE + "5,1,2,3,\"4\n");
    table.assertRefused(
        ":4: column 3 ('pixel1'): expected a quote that ends with the cell, found '\"2\" 3,4,5'",
        KAGGLE + "5,1,\"2\" 3,4,5\n");
    table.assertRefused(
        ": expected at most 16386 columns, found 16387 or more", "1,".repeat(20_000) + "1\n");
    table.assertRefused(
        ":1: expected lines of at most 1048576 bytes, found more", "1,".repeat(800_000) + "1\n");
    table.assertRefused(
        ":3: expected lines of at most 1048576 bytes, found more",
        "label,a\n1,2\n1," + "0".repeat(1_700_000) + "\n");
    byte[] wide = KAGGLE.getBytes(StandardCharsets.UTF_16);
    assertEquals(
        ": expected text in UTF-8, found UTF-16: save it as UTF-8",
        table.refused(wide, TableOptions.DEFAULT));
    byte[] latin = "label,a\ngrün,2\n".getBytes(StandardCharsets.ISO_8859_1);
    String message = table.refused(latin, TableOptions.DEFAULT);
    assertTrue(message.startsWith(":2: expected text in UTF-8, found "), message);
  }

  @Test
  void saysThatATableListsFiles() throws Exception {
    table.assertRefused(
        ":1: column 1: expected pixels, found the name of a picture file: 'a/5.PNG': the table lists files",
        "a/5.PNG,5\n");
    table.assertRefused(
        ":2: column 2: expected pixels, found the name of a picture file: 'a.jpg': the table lists files",
        "label,file\n5,a.jpg\n");
    assertEquals(
        OptionalInt.of(1),
        CsvReader.pictureColumn(
            table.write("label,file\n5,a.jpg\n".getBytes(StandardCharsets.UTF_8))));
    assertEquals(
        OptionalInt.empty(),
        CsvReader.pictureColumn(table.write(KAGGLE.getBytes(StandardCharsets.UTF_8))));
    assertEquals(
        List.of("label", "pixel0", "pixel1", "pixel2", "pixel3"),
        CsvReader.headerOf(table.write(KAGGLE.getBytes(StandardCharsets.UTF_8))));
    assertEquals(List.of(), CsvReader.headerOf(table.write(new byte[0])));
  }

  /** Far fewer bytes than the limit on what is inflated: the row alone is refused. */
  @Test
  void refusesTextThatNoTableInflatesTo() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      byte[] blank = "\n".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < 90; i++) {
        out.write(blank);
      }
    }
    String message = table.refused(bytes.toByteArray(), TableOptions.DEFAULT);
    assertTrue(
        message.startsWith(": refused: expected at most 200 times the length of the gzip data"),
        message);
  }

  @Test
  void readsWhateverIsWrittenInAnyOfTheForms() throws Exception {
    Random random = new Random(3);
    for (int round = 0; round < 20; round++) {
      int[] values = random.ints(400, 0, 256).toArray();
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < values.length; i++) {
        String number = random.nextBoolean() ? values[i] + "" : values[i] + ".0";
        text.append(random.nextInt(4) == 0 ? "\"" + number + "\"" : number);
        text.append(i % 100 == 99 ? "\n" : random.nextInt(5) == 0 ? " , " : ",");
      }
      assertPixels(table.read(text.toString()), values);
    }
  }
}
