package io.mnist4j.data.catalogue;

import io.mnist4j.data.catalogue.FileHash.HashKind;
import java.util.List;
import java.util.Optional;

/**
 * One file of a data set.
 *
 * @param name as mirrors have it
 * @param role which of the four it is; empty if it is no IDX file
 * @param hash that it must have; empty if none was published
 * @param fileBytes its length as it was published; 0 if that is not known
 * @param maxFileBytes the most that it can take up
 */
public record CatalogueFile(
    String name,
    FileForm form,
    Optional<FileRole> role,
    Optional<FileHash> hash,
    long fileBytes,
    long maxFileBytes) {
  private static final long SHORTEST = 8;

  /**
   * @throws IllegalArgumentException if it has no length, or a role that does not go with its form
   */
  public CatalogueFile {
    if (maxFileBytes < SHORTEST
        || fileBytes > maxFileBytes
        || role.isPresent() != (form == FileForm.IDX)) {
      throw new IllegalArgumentException(
          "%s: not a file: %s, %d of %d bytes".formatted(name, form, fileBytes, maxFileBytes));
    }
  }

  /**
   * An IDX file under its standard name that is known by its content, however it is compressed.
   *
   * @param sha256 of the uncompressed content, lower-case hex
   * @param contentBytes length of the uncompressed content, at least 8
   */
  public static CatalogueFile ofContent(FileRole role, String sha256, long contentBytes) {
    FileHash hash = new FileHash(HashKind.CONTENT, sha256, "mnist4j");
    return new CatalogueFile(
        role.gzipName(), FileForm.IDX, Optional.of(role), Optional.of(hash), 0, most(contentBytes));
  }

  /** An IDX file of unknown length that is known by its hash, or by nothing. */
  public static CatalogueFile idx(
      FileRole role, String name, Optional<FileHash> hash, long contentBytes) {
    return new CatalogueFile(name, FileForm.IDX, Optional.of(role), hash, 0, most(contentBytes));
  }

  /** A file that is known by its hash. */
  public static CatalogueFile of(String name, FileForm form, FileHash hash, long maxFileBytes) {
    return new CatalogueFile(name, form, Optional.empty(), Optional.of(hash), 0, maxFileBytes);
  }

  /**
   * A table of labels that is known by its content, gzipped or not.
   *
   * @param name of the gzipped file
   * @param sha256 of the uncompressed content, lower-case hex
   * @param contentBytes length of the uncompressed content, at least 8
   */
  static CatalogueFile ofTable(String name, String sha256, long contentBytes) {
    FileHash hash = new FileHash(HashKind.CONTENT, sha256, "mnist4j");
    return of(name, FileForm.LABEL_TABLE, hash, most(contentBytes));
  }

  /** The same, of which the length is known. */
  public CatalogueFile ofLength(long bytes) {
    return new CatalogueFile(name, form, role, hash, bytes, bytes);
  }

  /** Deflate adds 5 bytes a block. */
  private static long most(long contentBytes) {
    return contentBytes + contentBytes / 1000 + 4096;
  }

  private boolean isKnownByContent() {
    return hash.filter(known -> known.kind() == HashKind.CONTENT).isPresent();
  }

  /**
   * Every name under which it is looked for, in order: one alone where the file as it was published
   * is what counts.
   */
  public List<String> names() {
    if (!isKnownByContent()) {
      return List.of(name);
    }
    return role.map(FileRole::names).orElseGet(() -> List.of(name, withoutGzip()));
  }

  /** What messages call it: without {@code .gz} where any compression will do. */
  public String title() {
    return isKnownByContent() ? role.map(FileRole::fileName).orElseGet(this::withoutGzip) : name;
  }

  private String withoutGzip() {
    return name.replaceFirst("\\.gz$", "");
  }
}
