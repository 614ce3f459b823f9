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
import java.util.Arrays;
import java.util.stream.Collectors;
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

  private final Path file;
  private final IdxKind kind;
  private final long fileBytes;

  private IdxReader(Path file, IdxKind kind, long fileBytes) {
    this.file = file;
    this.kind = kind;
    this.fileBytes = fileBytes;
  }

  /** The images with their labels; the counts must agree. */
  public static ImageSet join(IdxContent images, IdxContent labels) throws DataException {
    if (images.count() != labels.count()) {
      throw new DataException(
          "%s: expected %d labels, one for each image of %s, found %d"
              .formatted(labels.file, images.count(), images.file, labels.count()));
    }
    return new ImageSet(images.dimensions[1], images.dimensions[2], images.payload, labels.payload);
  }

  /** Reads one file; labels are not checked for their range. */
  public static IdxContent read(Path file, IdxKind kind) throws DataException {
    if (FileProblem.isNoFile(file)) {
      throw new DataException(
          "%s: expected a file of %s, found a folder or device".formatted(file, kind.noun));
    }
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
      return new IdxReader(file, kind, Files.size(file)).read(raw);
    } catch (IOException e) {
      throw new DataException("cannot read %s: %s".formatted(file, FileProblem.reason(e)), e);
    }
  }

  private IdxContent read(InputStream raw) throws IOException, DataException {
    raw.mark(2);
    boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
    raw.reset();
    if (!gzip) {
      return readContent(raw, false);
    }
    try (Gzip inflated = new Gzip(raw)) {
      IdxContent content = readContent(inflated, true);
      if (inflated.goesOn()) {
        throw problem("trailing bytes: expected the end after the gzip data, found more");
      }
      return content;
    } catch (EOFException e) {
      throw problem(
          "truncated: expected a whole gzip file, found the end after %d bytes"
              .formatted(fileBytes));
    } catch (ZipException e) {
      throw problem("corrupt gzip: " + e.getMessage());
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

  private IdxContent readContent(InputStream in, boolean gzip) throws IOException, DataException {
    byte[] header = in.readNBytes(kind.headerBytes());
    String complaint = kind.complaint(header);
    if (complaint != null) {
      throw problem(complaint);
    }
    if (header.length < kind.headerBytes()) {
      throw problem(
          "too short: expected a header of %d bytes, found %d bytes in all"
              .formatted(kind.headerBytes(), header.length));
    }
    int[] dimensions = dimensions(header);
    long expected =
        header.length + Arrays.stream(dimensions).asLongStream().reduce(1, (a, b) -> a * b);
    checkRoom(expected, gzip);

    byte[] payload = new byte[(int) expected - header.length];
    try (PipelinedDigest digest = new PipelinedDigest(header, payload)) {
      int end = 0;
      while (end < payload.length) {
        int n = in.readNBytes(payload, end, Math.min(SLICE_BYTES, payload.length - end));
        if (n == 0) {
          throw wrongLength(expected, "" + (header.length + (long) end));
        }
        end += n;
        digest.filled(end);
      }
      if (in.read() >= 0) {
        throw wrongLength(expected, "more");
      }
      return new IdxContent(file, dimensions, payload, digest.sha256());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  /** The sizes, each at least 1, whose product is one that an array can have. */
  private int[] dimensions(byte[] header) throws DataException {
    int[] dimensions = new int[kind.dimensions()];
    ByteBuffer.wrap(header, 4, header.length - 4).asIntBuffer().get(dimensions);
    long product = 1;
    for (int dimension : dimensions) {
      long size = Integer.toUnsignedLong(dimension);
      product = size == 0 || size > MAX_ARRAY / product ? Long.MAX_VALUE : product * size;
    }
    if (product == Long.MAX_VALUE) {
      throw problem(
          "absurd dimensions: expected 1 to %d bytes of content, found a header that says %s"
              .formatted(
                  MAX_ARRAY,
                  Arrays.stream(dimensions)
                      .mapToObj(Integer::toUnsignedString)
                      .collect(Collectors.joining("x"))));
    }
    return dimensions;
  }

  /** Refuses what the file cannot hold, or this process cannot, before memory is taken for it. */
  private void checkRoom(long expected, boolean gzip) throws DataException {
    if (!gzip && fileBytes != expected) {
      throw wrongLength(expected, "" + fileBytes);
    }
    if (gzip && expected > fileBytes * MAX_DEFLATE_RATIO) {
      throw wrongLength(
          expected, "a gzip file of %d bytes, which cannot hold them".formatted(fileBytes));
    }
    if (gzip && expected > MOST_BYTES + fileBytes * MAX_RATIO) {
      throw wrongLength(
          expected,
          "a gzip file of %d bytes, in which no pictures are so many".formatted(fileBytes));
    }
  }

  private DataException wrongLength(long expected, String found) {
    return problem(
        "wrong length: expected %d bytes as its header says, found %s".formatted(expected, found));
  }

  private DataException problem(String what) {
    return new DataException(file + ": " + what);
  }
}
