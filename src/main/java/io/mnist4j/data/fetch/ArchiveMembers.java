package io.mnist4j.data.fetch;

import io.mnist4j.data.catalogue.CatalogueFile;
import io.mnist4j.data.catalogue.CheckedFile;
import io.mnist4j.errors.DataException;
import io.mnist4j.files.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Takes files of a data set out of the zip in which they are published. They go under their own
 * names into the folder of the zip, whatever paths it holds, and none becomes longer than it can
 * be.
 *
 * @param archive verified
 * @param inside the path of the files in it, ending in a slash; also looked for without
 */
record ArchiveMembers(Path archive, String inside) {
  private static final int BUFFER_BYTES = 1 << 16;

  /**
   * Extracts one file and checks its structure.
   *
   * @return where it lies now
   * @throws DataException if it is not there or not what it should be
   * @throws IOException if the folder cannot be written to
   */
  Path extract(CatalogueFile file) throws DataException, IOException {
    Path target = archive.resolveSibling(file.name());
    Path part = archive.resolveSibling(file.name() + ".part");
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      copy(zip, file, part);
    } catch (ZipException e) {
      Files.deleteIfExists(part);
      throw new DataException("%s: corrupt zip: %s".formatted(archive, e.getMessage()), e);
    }
    try {
      if (!CheckedFile.of(file, part).isRight()) {
        throw new DataException("%s: %s is not what it should be".formatted(archive, file.name()));
      }
      AtomicFile.install(part, target);
    } finally {
      Files.deleteIfExists(part);
    }
    return target;
  }

  private void copy(ZipFile zip, CatalogueFile file, Path part) throws DataException, IOException {
    ZipEntry entry = zip.getEntry(inside + file.name());
    if (entry == null) {
      entry = zip.getEntry(file.name());
    }
    if (entry == null) {
      throw new DataException("%s: has no %s".formatted(archive, inside + file.name()));
    }
    long end = 0;
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = zip.getInputStream(entry);
        OutputStream out = Files.newOutputStream(part)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        end += n;
        if (end > file.maxFileBytes()) {
          throw new DataException(
              "%s: expected at most %d bytes of %s, found more"
                  .formatted(archive, file.maxFileBytes(), file.name()));
        }
        out.write(buffer, 0, n);
      }
    } catch (DataException | ZipException e) {
      Files.deleteIfExists(part);
      throw e;
    }
  }
}
