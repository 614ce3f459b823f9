package io.mnist4j.data.parquet;

import io.mnist4j.text.Printable;
import java.nio.charset.StandardCharsets;

/** The four bytes at both ends of a file. */
final class ParquetMagic {
  static final int BYTES = 4;

  private static final String PLAIN = "PAR1";
  private static final String ENCRYPTED = "PARE";

  private ParquetMagic() {}

  /** Whether a file begins as Parquet files do. */
  static boolean is(byte[] head) {
    String text = text(head);
    return text.equals(PLAIN) || text.equals(ENCRYPTED);
  }

  /** Judges the first bytes. */
  static void require(byte[] head) throws ParquetFormatException {
    if (!is(head)) {
      throw new ParquetFormatException(
          "not a Parquet file: expected %s at its beginning, found %s"
              .formatted(PLAIN, described(head)));
    }
  }

  /** Judges the last bytes of a file that begins well. */
  static void requireEnd(byte[] tail) throws ParquetFormatException {
    String text = text(tail);
    if (text.equals(ENCRYPTED)) {
      throw ParquetFooter.encrypted();
    }
    if (!text.equals(PLAIN)) {
      throw new ParquetFormatException(
          "truncated: expected %s at its end, found something else; fetch or copy it again"
              .formatted(PLAIN));
    }
  }

  private static String described(byte[] head) {
    return switch (text(head)) {
      case "" -> "an empty file";
      case "vers" -> "a pointer of Git LFS; 'git lfs pull' brings the file";
      case "<!DO", "<htm" -> "an HTML page, perhaps of a failed download";
      default -> "'" + Printable.of(text(head)) + "'";
    };
  }

  private static String text(byte[] bytes) {
    return new String(bytes, 0, Math.min(BYTES, bytes.length), StandardCharsets.ISO_8859_1);
  }
}
