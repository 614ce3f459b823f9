package io.mnist4j.data.idx;

import io.mnist4j.data.ImageSet;
import io.mnist4j.errors.DataException;
import io.mnist4j.files.FileProblem;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads IDX files of unsigned bytes, strictly: magic number, dimensions, length to the byte and
 * label range. Gzip is recognised by the content, whatever the name says. Nothing is allocated for
 * sizes that the file cannot hold.
 */
public final class IdxReader {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int SLICE_BYTES = 1 << 17;

  /**
   * Deflate cannot shrink more than this (zlib's technical notes, "maximum compression factor").
   */
  private static final long MAX_DEFLATE_RATIO = 1032;

  /** What any gzip file may hold, and how many times its own length one may hold beyond that. */
  private static final long MOST_BYTES = 1 << 26;

  private static final long MAX_RATIO = 200;

  /** The longest array that HotSpot allocates. */
  private static final long MAX_ARRAY = Integer.MAX_VALUE - 8L;

  private IdxReader() {}

  /** The images with their labels; the counts must agree. */
  public static ImageSet join(IdxContent images, IdxContent labels) throws DataException {
    if (images.count() != labels.count()) {
      throw problem(
          labels.file,
          "expected %d labels, one for each image of %s, found %d"
              .formatted(images.count(), images.file, labels.count()));
    }
    return new ImageSet(images.dimensions[1], images.dimensions[2], images.payload, labels.payload);
  }

  /** Reads one file; labels are not checked for their range. */
  public static IdxContent read(Path file, IdxKind kind) throws DataException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw problem(file, "expected a file of %s, found a folder or device".formatted(kind.noun));
    }
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
      long fileBytes = Files.size(file);
      if (startsAsGzip(raw)) {
        return readGzip(file, kind, raw, fileBytes);
      }
      return readContent(file, kind, raw, fileBytes, false);
    } catch (IOException e) {
      throw new DataException("cannot read %s: %s".formatted(file, FileProblem.reason(e)), e);
    }
  }

  private static IdxContent readGzip(Path file, IdxKind kind, InputStream raw, long fileBytes)
      throws IOException, DataException {
    try (Gzip inflated = new Gzip(raw)) {
      IdxContent content = readContent(file, kind, inflated, fileBytes, true);
      if (inflated.goesOn()) {
        throw problem(file, "trailing bytes: expected the end after the gzip data, found more");
      }
      return content;
    } catch (EOFException e) {
      throw problem(
          file,
          "truncated: expected a whole gzip file, found the end after %d bytes"
              .formatted(fileBytes));
    } catch (ZipException e) {
      throw problem(file, "corrupt gzip: %s".formatted(e.getMessage()));
    }
  }

  /** The JDK's class ignores what follows the compressed data. */
  private static final class Gzip extends GZIPInputStream {
    private static final int TRAILER_BYTES = 8;

    Gzip(InputStream compressed) throws IOException {
      super(compressed, BUFFER_BYTES);
    }

    /** Whether something follows; to be asked at the end. */
    boolean goesOn() throws IOException {
      return inf.getRemaining() > TRAILER_BYTES || in.read() >= 0;
    }
  }

  private static boolean startsAsGzip(InputStream raw) throws IOException {
    raw.mark(2);
    boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
    raw.reset();
    return gzip;
  }

  private static IdxContent readContent(
      Path file, IdxKind kind, InputStream in, long fileBytes, boolean gzip)
      throws IOException, DataException {
    byte[] header = in.readNBytes(kind.headerBytes());
    String complaint = kind.complaint(header);
    if (complaint != null) {
      throw problem(file, complaint);
    }
    if (header.length < kind.headerBytes()) {
      throw problem(
          file,
          "too short: expected a header of %d bytes, found %d bytes in all"
              .formatted(kind.headerBytes(), header.length));
    }
    int[] dimensions = new int[kind.dimensions()];
    int payloadBytes = payloadBytes(file, header, dimensions);
    checkRoom(file, header.length, payloadBytes, fileBytes, gzip);

    byte[] payload = new byte[payloadBytes];
    try (PipelinedDigest digest = new PipelinedDigest(header, payload)) {
      int end = 0;
      while (end < payload.length) {
        int n = in.readNBytes(payload, end, Math.min(SLICE_BYTES, payload.length - end));
        if (n == 0) {
          throw wrongLength(file, header.length, payloadBytes, "" + (header.length + (long) end));
        }
        end += n;
        digest.filled(end);
      }
      if (in.read() >= 0) {
        throw wrongLength(file, header.length, payloadBytes, "more");
      }
      return new IdxContent(file, dimensions, payload, digest.sha256());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  /** Fills in the dimensions and returns their product. */
  private static int payloadBytes(Path file, byte[] header, int[] dimensions) throws DataException {
    StringBuilder text = new StringBuilder();
    long product = 1;
    boolean possible = true;
    for (int i = 0; i < dimensions.length; i++) {
      dimensions[i] = ByteBuffer.wrap(header).getInt(4 + 4 * i);
      long size = Integer.toUnsignedLong(dimensions[i]);
      text.append(i == 0 ? "" : "x").append(size);
      possible = possible && size > 0 && size <= MAX_ARRAY / product;
      product = possible ? product * size : 1;
    }
    if (!possible) {
      throw problem(
          file,
          "absurd dimensions: expected 1 to %d bytes of content, found a header that says %s"
              .formatted(MAX_ARRAY, text));
    }
    return (int) product;
  }

  /** Refuses what the file cannot hold, or this process cannot, before memory is taken for it. */
  private static void checkRoom(
      Path file, int headerBytes, int payloadBytes, long fileBytes, boolean gzip)
      throws DataException {
    long expected = headerBytes + (long) payloadBytes;
    if (!gzip && fileBytes != expected) {
      throw wrongLength(file, headerBytes, payloadBytes, "" + fileBytes);
    }
    if (gzip && expected > fileBytes * MAX_DEFLATE_RATIO) {
      throw wrongLength(
          file,
          headerBytes,
          payloadBytes,
          "a gzip file of %d bytes, which cannot hold them".formatted(fileBytes));
    }
    if (gzip && expected > MOST_BYTES + fileBytes * MAX_RATIO) {
      throw wrongLength(
          file,
          headerBytes,
          payloadBytes,
          "a gzip file of %d bytes, in which no pictures are so many".formatted(fileBytes));
    }
  }

  private static DataException wrongLength(
      Path file, int headerBytes, int payloadBytes, String found) {
    return problem(
        file,
        "wrong length: expected %d bytes as its header says, found %s"
            .formatted(headerBytes + (long) payloadBytes, found));
  }

  private static DataException problem(Path file, String what) {
    return new DataException(file + ": " + what);
  }
}
