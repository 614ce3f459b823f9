package io.mnist4j.data.source;

import io.mnist4j.files.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The SHA-256 of a list of files, by their names and two numbers that change with a content. */
final class Fingerprint {
  private final MessageDigest sha = Sha256.start();
  private final ByteBuffer numbers = ByteBuffer.allocate(2 * Long.BYTES);

  void add(String name, long first, long second) {
    sha.update(name.getBytes(StandardCharsets.UTF_8));
    // No name holds it, so that two lists of names cannot run into the same bytes.
    sha.update((byte) 0);
    sha.update(numbers.clear().putLong(first).putLong(second).flip());
  }

  /** To be called once. */
  String hex() {
    return Sha256.hex(sha);
  }
}
