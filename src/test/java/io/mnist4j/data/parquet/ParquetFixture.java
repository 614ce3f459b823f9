package io.mnist4j.data.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/**
 * A writer of Parquet files with a column {@code image: struct{bytes}} and a column {@code label},
 * which can be made to lie. Values that are null are missing.
 */
public final class ParquetFixture {
  static final int UNCOMPRESSED = 0;
  static final int SNAPPY = 1;
  static final int GZIP = 2;

  final List<byte[]> pictures = new ArrayList<>();
  final List<Long> labels = new ArrayList<>();
  int codec = UNCOMPRESSED;
  boolean optional = true;
  boolean dictionary;
  boolean secondVersion;
  boolean int32;
  int rowsOfAGroup = 100;
  String metadata = "{}";

  /** Added to what is true. */
  long moreRows;

  int morePageBytes;
  int moreValues;
  int moreDictionaryValues;
  long moreOffset;
  int indexWidth = 8;
  int codecThatIsSaid = -1;
  List<ThriftOutput> schema = new ArrayList<>();
  boolean encrypted;

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  /** So many pictures of a few bytes, labelled 0, 1, 2, 0 ... */
  static ParquetFixture of(int count) {
    ParquetFixture fixture = new ParquetFixture();
    for (int i = 0; i < count; i++) {
      fixture.pictures.add(picture(i));
      fixture.labels.add(i % 3L);
    }
    return fixture;
  }

  /** A file of these pictures, labelled 0, 1, 2, 0 ... */
  public static byte[] file(List<byte[]> pictures) {
    ParquetFixture fixture = of(pictures.size());
    fixture.pictures.clear();
    fixture.pictures.addAll(pictures);
    return fixture.bytes();
  }

  /** Files of several kinds, for attacks on the reader. */
  public static List<byte[]> honest() {
    ParquetFixture plain = of(5);
    ParquetFixture indexed = of(20);
    indexed.dictionary = true;
    indexed.codec = SNAPPY;
    indexed.rowsOfAGroup = 8;
    indexed.metadata = classNames("a", "b", "c");
    ParquetFixture pages = of(9);
    pages.secondVersion = true;
    pages.codec = GZIP;
    pages.labels.replaceAll(label -> -1L);
    return List.of(plain.bytes(), indexed.bytes(), pages.bytes());
  }

  static byte[] picture(int i) {
    return "picture %d of some bytes".formatted(i).getBytes(StandardCharsets.UTF_8);
  }

  /** What the hub's library says about labels. */
  static String classNames(String... names) {
    return "{\"info\": {\"features\": {\"label\": {\"names\": [\"%s\"], \"_type\": \"ClassLabel\"}}}}"
        .formatted(String.join("\", \"", names));
  }

  static ThriftOutput group(String name, int children) {
    return new ThriftOutput().text(4, name).number(5, children);
  }

  static ThriftOutput leaf(String name, int type, int repetition) {
    return new ThriftOutput().number(1, type).number(3, repetition).text(4, name);
  }

  byte[] bytes() {
    file.reset();
    put("PAR1".getBytes(StandardCharsets.US_ASCII));
    List<ThriftOutput> groups = new ArrayList<>();
    for (int from = 0; from < pictures.size(); from += rowsOfAGroup) {
      int to = Math.min(pictures.size(), from + rowsOfAGroup);
      List<byte[]> numbers = labels.subList(from, to).stream().map(this::number).toList();
      ThriftOutput pictureChunk = chunk(pictures.subList(from, to), true);
      ThriftOutput labelChunk = chunk(numbers, false);
      groups.add(
          new ThriftOutput()
              .structs(1, List.of(pictureChunk, labelChunk))
              .number(3, to - from + moreRows));
    }
    ThriftOutput key = new ThriftOutput().text(1, "huggingface").text(2, metadata);
    ThriftOutput footer = new ThriftOutput();
    if (encrypted) {
      footer.struct(8, new ThriftOutput());
    }
    byte[] end =
        footer
            .number(1, 1)
            .structs(2, schema.isEmpty() ? usualSchema() : schema)
            .number(3, pictures.size())
            .structs(4, groups)
            .structs(5, List.of(key))
            .bytes();
    put(end);
    put(le32(end.length));
    put("PAR1".getBytes(StandardCharsets.US_ASCII));
    return file.toByteArray();
  }

  private List<ThriftOutput> usualSchema() {
    int repetition = optional ? 1 : 0;
    return List.of(
        group("schema", 2),
        new ThriftOutput().number(3, repetition).text(4, "image").number(5, 1),
        leaf("bytes", 6, repetition),
        leaf("label", int32 ? 1 : 2, repetition));
  }

  /** Null stays null. */
  private byte[] number(Long value) {
    if (value == null) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value);
    return Arrays.copyOf(bytes.array(), int32 ? 4 : 8);
  }

  private ThriftOutput chunk(List<byte[]> values, boolean binary) {
    int start = file.size();
    List<byte[]> present = values.stream().filter(Objects::nonNull).toList();
    if (dictionary) {
      ThriftOutput details =
          new ThriftOutput().number(1, present.size() + moreDictionaryValues).number(2, 0);
      page(2, 7, details, new byte[0], plain(present, binary));
    }
    int data = file.size();
    int levels = optional ? (binary ? 2 : 1) : 0;
    byte[] definitions = levels == 0 ? new byte[0] : definitions(values, levels);
    byte[] content = dictionary ? indices(present.size()) : plain(present, binary);
    int encoding = dictionary ? 8 : 0;
    int count = values.size() + moreValues;
    if (secondVersion) {
      ThriftOutput details =
          new ThriftOutput()
              .number(1, count)
              .number(2, values.size() - present.size())
              .number(3, count)
              .number(4, encoding)
              .number(5, definitions.length)
              .number(6, 0)
              .bool(7, codec != UNCOMPRESSED);
      page(3, 8, details, definitions, content);
    } else {
      ThriftOutput details =
          new ThriftOutput().number(1, count).number(2, encoding).number(3, 3).number(4, 3);
      byte[] length = levels == 0 ? new byte[0] : le32(definitions.length);
      page(0, 5, details, new byte[0], join(length, definitions, content));
    }
    ThriftOutput metaData =
        new ThriftOutput()
            .number(4, codecThatIsSaid >= 0 ? codecThatIsSaid : codec)
            .number(5, values.size())
            .number(7, file.size() - start)
            .number(9, data + moreOffset);
    if (dictionary) {
      metaData.number(11, start);
    }
    return new ThriftOutput().number(2, start).struct(3, metaData);
  }

  /** The levels stand before the content and are not compressed. */
  private void page(int kind, int field, ThriftOutput details, byte[] levels, byte[] content) {
    byte[] compressed = compress(content);
    put(
        new ThriftOutput()
            .number(1, kind)
            .number(2, levels.length + content.length + morePageBytes)
            .number(3, levels.length + compressed.length)
            .struct(field, details)
            .bytes());
    put(levels);
    put(compressed);
  }

  /** A run of one for each value. */
  private static byte[] definitions(List<byte[]> values, int levels) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] value : values) {
      out.write(1 << 1);
      out.write(value == null ? 0 : levels);
    }
    return out.toByteArray();
  }

  /** The width, then all indices in packed groups of eight. */
  private byte[] indices(int count) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(indexWidth);
    out.write(((count + 7) / 8) << 1 | 1);
    IntStream.range(0, count).forEach(out::write);
    return out.toByteArray();
  }

  private static byte[] plain(List<byte[]> values, boolean binary) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] value : values) {
      if (binary) {
        out.writeBytes(le32(value.length));
      }
      out.writeBytes(value);
    }
    return out.toByteArray();
  }

  private byte[] compress(byte[] content) {
    return switch (codec) {
      case SNAPPY -> snappy(content);
      case GZIP -> gzip(content);
      default -> content;
    };
  }

  /** Literals alone. */
  static byte[] snappy(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int left = content.length;
    for (; left >= 0x80; left >>>= 7) {
      out.write((left & 0x7f) | 0x80);
    }
    out.write(left);
    for (int from = 0; from < content.length; from += 256) {
      int length = Math.min(256, content.length - from);
      out.write(60 << 2);
      out.write(length - 1);
      out.write(content, from, length);
    }
    return out.toByteArray();
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] le32(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private void put(byte[] content) {
    file.writeBytes(content);
  }
}
