package io.mnist4j.data.source;

import io.mnist4j.errors.DataException;
import io.mnist4j.files.FileProblem;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The files of a tar archive, plain or gzip. A tar archive has no directory, so it is read once to
 * its end, and its files are kept in memory as they are.
 */
public final class TarTree extends FileTree {
  /** Of all files together. */
  private static final long MAX_BYTES = 1L << 30;

  private static final int BUFFER_BYTES = 1 << 16;
  private static final int MAGIC_AT = 257;
  private static final byte[] MAGIC = {'u', 's', 't', 'a', 'r'};

  private final Path archive;

  private record ArchivedFile(Path archive, String name, byte[] content) implements FileEntry {
    @Override
    public long size() {
      return content.length;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(content);
    }

    @Override
    public Optional<Path> path() {
      return Optional.empty();
    }

    @Override
    public String toString() {
      return archive + ": " + name;
    }
  }

  /** Whether the first 262 bytes or more of a file, inflated, are those of a tar archive. */
  public static boolean isTar(byte[] head) {
    return head.length >= MAGIC_AT + MAGIC.length
        && Arrays.equals(head, MAGIC_AT, MAGIC_AT + MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /**
   * Reads an archive.
   *
   * @throws DataException if it is damaged, has two files of one name, or is too long
   */
  public TarTree(Path archive) throws DataException {
    super(archive);
    this.archive = archive;
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive), BUFFER_BYTES);
        TarArchiveInputStream tar = new TarArchiveInputStream(inflated(file))) {
      read(tar, Files.size(archive));
    } catch (IOException | IllegalArgumentException e) {
      String reason = e instanceof IOException io ? FileProblem.reason(io) : e.getMessage();
      throw new DataException("%s: a damaged tar archive: %s".formatted(archive, reason), e);
    }
    sort();
  }

  private static InputStream inflated(InputStream file) throws IOException {
    file.mark(2);
    boolean gzip = file.read() == 0x1f && file.read() == 0x8b;
    file.reset();
    return gzip ? new GZIPInputStream(file, BUFFER_BYTES) : file;
  }

  private void read(TarArchiveInputStream tar, long archiveBytes)
      throws IOException, DataException {
    long most = Math.min(MAX_BYTES, InflationLimit.of(archiveBytes));
    Set<String> names = new HashSet<>();
    long bytes = 0;
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      String name = entry.getName().replaceFirst("^(\\./)+", "").replaceFirst("/$", "");
      boolean isHidden = FileNames.isHidden(name);
      if (!entry.isFile() || isHidden || name.isEmpty()) {
        if (entry.isFile() && isHidden) {
          countHidden();
        } else if (entry.isDirectory() && !isHidden) {
          addFoldersAround(name + "/");
        }
        continue;
      }
      bytes += entry.getSize();
      if (entry.getSize() < 0 || bytes > most || entries().size() >= MAX_FILES) {
        throw new DataException(
            "%s: its files are more than %d MiB; unpack it, and name the folder"
                .formatted(archive, most >> 20));
      }
      if (!names.add(name)) {
        throw new DataException(
            "%s: a damaged tar archive: two files are called %s".formatted(archive, name));
      }
      byte[] content = tar.readNBytes((int) entry.getSize());
      if (content.length < entry.getSize()) {
        throw new IOException("it is cut off in " + name);
      }
      add(new ArchivedFile(archive, name, content));
      addFoldersAround(name);
    }
  }

  @Override
  long version(FileEntry entry) {
    CRC32 sum = new CRC32();
    sum.update(((ArchivedFile) entry).content());
    return sum.getValue();
  }
}
