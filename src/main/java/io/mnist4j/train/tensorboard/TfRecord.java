package io.mnist4j.train.tensorboard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * TensorFlow's framing of records, little-endian: the length in 8 bytes, a checksum of these, the
 * content, a checksum of that. Source: tensorflow/core/lib/io/record_writer.h.
 */
final class TfRecord {
  /** kMaskDelta of tensorflow/core/lib/hash/crc32c.h. */
  private static final int MASK_DELTA = 0xa282ead8;

  private TfRecord() {}

  static byte[] of(byte[] content) {
    ByteBuffer record =
        ByteBuffer.allocate(Long.BYTES + Integer.BYTES + content.length + Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(content.length);
    record.putInt(maskedCrc(record.array(), Long.BYTES));
    record.put(content);
    record.putInt(maskedCrc(content, content.length));
    return record.array();
  }

  /** Masked, because a checksum of bytes that hold their own checksum is a poor one. */
  private static int maskedCrc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
  }
}
