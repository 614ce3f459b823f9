package io.mnist4j.data.npy;

import io.mnist4j.data.source.FileEntry;
import io.mnist4j.data.source.InflationLimit;
import io.mnist4j.errors.DataException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipException;

/**
 * An npz, which is a zip of npy files, opened: where it lies on disk, or in memory where it is an
 * entry of another archive. What its directory says is checked before memory is taken for it.
 */
public final class NpzFile implements Closeable {
  /** The longest that is read into memory, of those that are not on disk. */
  private static final int MAX_IN_MEMORY = 1 << 30;

  private static final int MAX_NAME = 200;

  /** A zip begins with the header of an entry, which its name follows. */
  private static final int LOCAL = 0x04034b50;

  private static final int LOCAL_BYTES = 30;

  private final FileEntry file;
  private final ZipBytes zip;
  private final List<ZipMember> members;

  private NpzFile(FileEntry file, ZipBytes zip, List<ZipMember> members) {
    this.file = file;
    this.zip = zip;
    this.members = members;
  }

  /**
   * Whether a file is a zip whose entries all end in {@code .npy}. Only its directory is read, and
   * of a file in an archive, or one that is damaged, only the name of the first entry.
   *
   * @throws DataException if it cannot be read
   */
  public static boolean isNpz(FileEntry file) throws DataException {
    try (InputStream in = file.open()) {
      byte[] start = in.readNBytes(LOCAL_BYTES);
      ByteBuffer header = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
      if (start.length < LOCAL_BYTES || header.getInt(0) != LOCAL) {
        return false;
      }
      byte[] name = in.readNBytes(Short.toUnsignedInt(header.getShort(26)));
      if (!isNpyName(new String(name, StandardCharsets.UTF_8))) {
        return false;
      }
    } catch (IOException e) {
      throw NpyArray.unreadable(file.toString(), e);
    }
    if (file.path().isEmpty()) {
      return true;
    }
    try (ZipBytes zip = ZipBytes.of(file.path().get())) {
      return ZipDirectory.members(zip).stream().allMatch(member -> isNpyName(member.name()));
    } catch (IOException e) {
      return true; // Opening it will say what is wrong.
    }
  }

  private static boolean isNpyName(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(NpyArray.SUFFIX);
  }

  /**
   * Opens an npz.
   *
   * @throws DataException if it is none, is damaged, or says to hold what it cannot
   */
  static NpzFile open(FileEntry file) throws DataException {
    try {
      ZipBytes zip =
          file.path().isPresent() ? ZipBytes.of(file.path().get()) : ZipBytes.of(content(file));
      try {
        List<ZipMember> members = ZipDirectory.members(zip);
        check(members, zip.length());
        return new NpzFile(file, zip, members);
      } catch (IOException | RuntimeException e) {
        zip.close();
        throw e;
      }
    } catch (IOException e) {
      throw NpyArray.unreadable(file.toString(), e);
    }
  }

  private static byte[] content(FileEntry file) throws IOException, DataException {
    byte[] zip;
    try (InputStream in = file.open()) {
      zip = in.readNBytes(MAX_IN_MEMORY + 1);
    }
    if (zip.length > MAX_IN_MEMORY) {
      throw new DataException(
          "%s: longer than %,d bytes; take it out of the archive and name the file itself"
              .formatted(file, MAX_IN_MEMORY));
    }
    return zip;
  }

  /** Nothing is in it twice, and nothing that is much longer than the file. */
  private static void check(List<ZipMember> members, long zipBytes) throws ZipException {
    if (members.isEmpty()) {
      throw new ZipException("it has no arrays");
    }
    Set<String> names = new HashSet<>();
    long compressed = 0;
    long bytes = 0;
    for (ZipMember member : members) {
      String name = member.name();
      if (!isNpyName(name) || name.length() > MAX_NAME) {
        throw new ZipException(
            "expected entries NAME.npy, found '%s'"
                .formatted(name.substring(0, Math.min(MAX_NAME, name.length()))));
      }
      if (!names.add(name)) {
        throw new ZipException("it has two entries " + name);
      }
      compressed += member.compressedSize();
      bytes += member.size();
      boolean plausible =
          member.size() >= 0
              && member.compressedSize() >= 0
              && compressed <= zipBytes
              && member.size() <= InflationLimit.of(member.compressedSize())
              && bytes <= InflationLimit.of(zipBytes);
      if (!plausible) {
        throw new ZipException(
            "its entry %s is said to hold %,d bytes in %,d, and the file has %,d: no images do"
                .formatted(name, member.size(), member.compressedSize(), zipBytes));
      }
    }
  }

  /**
   * Its arrays in the order of its directory.
   *
   * @throws DataException if an entry is none
   */
  List<NpyArray> arrays() throws DataException {
    List<NpyArray> arrays = new ArrayList<>();
    for (ZipMember member : members) {
      arrays.add(
          NpyArray.of(file, member.name(), new NpyContent(member.size(), true, member::open)));
    }
    return arrays;
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
