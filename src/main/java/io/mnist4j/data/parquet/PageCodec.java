package io.mnist4j.data.parquet;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** How pages are compressed. */
enum PageCodec {
  UNCOMPRESSED(1),
  SNAPPY(32),
  GZIP(1032);

  /** How many times as long as its compressed form a content can be. */
  private final int maxRatio;

  PageCodec(int maxRatio) {
    this.maxRatio = maxRatio;
  }

  /** The codec of a number of Parquet's. */
  static PageCodec of(int number) throws ParquetFormatException {
    return switch (number) {
      case 0 -> UNCOMPRESSED;
      case 1 -> SNAPPY;
      case 2 -> GZIP;
      case 3 -> throw unread("LZO");
      case 4 -> throw unread("Brotli");
      case 5, 7 -> throw unread("LZ4");
      case 6 -> throw unread("Zstandard");
      default -> throw unread("codec number " + number);
    };
  }

  private static ParquetFormatException unread(String codec) {
    return new ParquetFormatException(
        "compressed by %s; save it with Snappy (in pyarrow, pandas and Polars: compression='snappy')"
            .formatted(codec));
  }

  /**
   * The content of a page.
   *
   * @param length of the content, for which memory may be taken
   */
  ByteCursor decompress(ByteCursor in, int length) throws ParquetFormatException {
    if (this == UNCOMPRESSED) {
      return in.part(length);
    }
    if (length > (long) in.remaining() * maxRatio) {
      throw new ParquetFormatException(
          "expected %d bytes of content, found %d bytes of %s, which cannot hold them"
              .formatted(length, in.remaining(), name()));
    }
    byte[] content = new byte[length];
    if (this == SNAPPY) {
      Snappy.decompress(in, content);
    } else {
      inflate(in, content);
    }
    return new ByteCursor(content, 0, length);
  }

  private static void inflate(ByteCursor in, byte[] content) throws ParquetFormatException {
    InputStream compressed = new ByteArrayInputStream(in.bytes, in.at(), in.remaining());
    try (InputStream gzip = new GZIPInputStream(compressed)) {
      int found = gzip.readNBytes(content, 0, content.length);
      if (found < content.length || gzip.read() >= 0) {
        throw new ParquetFormatException(
            "corrupt gzip: expected %d bytes, found %s"
                .formatted(content.length, found < content.length ? found : "more"));
      }
    } catch (ParquetFormatException e) {
      throw e;
    } catch (EOFException e) {
      throw new ParquetFormatException("corrupt gzip: it ends early");
    } catch (ZipException e) {
      throw new ParquetFormatException("corrupt gzip: " + e.getMessage());
    } catch (IOException e) {
      throw new ParquetFormatException("corrupt gzip");
    }
  }
}
