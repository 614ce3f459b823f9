package io.mnist4j.data.pictures;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TiffDirectoryTest {

  private static final int SHORT = 3;
  private static final int LONG = 4;

  @Test
  void valuesLieInTheEntryOrElsewhere() {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      ByteBuffer file = file(order, 279, LONG, 2, 40).putInt(40, -1).putInt(44, 7);
      assertArrayEquals(new long[] {0xffff_ffffL, 7}, TiffDirectory.of(file).values(279).toArray());
      assertEquals(0, TiffDirectory.of(file).values(280).count());
      ByteBuffer one = file(order, 274, SHORT, 1, 0).putShort(18, (short) 6);
      assertArrayEquals(new long[] {6}, TiffDirectory.of(one).values(274).toArray());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "279, 64, true", "279, 65, false", "325, 65, false", "277, 5, true", "277, 6, false",
    "258, 16, true", "258, 29, false", "259, 5, true", "259, 6, false", "259, 7, false"
  })
  void whatWouldTakeTooMuchIsNotReadable(int tag, int value, boolean readable) {
    ByteBuffer file = file(ByteOrder.BIG_ENDIAN, tag, LONG, 1, value);
    assertEquals(readable, TiffDirectory.of(file).isReadable());
  }

  @Test
  void aPlaceBeyondTheEndIsAnError() {
    TiffDirectory directory = TiffDirectory.of(file(ByteOrder.BIG_ENDIAN, 279, LONG, 2, 60));
    assertThrows(IndexOutOfBoundsException.class, () -> directory.values(279).sum());
    assertThrows(IndexOutOfBoundsException.class, () -> directory.isReadable());
  }

  /** 64 bytes with a directory of one entry at the eighth byte. */
  private static ByteBuffer file(ByteOrder order, int tag, int type, int count, int value) {
    return ByteBuffer.allocate(64)
        .order(order)
        .put(0, (byte) (order == ByteOrder.BIG_ENDIAN ? 'M' : 'I'))
        .putInt(4, 8)
        .putShort(8, (short) 1)
        .putShort(10, (short) tag)
        .putShort(12, (short) type)
        .putInt(14, count)
        .putInt(18, value);
  }
}
