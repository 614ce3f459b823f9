package io.mnist4j.data.source;

import io.mnist4j.errors.DataException;
import io.mnist4j.files.FileProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.io.input.ChecksumInputStream;

/**
 * The files of a zip archive. Nothing is unpacked: an entry's name is a name and no path. The JDK's
 * own reader takes memory for as many entries as an archive claims to have, so it is not used.
 */
public final class ZipTree extends FileTree {
  private final Path archive;
  private final ZipFile zip;

  private record ZippedFile(ZipTree tree, ZipArchiveEntry entry) implements FileEntry {
    @Override
    public String name() {
      return entry.getName();
    }

    @Override
    public long size() {
      return entry.getSize();
    }

    @Override
    public InputStream open() throws IOException {
      // The library itself does not compare it.
      return new ChecksumInputStream.Builder()
          .setInputStream(tree.zip.getInputStream(entry))
          .setChecksum(new CRC32())
          .setCountThreshold(entry.getSize())
          .setExpectedChecksumValue(entry.getCrc())
          .get();
    }

    @Override
    public Optional<Path> path() {
      return Optional.empty();
    }

    @Override
    public String toString() {
      return tree.archive + ": " + name();
    }
  }

  /**
   * Reads the directory of an archive.
   *
   * @throws DataException if it is damaged, or has two entries of one name
   */
  public ZipTree(Path archive) throws DataException {
    super(archive);
    this.archive = archive;
    try {
      zip = ZipFile.builder().setPath(archive).get();
    } catch (IOException | IllegalArgumentException e) {
      String reason = e instanceof IOException io ? FileProblem.reason(io) : e.getMessage();
      throw new DataException("%s: a damaged zip archive: %s".formatted(archive, reason), e);
    }
    try {
      list();
    } catch (DataException e) {
      close();
      throw e;
    }
  }

  private void list() throws DataException {
    Set<String> names = new HashSet<>();
    for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
      String name = entry.getName();
      if (!names.add(name)) {
        throw new DataException(
            "%s: a damaged zip archive: two entries are called %s".formatted(archive, name));
      }
      boolean isHidden = FileNames.isHidden(name.replaceFirst("/$", ""));
      if (isHidden && !entry.isDirectory()) {
        countHidden();
      } else if (!isHidden) {
        addFoldersAround(name);
        if (!entry.isDirectory()) {
          add(new ZippedFile(this, entry));
        }
      }
    }
    sort();
  }

  @Override
  long version(FileEntry entry) {
    return ((ZippedFile) entry).entry().getCrc();
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      // It was only read.
    }
  }
}
