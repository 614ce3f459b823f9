package io.mnist4j.train.privacy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Random bits that nobody can tell from others who does not know the key: AES-256 in counter mode
 * (NIST SP 800-38A). A key gives a stream for each step and each part of it, so that threads need
 * no order. For one thread at a time.
 */
final class RandomStream {
  private static final int BYTES = 4_096;
  private static final int BLOCK = 16;
  private static final byte[] ZEROS = new byte[BYTES];

  private final Cipher cipher;
  private final SecretKeySpec key;
  private final byte[] bytes = new byte[BYTES];
  private final long[] numbers = new long[BYTES / Long.BYTES];
  private int next = numbers.length;

  /**
   * @param key 32 bytes
   */
  RandomStream(byte[] key) {
    try {
      cipher = Cipher.getInstance("AES/CTR/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK lacks AES", e);
    }
    this.key = new SecretKeySpec(key, "AES");
  }

  /** Goes to the beginning of the stream of a part of a step. */
  void begin(long step, int part) {
    byte[] counter = ByteBuffer.allocate(BLOCK).putLong(step).putInt(part).array();
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counter));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    next = numbers.length;
  }

  /** The next 64 bits. */
  long nextLong() {
    if (next == numbers.length) {
      fill();
    }
    return numbers[next++];
  }

  /** Uniform in (0, 1], in steps of 2^-53. */
  double nextDouble() {
    return ((nextLong() >>> 11) + 1) * 0x1.0p-53;
  }

  private void fill() {
    try {
      cipher.update(ZEROS, 0, BYTES, bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(numbers);
    next = 0;
  }
}
