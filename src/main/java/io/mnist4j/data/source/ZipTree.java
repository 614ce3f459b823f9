package io.mnist4j.data.source;

import io.mnist4j.errors.DataException;
import io.mnist4j.files.FileProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * The files of a zip archive. Nothing is unpacked: an entry's name is a name and no path. The JDK's
 * own reader takes memory for as many entries as an archive claims to have, so it is not used.
 */
public final class ZipTree implements FileTree {
  private final Path archive;
  private final ZipFile zip;
  private final List<FileEntry> entries = new ArrayList<>();
  private final List<String> folders = new ArrayList<>();
  private int hidden;

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
      return tree.zip.getInputStream(entry);
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
    Set<String> parents = new HashSet<>();
    for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
      String name = entry.getName();
      if (!names.add(name)) {
        throw new DataException(
            "%s: a damaged zip archive: two entries are called %s".formatted(archive, name));
      }
      if (FileNames.isHidden(name.replaceFirst("/$", ""))) {
        hidden += entry.isDirectory() ? 0 : 1;
        continue;
      }
      if (!entry.isDirectory()) {
        entries.add(new ZippedFile(this, entry));
      }
      // Not every program writes entries for folders.
      for (int slash = name.lastIndexOf('/'); slash > 0; slash = name.lastIndexOf('/', slash - 1)) {
        parents.add(name.substring(0, slash));
      }
    }
    folders.addAll(parents);
    folders.sort(null);
    entries.sort(Comparator.comparing(FileEntry::name));
  }

  @Override
  public Path origin() {
    return archive;
  }

  @Override
  public List<FileEntry> entries() {
    return entries;
  }

  @Override
  public List<String> folders() {
    return folders;
  }

  @Override
  public int hiddenFiles() {
    return hidden;
  }

  @Override
  public String fingerprint() {
    Fingerprint digest = new Fingerprint();
    for (FileEntry entry : entries) {
      digest.add(entry.name(), entry.size(), ((ZippedFile) entry).entry().getCrc());
    }
    folders.forEach(name -> digest.add(name, -1, -1));
    return digest.hex();
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
