package io.mnist4j.data.source;

import io.mnist4j.files.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;

/** The SHA-256 of a list of files, by their names and two numbers that change with a content. */
public final class Fingerprint {
  private final MessageDigest sha = Sha256.start();
  private final ByteBuffer numbers = ByteBuffer.allocate(2 * Long.BYTES);

  /** Adds files on disk, by their lengths and times of change. */
  public void addFiles(List<Path> files) throws IOException {
    for (Path file : files) {
      add(
          file.toAbsolutePath().toString(),
          Files.size(file),
          Files.getLastModifiedTime(file).toMillis());
    }
  }

  /** Adds what else a content depends on. */
  public void add(String text) {
    add(text, -1, -1);
  }

  void add(String name, long first, long second) {
    sha.update(name.getBytes(StandardCharsets.UTF_8));
    // No name holds it, so that two lists of names cannot run into the same bytes.
    sha.update((byte) 0);
    sha.update(numbers.clear().putLong(first).putLong(second).flip());
  }

  /** To be called once. */
  public String hex() {
    return Sha256.hex(sha);
  }
}
