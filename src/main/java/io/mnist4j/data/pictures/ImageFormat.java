package io.mnist4j.data.pictures;

import io.mnist4j.errors.DataException;
import java.nio.charset.StandardCharsets;

/** The kinds of picture files that are read, told by their first bytes and never by their names. */
enum ImageFormat {
  PNG("\u0089PNG"),
  JPEG("\u00ff\u00d8\u00ff"),
  GIF("GIF8"),
  BMP("BM");

  private final String magic;

  ImageFormat(String magic) {
    this.magic = magic;
  }

  /**
   * The format of a content.
   *
   * @throws DataException if it is none of them
   */
  static ImageFormat of(byte[] content, String name) throws DataException {
    if (content.length == 0) {
      throw new DataException(name + ": is empty");
    }
    // One character a byte.
    String head = new String(content, 0, Math.min(content.length, 64), StandardCharsets.ISO_8859_1);
    for (ImageFormat format : values()) {
      if (head.startsWith(format.magic)) {
        return format;
      }
    }
    throw new DataException(
        "%s: %s; PNG, JPEG, GIF and BMP are read".formatted(name, whatItIs(head)));
  }

  private static String whatItIs(String head) {
    String brand = head.length() >= 12 ? head.substring(4, 12) : "";
    if (brand.equals("ftypavif")) {
      return "an AVIF picture";
    }
    if (brand.matches("ftyp(heic|heix|mif1|msf1|hevc)")) {
      return "a HEIC picture, as iPhones take them";
    }
    if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) {
      return "a WebP picture";
    }
    if (head.startsWith("II*\0") || head.startsWith("MM\0*")) {
      return "a TIFF picture";
    }
    if (head.startsWith("%PDF")) {
      return "a PDF document";
    }
    if (head.startsWith("PK\3\4")) {
      return "a zip archive";
    }
    if (head.stripLeading().startsWith("<svg") || head.startsWith("<?xml")) {
      return "an SVG or XML file";
    }
    return "not a picture";
  }
}
