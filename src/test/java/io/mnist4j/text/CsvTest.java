package io.mnist4j.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
