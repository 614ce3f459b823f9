package io.mnist4j.data.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Streams written by hand after Snappy's format description. */
class SnappyTest {
  @Test
  void literalsAndCopies() throws Exception {
    // "ab", then 5 bytes from 2 before by a tag with 11 bits of offset: they overlap their copy.
    assertEquals("abababa", decompress(7, 7, 1 << 2, 'a', 'b', 1 << 2 | 1, 2));
    // "abcd", then 3 bytes from 4 before by 16 bits, then 2 from 3 before by 32 bits.
    assertEquals(
        "abcdabcab",
        decompress(9, 9, 3 << 2, 'a', 'b', 'c', 'd', 2 << 2 | 2, 4, 0, 1 << 2 | 3, 3, 0, 0, 0));
    // A literal whose length, less one, stands behind the tag.
    assertEquals("xyz", decompress(3, 3, 60 << 2, 2, 'x', 'y', 'z'));
    assertEquals("xyz", decompress(3, 3, 61 << 2, 2, 0, 'x', 'y', 'z'));
    assertEquals("", decompress(0, 0));
  }

  @Test
  void lengthsOfSeveralBytes() throws Exception {
    byte[] content = "0123456789".repeat(100).getBytes(StandardCharsets.US_ASCII);
    byte[] stream = ParquetFixture.snappy(content);
    byte[] out = new byte[1_000];
    Snappy.decompress(new ByteCursor(stream, 0, stream.length), out);
    assertEquals("0123456789".repeat(100), new String(out, StandardCharsets.US_ASCII));
  }

  @Test
  void damagedStreams() {
    refuses("expected 4 bytes, found 5", 4, 5, 0, 'a');
    refuses("expected 4 bytes, found 1", 4, 4, 0, 'a');
    refuses("expected 1 bytes, found more", 1, 1, 1 << 2, 'a', 'b');
    refuses("a reference to 2 bytes before byte 1", 8, 8, 0, 'a', 1, 2);
    refuses("a reference to 0 bytes before byte 1", 8, 8, 0, 'a', 1, 0);
    refuses("a reference to 4294967295 bytes", 8, 8, 0, 'a', 3, 255, 255, 255, 255);
    refuses("expected 3 bytes, found more", 3, 3, 0, 'a', 1, 1);
    refuses("expected 3 more bytes, found 1", 3, 3, 2 << 2, 'a');
    refuses("expected 2 more bytes, found 0", 3, 3, 0, 'a', 2);
  }

  private static String decompress(int length, int... stream) throws ParquetFormatException {
    byte[] bytes = new byte[stream.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) stream[i];
    }
    byte[] out = new byte[length];
    Snappy.decompress(new ByteCursor(bytes, 0, bytes.length), out);
    return new String(out, StandardCharsets.US_ASCII);
  }

  private static void refuses(String complaint, int length, int... stream) {
    ParquetFormatException e =
        assertThrows(ParquetFormatException.class, () -> decompress(length, stream));
    assertTrue(e.getMessage().contains(complaint), e.getMessage());
  }
}
