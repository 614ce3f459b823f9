package io.mnist4j.data.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class HybridRunsTest {
  /** The example of {@code Encodings.md}: 0 to 7 in three bits each. */
  @Test
  void packedGroup() throws Exception {
    HybridRuns runs = runs("0388c6fa", 3);
    for (int i = 0; i < 8; i++) {
      assertEquals(i, runs.next());
    }
    assertThrows(ParquetFormatException.class, runs::next);
  }

  @Test
  void runThenGroup() throws Exception {
    // 200 times 4 in a byte each, then eight numbers of nine bits, of which two are there.
    HybridRuns runs = runs("900304" + "03" + "88c6fa", 3);
    for (int i = 0; i < 200; i++) {
      assertEquals(4, runs.next());
    }
    assertEquals(0, runs.next());
    assertEquals(1, runs.next());
  }

  @Test
  void widthsFromNoneToAll() throws Exception {
    assertEquals(0, runs("04", 0).next());
    assertEquals(0x1234, runs("023412", 13).next());
    assertEquals(-1, runs("02ffffffff", 32).next());
    assertEquals(-1, runs("03" + "ff".repeat(32), 32).next());
    assertThrows(ParquetFormatException.class, () -> runs("02", 33));
  }

  @Test
  void groupThatIsCutAfterItsLastNumber() throws Exception {
    HybridRuns runs = runs("0388", 3);
    assertEquals(0, runs.next());
    assertEquals(1, runs.next());
    assertThrows(ParquetFormatException.class, runs::next);
  }

  private static HybridRuns runs(String hex, int width) throws ParquetFormatException {
    byte[] bytes = HexFormat.of().parseHex(hex);
    return new HybridRuns(new ByteCursor(bytes, 0, bytes.length), width);
  }
}
