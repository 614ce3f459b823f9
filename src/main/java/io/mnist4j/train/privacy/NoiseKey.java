package io.mnist4j.train.privacy;

import io.mnist4j.files.Sha256;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** The secret that all chance of a private training is made of. */
public final class NoiseKey {
  private static final int BYTES = 32;

  private final byte[] bytes;

  private NoiseKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A new one from the system's source of randomness, known to this process alone. */
  public static NoiseKey secret() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new NoiseKey(bytes);
  }

  /** One that anybody can make who knows the seed. */
  public static NoiseKey ofSeed(long seed) {
    return new NoiseKey(
        Sha256.start().digest(ByteBuffer.allocate(Long.BYTES).putLong(seed).array()));
  }

  RandomStream stream() {
    return new RandomStream(bytes);
  }
}
