package io.mnist4j.data.tabular;

import static io.mnist4j.data.tabular.TableFixture.assertLabels;
import static io.mnist4j.data.tabular.TableFixture.assertPixels;
import static io.mnist4j.data.tabular.TableFixture.label;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.ImageSize;
import io.mnist4j.data.Samples;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArffReaderTest {
  /** As OpenML has it. */
  private static final String HEADER =
      """
      % Digits
      @RELATION mnist_784

      @ATTRIBUTE pixel1 real
      @ATTRIBUTE pixel2 REAL
      @attribute 'pixel 3' integer % a comment
      @attribute "pixel4" numeric [0,255]
      @ATTRIBUTE class {0,1,2,3,4,5,6,7,8,9}

      @DATA
      """;

  @TempDir Path folder;
  private TableFixture table;

  @BeforeEach
  void create() {
    table = new TableFixture(folder, ArffReader::read);
  }

  @Test
  void readsRows() throws Exception {
    Samples samples = table.read(HEADER + "0,12,255,3,7\n% a comment\n\n 4, 5,\t6,77 , 1\n");
    assertEquals(new ImageSize(2, 2), samples.size());
    assertPixels(samples, 0, 12, 255, 3, 4, 5, 6, 77);
    assertLabels(samples, 7, 1);
    assertEquals(List.of(), samples.labelNames());
  }

  @Test
  void readsSparseRows() throws Exception {
    Samples samples = table.read(HEADER + "{1 12, 2 255,3 3,4 7}\n{ 0  4 }\n{}\n{4 '2'}\n");
    assertPixels(samples, 0, 12, 255, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    assertLabels(samples, 7, 0, 0, 2);
  }

  @Test
  void readsAnyCaseSeparatorAndEndOfLine() throws Exception {
    String text = HEADER.toLowerCase(Locale.ROOT) + "0,12,255,3,7\n";
    for (String end : List.of("\r\n", "\r")) {
      assertLabels(table.read(text.replace("\n", end)), 7);
    }
    assertLabels(table.read(HEADER + "0\t12\t255\t3\t7\n"), 7);
    assertLabels(table.read(HEADER + "0 12 255 3 7\n"), 7);
    byte[] packed = CsvReaderTest.packed("gzip", text);
    assertLabels(table.read(packed, TableOptions.DEFAULT), 7);
  }

  @Test
  void namesClassesInTheOrderOfTheAttribute() throws Exception {
    String header =
        "@relation r\n@attribute a numeric\n@attribute kind {'T shirt', \"dress\",b's,'it\\'s'}\n@data\n";
    Samples samples = table.read(header + "1,'it\\'s'\n7,dress\n8,\"T shirt\"\n");
    assertEquals(List.of("T shirt", "dress", "b's", "it's"), samples.labelNames());
    assertLabels(samples, 3, 1, 0);
    assertLabels(table.read(header + "{}\n{0 8, 1 dress}\n"), 0, 1);
  }

  /** What stands for a class that is absent in a sparse row is the first value, whatever it is. */
  @Test
  void takesTheFirstValueForAnAbsentClass() throws Exception {
    String header = "@relation r\n@attribute a numeric\n@attribute class {5,3}\n@data\n";
    assertLabels(table.read(header + "{0 9}\n{0 9,1 3}\n"), 5, 3);
    String number = header.replace("{5,3}", "integer");
    assertLabels(table.read(number + "{0 9}\n{0 9,1 3}\n"), 0, 3);
  }

  @Test
  void findsTheClass() throws Exception {
    String header = "@relation r\n@attribute Label integer\n@attribute a numeric\n@data\n";
    assertLabels(table.read(header + "3,9\n"), 3);
    String named = header.replace("Label", "kind");
    assertLabels(table.read(named + "3,9\n", label("kind")), 3);
    assertTrue(table.read("@attribute a numeric\n@data\n7\n").labels().isEmpty());
    assertEquals(
        ": cannot tell which attribute is the label: none is named class or label, and the last is"
            + " not nominal: say data.label-column=NAME",
        table.refused(named + "3,9\n", TableOptions.DEFAULT));
  }

  @Test
  void takesFractionsAsACsvFile() throws Exception {
    assertPixels(table.read(HEADER + "0,1,0.498039,0.003922,1\n"), 0, 255, 127, 1);
    assertPixels(table.read(HEADER + "{0 0.498039,4 1}\n"), 127, 0, 0, 0);
  }

  @Test
  void saysWhereAValueIsWrong() throws Exception {
    table.assertRefused(
        ":11: column 2 ('pixel2'): expected a pixel from 0 to 255, found '?', a missing value",
        HEADER + "0,?,0,0,1\n");
    table.assertRefused(
        ":11: column 3 ('pixel 3'): expected a pixel from 0 to 255, found '256'",
        HEADER + "0,0,256,0,1\n");
    table.assertRefused(
        ":12: column 3 ('pixel 3'): expected a pixel from 0 to 255, found 'x'",
        HEADER + "\n{1 1, 2 x}\n");
    table.assertRefused(
        ":11: column 5 ('class'): expected one of the 10 values that the attribute has, found '?', a missing value",
        HEADER + "0,0,0,0,?\n");
    table.assertRefused(
        ":11: column 5 ('class'): expected one of the 10 values that the attribute has, found '10'",
        HEADER + "{4 10}\n");
    table.assertRefused(":11: expected 5 columns, found 4", HEADER + "0,0,0,1\n");
    table.assertRefused(":11: expected 5 columns, found 6", HEADER + "0,0,0,0,1,{5}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{1 1, 1 2}", "{2 1, 1 2}", "{5 1}", "{-1 1}", "{x 1}", "{1}", "{1:2}"})
  void refusesPairsOutOfOrder(String row) throws Exception {
    String message = table.refused(HEADER + row + "\n", TableOptions.DEFAULT);
    assertTrue(message.startsWith(":11: expected pairs of a column from "), message);
  }

  @Test
  void refusesWhatIsNotWhole() throws Exception {
    table.assertRefused(
        ":11: expected a sparse row that ends with }, found none", HEADER + "{1 2, 3\n");
    table.assertRefused(":10: expected a row of pixels after @data, found the end", HEADER);
    table.assertRefused(
        ":2: expected a line with @data, found the end of the file",
        "@relation r\n@attribute a real\n");
    table.assertRefused(
        ":2: expected lines with @attribute NAME TYPE before @data, found none",
        "@relation r\n@data\n");
    table.assertRefused(":1: expected @relation, @attribute or @data, found '5,0,0'", "5,0,0\n");
    table.assertRefused(
        ":11: column 1 ('pixel1'): expected a quote that ends with the cell, found ''1,2,3,4,5'",
        HEADER + "'1,2,3,4,5\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@attribute",
        "@attribute a",
        "@attribute 'a numeric",
        "@attribute a {0,1",
        "@attribute a {}",
        "@attribute a {0,0}",
        "@attribute a {0,'1}",
        "@attribute a {0,,1}",
        "@attribute a number"
      })
  void refusesDeclarations(String line) throws Exception {
    String message = table.refused("@relation r\n" + line + "\n", TableOptions.DEFAULT);
    assertTrue(message.startsWith(":2: expected "), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"string", "date \"yyyy\"", "relational", "{a,b}"})
  void refusesPixelsThatAreNoNumbers(String type) throws Exception {
    String text =
        "@relation r\n@attribute a %s\n@attribute class {0,1}\n@data\n1,1\n".formatted(type);
    String message = table.refused(text, TableOptions.DEFAULT);
    assertTrue(
        message.startsWith(": attribute 1 ('a'): expected a number, found the type "), message);
  }

  @Test
  void refusesLabelsThatAreAnyText() throws Exception {
    table.assertRefused(
        ": attribute 2 ('class'): expected a label that is nominal or a number, found the type string",
        "@relation r\n@attribute a real\n@attribute class string\n@data\n1,1\n");
  }

  @Test
  void readsPixelsThatAreZeroOrOneByDeclaration() throws Exception {
    String text = "@relation r\n@attribute a {0,1}\n@attribute class {x,y}\n@data\n1,y\n{}\n";
    Samples samples = table.read(text);
    assertPixels(samples, 255, 0);
    assertLabels(samples, 1, 0);
  }

  @Test
  void leavesOutAnIndex() throws Exception {
    String text =
        "@relation r\n@attribute id string\n@attribute a real\n@attribute class {x,y}\n@data\n";
    Samples samples = table.read(text + "r1,9,y\n{0 r2,1 7}\n");
    assertPixels(samples, 9, 7);
    assertEquals(1, table.notes.size());
  }

  /** A few bytes for a row of thousands of pixels: what memory is taken is limited. */
  @Test
  void refusesMorePixelsThanTheFileCanStandFor() throws Exception {
    StringBuilder text = new StringBuilder("@relation r\n");
    for (int i = 0; i < 128 * 128; i++) {
      text.append("@attribute a").append(i).append(" real\n");
    }
    text.append("@data\n").append("{}\n".repeat(30_000));
    String message =
        table.refused(text.toString().getBytes(StandardCharsets.UTF_8), TableOptions.DEFAULT);
    assertTrue(message.startsWith(": refused: expected at most 200 pixels for each byte"), message);
  }
}
