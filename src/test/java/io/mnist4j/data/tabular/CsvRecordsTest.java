package io.mnist4j.data.tabular;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.source.DiskFile;
import io.mnist4j.errors.DataException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvRecordsTest {
  @TempDir Path folder;

  @Test
  void readsCells() throws Exception {
    assertEquals(
        List.of(
            new CsvRecords.Row(1, List.of("name", "label")),
            new CsvRecords.Row(3, List.of("a,b.png", "x \"y\"\nz")),
            new CsvRecords.Row(5, List.of("c.png", ""))),
        rows("\ufeffname, label\r\n\r\n\"a,b.png\",\"x \"\"y\"\"\nz\"\n c.png ,\n\n"));
    assertEquals(List.of(new CsvRecords.Row(1, List.of("a b", "c,d"))), rows("a b\tc,d"));
    assertEquals(List.of(new CsvRecords.Row(1, List.of("a", "b c"))), rows("  a   \"b c\" "));
    assertEquals(List.of(), rows(""));
  }

  @Test
  void readsMoreThanABlock() throws Exception {
    List<CsvRecords.Row> rows = rows("a.png;1\nb.png;2\n".repeat(60_000));
    assertEquals(120_000, rows.size());
    assertEquals(new CsvRecords.Row(120_000, List.of("b.png", "2")), rows.get(119_999));
  }

  @Test
  void refusesWhatDoesNotEnd() {
    assertRefused(
        ":2: column 2: expected a quote that ends with the cell, found ", "a,b\n1,\"2\n3");
    assertRefused(":1: column 1: expected a quote that ends with the cell, found ", "\"a\" b,c\n");
    assertRefused(":1: expected rows of at most 1048576 bytes", "\"" + "a,\n".repeat(500_000));
    assertRefused(":1: expected at most 16386 columns, found more", ",".repeat(17_000));
  }

  private void assertRefused(String expected, String text) {
    DataException e = assertThrows(DataException.class, () -> rows(text));
    assertTrue(e.getMessage().contains("table" + expected), e.getMessage());
  }

  private List<CsvRecords.Row> rows(String text) throws Exception {
    Path file = folder.resolve("table");
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    List<CsvRecords.Row> rows = new ArrayList<>();
    try (CsvRecords records = CsvRecords.open(DiskFile.of(file))) {
      for (Optional<CsvRecords.Row> row = records.next(); row.isPresent(); row = records.next()) {
        rows.add(row.get());
      }
    }
    return rows;
  }
}
