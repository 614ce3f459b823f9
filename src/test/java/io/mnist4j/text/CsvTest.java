package io.mnist4j.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {
  @Test
  void quotesWhatWouldBeTakenForAnotherCell() {
    assertEquals("plain text", Csv.cell("plain text"));
    assertEquals("", Csv.cell(""));
    assertEquals("\"a,b\"", Csv.cell("a,b"));
    assertEquals("\"say \"\"x\"\"\"", Csv.cell("say \"x\""));
    assertEquals("\"two\nlines\"", Csv.cell("two\nlines"));
    assertEquals("\"carriage\rreturn\"", Csv.cell("carriage\rreturn"));
  }

  @Test
  void writesARow() {
    assertEquals("name,3,0.5,\"a,b\",\n", Csv.row(List.of("name", 3, 0.5, "a,b", "")));
  }

  @Test
  void readsALineThatItWrote() {
    List<String> cells = List.of("plain text", "", "a,b", "say \"x\"", "\"", "");
    assertEquals(cells, Csv.cells(Csv.row(cells).stripTrailing()));
    assertEquals(List.of(""), Csv.cells(""));
    assertEquals(List.of("", ""), Csv.cells(","));
  }

  @Test
  void whatIsNoCsvIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Csv.cells("a,\"b"));
    assertThrows(IllegalArgumentException.class, () -> Csv.cells("\"a\"b,c"));
  }
}
