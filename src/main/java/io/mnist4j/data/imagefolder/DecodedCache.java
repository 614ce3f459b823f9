package io.mnist4j.data.imagefolder;

import io.mnist4j.data.DatasetParts;
import io.mnist4j.data.ImageSet;
import io.mnist4j.data.Part;
import io.mnist4j.errors.DataException;
import io.mnist4j.files.AtomicFile;
import io.mnist4j.text.Json;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Decoded pictures that were kept: decoding 70,000 files takes seconds, reading their pixels a
 * moment. A file is a line of text that says what it is, the length of a JSON document, that
 * document, the pixels, labels and names of files of each part, and a CRC-32C of all before it. One
 * that is damaged, or was written by another version, counts as not there.
 */
public final class DecodedCache {
  /** Fewer pictures are decoded anew each time, which takes a moment. */
  public static final int MIN_PICTURES = 1_000;

  /** To be changed with the format, and with what decoding makes of a picture. */
  private static final String FIRST_LINE = "mnist4j decoded pictures 3\n";

  /** So many data sets are kept, the last used. */
  private static final int MAX_FILES = 12;

  private static final int MAX_HEADER_BYTES = 1 << 28;

  /** Between the names of files, of which none holds it. */
  private static final String SEPARATOR = "\0";

  private static final String SUFFIX = ".decoded";

  private final Path folder;

  private record KeptPart(Part part, int height, int width, int count, int fileBytes) {}

  private record KeptData(
      String name,
      List<String> classNames,
      List<KeptPart> parts,
      String form,
      List<String> notes) {}

  /**
   * @param folder need not exist
   */
  public DecodedCache(Path folder) {
    this.folder = folder;
  }

  /** Decodes what was not kept. */
  @FunctionalInterface
  public interface Decoding {
    PictureDataset.Content decode() throws DataException;
  }

  /**
   * What was kept under a key; else it is decoded, and kept.
   *
   * @param key as {@link #read}
   */
  public PictureDataset.Content get(String key, Decoding decoding) throws DataException {
    Optional<PictureDataset.Content> kept = read(key);
    if (kept.isPresent()) {
      return kept.get();
    }
    PictureDataset.Content content = decoding.decode();
    write(key, content);
    return content;
  }

  /**
   * What was kept under a key.
   *
   * @param key hexadecimal digits
   */
  public Optional<PictureDataset.Content> read(String key) {
    Path file = file(key);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      CRC32C sum = new CRC32C();
      if (!new String(bytes(in, FIRST_LINE.length(), sum), StandardCharsets.UTF_8)
          .equals(FIRST_LINE)) {
        return Optional.empty();
      }
      int length = in.readInt();
      if (length < 2 || length > MAX_HEADER_BYTES) {
        return Optional.empty();
      }
      KeptData header =
          Json.parse(new String(bytes(in, length, sum), StandardCharsets.UTF_8), KeptData.class);
      DatasetParts parts = parts(header, in, sum, Files.size(file));
      if (in.readLong() != sum.getValue()) {
        return Optional.empty();
      }
      Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
      return Optional.of(new PictureDataset.Content(parts, header.notes));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // Decoded anew, and replaced.
    }
  }

  private static DatasetParts parts(KeptData header, DataInputStream in, CRC32C sum, long fileBytes)
      throws IOException {
    Map<Part, ImageSet> parts = new EnumMap<>(Part.class);
    Map<Part, List<String>> files = new EnumMap<>(Part.class);
    for (KeptPart part : header.parts) {
      long pixels = (long) part.count * part.height * part.width;
      if (part.count < 0 || pixels < 0 || pixels > fileBytes || part.fileBytes > fileBytes) {
        throw new IOException("a header that lies");
      }
      byte[] image = bytes(in, (int) pixels, sum);
      parts.put(
          part.part, new ImageSet(part.height, part.width, image, bytes(in, part.count, sum)));
      String names = new String(bytes(in, part.fileBytes, sum), StandardCharsets.UTF_8);
      files.put(part.part, List.of(names.split(SEPARATOR, -1)));
    }
    return new DatasetParts(header.name, header.classNames, parts, files, Optional.of(header.form));
  }

  private static byte[] bytes(DataInputStream in, int count, CRC32C sum) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new IOException("cut off");
    }
    sum.update(bytes);
    return bytes;
  }

  /** Keeps images; where that is not possible, they are decoded again the next time. */
  public void write(String key, PictureDataset.Content content) {
    try {
      Files.createDirectories(folder);
      AtomicFile.write(file(key), temporary -> write(temporary, content));
      deleteOldest();
    } catch (IOException e) {
      // A folder that cannot be written to, or a full disk.
    }
  }

  private static void write(Path file, PictureDataset.Content content) throws IOException {
    DatasetParts data = content.parts();
    List<KeptPart> headers = new ArrayList<>();
    Map<Part, byte[]> files = new EnumMap<>(Part.class);
    data.parts()
        .forEach(
            (part, images) -> {
              byte[] names =
                  String.join(SEPARATOR, data.files().get(part)).getBytes(StandardCharsets.UTF_8);
              files.put(part, names);
              headers.add(
                  new KeptPart(part, images.height(), images.width(), images.size(), names.length));
            });
    byte[] header =
        Json.line(
                new KeptData(
                    data.name(),
                    data.classNames(),
                    headers,
                    data.form().orElseThrow(),
                    content.notes()))
            .getBytes(StandardCharsets.UTF_8);
    CRC32C sum = new CRC32C();
    try (OutputStream out = Files.newOutputStream(file);
        DataOutputStream numbers = new DataOutputStream(out)) {
      write(out, FIRST_LINE.getBytes(StandardCharsets.UTF_8), sum);
      numbers.writeInt(header.length);
      write(out, header, sum);
      for (Map.Entry<Part, ImageSet> part : data.parts().entrySet()) {
        write(out, part.getValue().pixels(), sum);
        write(out, part.getValue().labels(), sum);
        write(out, files.get(part.getKey()), sum);
      }
      numbers.writeLong(sum.getValue());
    }
  }

  private static void write(OutputStream out, byte[] bytes, CRC32C sum) throws IOException {
    out.write(bytes);
    sum.update(bytes);
  }

  private void deleteOldest() throws IOException {
    List<Path> kept = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.filter(file -> file.toString().endsWith(SUFFIX)).forEach(kept::add);
    }
    kept.sort(Comparator.comparingLong(DecodedCache::lastUsed).reversed());
    for (Path old : kept.subList(Math.min(MAX_FILES, kept.size()), kept.size())) {
      Files.deleteIfExists(old);
    }
  }

  private static long lastUsed(Path file) {
    return file.toFile().lastModified();
  }

  private Path file(String key) {
    return folder.resolve(key + SUFFIX);
  }
}
