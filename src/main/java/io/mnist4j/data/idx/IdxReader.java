package io.mnist4j.data.idx;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.source.DiskFile;
import io.mnist4j.data.source.FileEntry;
import io.mnist4j.data.source.InflationLimit;
import io.mnist4j.errors.DataException;
import io.mnist4j.files.FileProblem;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
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
 * Reads IDX files strictly: magic number, dimensions, length to the byte, and the range of what is
 * not unsigned bytes. Gzip is recognised by the content, whatever the name says. Nothing is
 * allocated for sizes that the file cannot hold.
 */
public final class IdxReader {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int SLICE_BYTES = 1 << 17;
  private static final int GZIP_START = 512;

  /** The longest that is read of an archive. */
  private static final int MAX_IN_MEMORY = 1 << 30;

  /**
   * Deflate cannot shrink more than this (zlib's technical notes, "maximum compression factor").
   */
  private static final long MAX_DEFLATE_RATIO = 1032;

  /** The longest array that HotSpot allocates. */
  private static final long MAX_ARRAY = Integer.MAX_VALUE - 8L;

  private final FileEntry file;
  private final IdxKind kind;
  private final long fileBytes;

  private IdxReader(FileEntry file, IdxKind kind, long fileBytes) {
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

  /**
   * Whether a file begins with the magic number of an IDX file, gzipped or not. Reads a few bytes.
   */
  public static boolean isIdx(FileEntry file) {
    if (file.path().isPresent() && !Files.isRegularFile(file.path().get())) {
      return false;
    }
    try (InputStream raw = new BufferedInputStream(file.open(), GZIP_START);
        InputStream in = isGzip(raw) ? new GZIPInputStream(raw, GZIP_START) : raw) {
      return isIdx(in.readNBytes(IdxHeader.MAGIC_BYTES));
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether a content, inflated, begins as an IDX file does. */
  public static boolean isIdx(byte[] start) {
    return start.length >= IdxHeader.MAGIC_BYTES && IdxHeader.of(start) != null;
  }

  private static boolean isGzip(InputStream raw) throws IOException {
    raw.mark(2);
    boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
    raw.reset();
    return gzip;
  }

  /** Reads a file on disk, as {@link #read(FileEntry, IdxKind)}. */
  public static IdxContent read(Path file, IdxKind kind) throws DataException {
    return read(new DiskFile(file, file.getFileName().toString(), -1), kind);
  }

  /**
   * Reads one file; labels of unsigned bytes have any value. One that is in an archive is taken out
   * of it into memory first, so that its length is known.
   */
  public static IdxContent read(FileEntry file, IdxKind kind) throws DataException {
    if (file.path().isPresent() && FileProblem.isNoFile(file.path().get())) {
      throw new DataException(
          "%s: expected a file of %s, found a folder or device".formatted(file, kind.noun));
    }
    try (InputStream in = file.open()) {
      if (file.path().isPresent()) {
        return new IdxReader(file, kind, Files.size(file.path().get()))
            .read(new BufferedInputStream(in, BUFFER_BYTES));
      }
      byte[] content = in.readNBytes(MAX_IN_MEMORY + 1);
      if (content.length > MAX_IN_MEMORY) {
        throw new DataException(
            "%s: longer than %,d bytes; unpack the archive, and name the folder"
                .formatted(file, MAX_IN_MEMORY));
      }
      return new IdxReader(file, kind, content.length).read(new ByteArrayInputStream(content));
    } catch (IOException e) {
      throw new DataException("cannot read %s: %s".formatted(file, FileProblem.reason(e)), e);
    }
  }

  private IdxContent read(InputStream raw) throws IOException, DataException {
    if (!isGzip(raw)) {
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
    byte[] magic = in.readNBytes(IdxHeader.MAGIC_BYTES);
    String complaint = kind.complaint(magic);
    if (complaint != null) {
      throw problem(complaint);
    }
    IdxHeader header = IdxHeader.of(magic);
    byte[] sizes = in.readNBytes(header.sizeBytes());
    if (sizes.length < header.sizeBytes()) {
      throw problem(
          "too short: expected a header of %d bytes, found %d bytes in all"
              .formatted(magic.length + header.sizeBytes(), magic.length + sizes.length));
    }
    int[] dimensions = dimensions(sizes, header);
    long elements = Arrays.stream(dimensions).asLongStream().reduce(1, (a, b) -> a * b);
    long headerBytes = (long) magic.length + sizes.length;
    checkRoom(headerBytes + elements * header.element().bytes, gzip);

    int[] shape = shape(dimensions);
    if (header.element() == IdxElement.UINT8 && (kind == IdxKind.IMAGES || elements == shape[0])) {
      return readBytes(in, shape, headerBytes, (int) elements);
    }
    return readValues(in, header.element(), shape, headerBytes, (int) elements);
  }

  /** Unsigned bytes are what an image set holds: they are hashed while they are read. */
  private IdxContent readBytes(InputStream in, int[] shape, long headerBytes, int elements)
      throws IOException, DataException {
    byte[] payload = new byte[elements];
    try (PipelinedDigest digest = new PipelinedDigest(IdxContent.header(shape), payload)) {
      int end = 0;
      while (end < payload.length) {
        int n = in.readNBytes(payload, end, Math.min(SLICE_BYTES, payload.length - end));
        if (n == 0) {
          throw wrongLength(headerBytes + payload.length, "" + (headerBytes + end));
        }
        end += n;
        digest.filled(end);
      }
      if (in.read() >= 0) {
        throw wrongLength(headerBytes + payload.length, "more");
      }
      return new IdxContent(file, shape, payload, digest.sha256());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private IdxContent readValues(
      InputStream in, IdxElement element, int[] shape, long headerBytes, int elements)
      throws IOException, DataException {
    IdxValues values =
        kind == IdxKind.IMAGES
            ? new PixelValues(element, shape)
            : new LabelValues(element, shape[0], elements / shape[0]);
    long expected = headerBytes + (long) elements * element.bytes;
    byte[] slice = new byte[(int) Math.min(SLICE_BYTES, (long) elements * element.bytes)];
    for (int end = 0; end < elements; ) {
      int count = Math.min(slice.length / element.bytes, elements - end);
      int n = in.readNBytes(slice, 0, count * element.bytes);
      if (n < count * element.bytes) {
        throw wrongLength(expected, "" + (headerBytes + (long) end * element.bytes + n));
      }
      end += count;
      try {
        values.take(ByteBuffer.wrap(slice), count);
      } catch (DataException e) {
        throw problem(e.getMessage());
      }
    }
    if (in.read() >= 0) {
      throw wrongLength(expected, "more");
    }
    try {
      return IdxContent.hashed(file, shape, values.bytes());
    } catch (DataException e) {
      throw problem(e.getMessage());
    }
  }

  /** The sizes, each at least 1, whose product is one that an array can have. */
  private int[] dimensions(byte[] sizes, IdxHeader header) throws DataException {
    int[] dimensions = new int[header.dimensions()];
    ByteBuffer.wrap(sizes).asIntBuffer().get(dimensions);
    long product = 1;
    for (int dimension : dimensions) {
      long size = Integer.toUnsignedLong(dimension);
      product = size == 0 || size > MAX_ARRAY / product ? Long.MAX_VALUE : product * size;
    }
    if (product == Long.MAX_VALUE) {
      throw problem(
          "absurd dimensions: expected 1 to %d %s of content, found a header that says %s"
              .formatted(
                  MAX_ARRAY, header.element().bytes == 1 ? "bytes" : "elements", text(dimensions)));
    }
    return dimensions;
  }

  private static String text(int[] dimensions) {
    return Arrays.stream(dimensions)
        .mapToObj(Integer::toUnsignedString)
        .collect(Collectors.joining("x"));
  }

  /** {@code [n, height, width]} of images, {@code [n]} of labels. */
  private int[] shape(int[] dimensions) throws DataException {
    if (kind == IdxKind.LABELS) {
      return new int[] {dimensions[0]};
    }
    return switch (dimensions.length) {
      case 2 -> square(dimensions);
      case 3 -> dimensions;
      default -> withoutChannel(dimensions);
    };
  }

  private int[] square(int[] dimensions) throws DataException {
    int side = (int) Math.round(Math.sqrt(dimensions[1]));
    if (side * side != dimensions[1]) {
      throw problem(
          "expected rows that are square images, such as 784 for 28x28, found rows of "
              + dimensions[1]);
    }
    return new int[] {dimensions[0], side, side};
  }

  private int[] withoutChannel(int[] dimensions) throws DataException {
    if (dimensions[3] == 1) {
      return Arrays.copyOf(dimensions, 3);
    }
    if (dimensions[1] == 1) {
      return new int[] {dimensions[0], dimensions[2], dimensions[3]};
    }
    throw problem(
        "expected grey images, [n, height, width, 1] or [n, 1, height, width], found "
            + text(dimensions));
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
    if (gzip && expected > InflationLimit.of(fileBytes)) {
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
