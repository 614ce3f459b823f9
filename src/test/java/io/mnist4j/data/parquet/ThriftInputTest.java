package io.mnist4j.data.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThriftInputTest {
  @Test
  void goesOverEveryTypeThatNobodyAsksFor() throws Exception {
    ThriftOutput out =
        new ThriftOutput()
            .bool(1, true)
            .raw(2, 3, 0x7f)
            .raw(3, 4, 0x80, 0x01)
            .raw(4, 7, 0, 0, 0, 0, 0, 0, 0, 0)
            .text(5, "five")
            .texts(6, List.of("a", "b"))
            .raw(7, 10, 0x21, 1, 2)
            .raw(8, 11, 2, 0x38, 7, 1, 'x', 9, 0)
            .raw(9, 11, 0)
            .struct(10, new ThriftOutput().number(3, 4))
            .number(40, -5);
    List<Long> read = new ArrayList<>();
    ThriftInput in = in(out.bytes());
    in.struct(
        (id, type) -> {
          if (id == 40) {
            read.add(in.integer(type));
          }
          return id == 40;
        });
    assertEquals(List.of(-5L), read);
  }

  @Test
  void contentThatIsNoStruct() {
    refuses("nested more than 32 deep", nested(33));
    refuses("expected 1 more bytes, found 0", new byte[] {0x16});
    refuses("expected 127 more bytes, found 1", new byte[] {0x18, 127, 1});
    refuses("a list that is longer than what is left", new byte[] {0x19, (byte) 0xfc, 100, 0});
    refuses("wrong type, 14", new byte[] {0x1e, 0});
  }

  private static byte[] nested(int depth) {
    ThriftOutput inner = new ThriftOutput();
    for (int i = 1; i < depth; i++) {
      inner = new ThriftOutput().struct(1, inner);
    }
    return inner.bytes();
  }

  @Test
  void nestedAsDeepAsMayBe() throws Exception {
    in(nested(32)).struct((id, type) -> false);
  }

  private static void refuses(String complaint, byte[] content) {
    ParquetFormatException e =
        assertThrows(ParquetFormatException.class, () -> in(content).struct((id, type) -> false));
    assertTrue(e.getMessage().contains(complaint), e.getMessage());
  }

  private static ThriftInput in(byte[] content) {
    return new ThriftInput(new ByteCursor(content, 0, content.length));
  }
}
