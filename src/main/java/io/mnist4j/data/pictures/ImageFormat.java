package io.mnist4j.data.pictures;

import io.mnist4j.errors.DataException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The kinds of picture files, with the first bytes of their contents and the endings of their
 * names. Whether a file can be read is decided by its content, never by its name.
 */
enum ImageFormat {
  PNG(true, "a PNG picture", "\u0089PNG", "png"),
  JPEG(true, "a JPEG picture", "\u00ff\u00d8\u00ff", "jpg", "jpeg"),
  GIF(true, "a GIF picture", "GIF8", "gif"),
  BMP(true, "a BMP picture", "BM", "bmp"),
  TIFF(true, "a TIFF picture", "II\\*\0|MM\0\\*", "tif", "tiff"),
  AVIF(false, "an AVIF picture", ".{4}ftypavif", "avif"),
  HEIC(
      false,
      "a HEIC picture, as iPhones take them",
      ".{4}ftyp(heic|heix|mif1|msf1|hevc)",
      "heic",
      "heif"),
  WEBP(false, "a WebP picture", "RIFF.{4}WEBP", "webp"),
  PDF(false, "a PDF document", "%PDF"),
  ZIP(false, "a zip archive", "PK\3\4"),
  HTML(false, "an HTML page, perhaps of a failed download", "\\s*<(?i:!doctype html|html)"),
  SVG(false, "an SVG or XML file", "\\s*<svg|<\\?xml", "svg");

  private final boolean readable;
  private final String description;
  private final Pattern head;

  // What List.of makes cannot change; its type does not say so.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> endings;

  /**
   * @param head of a content, with one character for each byte
   */
  ImageFormat(boolean readable, String description, String head, String... endings) {
    this.readable = readable;
    this.description = description;
    this.head = Pattern.compile(head, Pattern.DOTALL);
    this.endings = List.of(endings);
  }

  /**
   * The format of a content.
   *
   * @throws DataException if it is none that is read; the message begins with the name
   */
  static ImageFormat of(byte[] content, String name) throws DataException {
    if (content.length == 0) {
      throw new DataException(name + ": is empty");
    }
    String head = head(content);
    for (ImageFormat format : values()) {
      if (format.head.matcher(head).lookingAt()) {
        if (format.readable) {
          return format;
        }
        throw unreadable(name, format.description);
      }
    }
    throw unreadable(name, "not a picture");
  }

  /** Whether a content begins as that of a format that is read. */
  static boolean isReadable(byte[] content) {
    String head = head(content);
    return Arrays.stream(values())
        .anyMatch(format -> format.readable && format.head.matcher(head).lookingAt());
  }

  private static String head(byte[] content) {
    return new String(content, 0, Math.min(content.length, 64), StandardCharsets.ISO_8859_1);
  }

  private static DataException unreadable(String name, String what) {
    return new DataException("%s: %s; %s are read".formatted(name, what, readable("and")));
  }

  /** The formats that are read: {@code PNG, JPEG, GIF, BMP and TIFF}. */
  static String readable(String conjunction) {
    List<String> names =
        Arrays.stream(values()).filter(format -> format.readable).map(Enum::name).toList();
    int last = names.size() - 1;
    return names.subList(0, last).stream()
        .collect(Collectors.joining(", ", "", " " + conjunction + " " + names.get(last)));
  }

  /** Whether a file has the name of a picture, be it one that is read or not, and is not hidden. */
  static boolean isNamed(String file) {
    return Arrays.stream(values()).anyMatch(format -> format.names(file));
  }

  /** Whether a file has the name of a picture that is read, and is not hidden. */
  static boolean isNamedReadable(Path file) {
    return Arrays.stream(values())
        .anyMatch(format -> format.readable && format.names(file.getFileName().toString()));
  }

  private boolean names(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return endings.contains(ending) && !name.startsWith(".");
  }
}
