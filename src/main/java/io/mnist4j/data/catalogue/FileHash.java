package io.mnist4j.data.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A hash that somebody published of a file.
 *
 * @param hex lower-case
 * @param source who published it, such as {@code torchvision}
 */
public record FileHash(HashKind kind, String hex, String source) {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]+");
  private static final int BUFFER_BYTES = 1 << 17;

  /** What was hashed, and how. */
  public enum HashKind {
    /** SHA-256 of the uncompressed content, so any compression will do. */
    CONTENT("SHA-256", "SHA-256", 64),
    SHA256("SHA-256", "SHA-256", 64),
    MD5("MD5", "MD5", 32),
    /**
     * SHA-1 of the file after {@code blob}, a space, its length and a zero byte: git's name of it.
     */
    GIT_BLOB("git blob", "SHA-1", 40);

    private final String title;
    private final String algorithm;
    private final int digits;

    HashKind(String title, String algorithm, int digits) {
      this.title = title;
      this.algorithm = algorithm;
      this.digits = digits;
    }

    @Override
    public String toString() {
      return title;
    }

    /**
     * The hash of a file as it lies there, lower-case hex; of {@link #CONTENT} that of a file that
     * is not compressed.
     */
    public String of(Path file) throws IOException {
      MessageDigest digest = digest();
      if (this == GIT_BLOB) {
        digest.update("blob %d\0".formatted(Files.size(file)).getBytes(StandardCharsets.US_ASCII));
      }
      byte[] buffer = new byte[BUFFER_BYTES];
      try (InputStream in = Files.newInputStream(file)) {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          digest.update(buffer, 0, n);
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    }

    private MessageDigest digest() {
      try {
        return MessageDigest.getInstance(algorithm);
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError("every JDK has " + algorithm, e);
      }
    }
  }

  /**
   * @throws IllegalArgumentException if it cannot be a hash of its kind
   */
  public FileHash {
    if (hex.length() != kind.digits || !HEX.matcher(hex).matches()) {
      throw new IllegalArgumentException("not a %s: %s".formatted(kind, hex));
    }
  }
}
