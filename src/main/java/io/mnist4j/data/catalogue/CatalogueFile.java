package io.mnist4j.data.catalogue;

import java.util.regex.Pattern;

/**
 * One file of a data set, identified by its content.
 *
 * @param role which of the four it is
 * @param sha256 of the uncompressed content, lower-case hex
 * @param contentBytes length of the uncompressed content, at least 8
 */
public record CatalogueFile(FileRole role, String sha256, long contentBytes) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /**
   * @throws IllegalArgumentException if the hash or the length cannot be one
   */
  public CatalogueFile {
    if (!SHA256.matcher(sha256).matches() || contentBytes < 8) {
      throw new IllegalArgumentException(
          "%s: not a SHA-256 and a length: %s, %d".formatted(role, sha256, contentBytes));
    }
  }

  /** The most that the file can take up, compressed or not: deflate adds 5 bytes a block. */
  public long maxFileBytes() {
    return contentBytes + contentBytes / 1000 + 4096;
  }
}
