package io.mnist4j.data.npy;

import io.mnist4j.data.source.DiskFile;
import io.mnist4j.data.source.FileEntry;
import io.mnist4j.errors.DataException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** NumPy's files, and files that are nearly so. */
public final class NpyFixture {
  private NpyFixture() {}

  /** Version 1.0 of an npy file with this text as its header. */
  public static byte[] npyOf(String header, byte[] values) {
    return npyOf(1, header, values);
  }

  /** As {@link #npyOf(String, byte[])}, of another version. */
  static byte[] npyOf(int major, String header, byte[] values) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(12 + text.length + values.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) major, 0});
    if (major == 1) {
      file.putShort((short) text.length);
    } else {
      file.putInt(text.length);
    }
    file.put(text).put(values);
    byte[] bytes = new byte[file.position()];
    file.get(0, bytes);
    return bytes;
  }

  /** The text of a header in row order. */
  public static String header(String descr, long... shape) {
    return header(descr, false, shape);
  }

  static String header(String descr, boolean fortranOrder, long... shape) {
    StringBuilder sizes = new StringBuilder();
    for (long size : shape) {
      sizes.append(size).append(", ");
    }
    return "{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }\n"
        .formatted(descr, fortranOrder ? "True" : "False", sizes.toString().stripTrailing());
  }

  /** Unsigned bytes in row order. */
  public static byte[] bytes(byte[] values, long... shape) {
    return npyOf(header("|u1", shape), values);
  }

  /** Numbers 0 to n - 1 as unsigned bytes, all of 28 x 28 pixels that begin so. */
  static byte[] images(int count) {
    byte[] pixels = new byte[count * 4];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 7);
    }
    return bytes(pixels, count, 2, 2);
  }

  /** Labels 0, 1, 2, 0, 1 ... */
  static byte[] labels(int count) {
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 3);
    }
    return bytes(labels, count);
  }

  /** Numbers of any type of {@code descr}, such as {@code >i2}. */
  static byte[] numbers(String descr, double... values) {
    ByteOrder order = descr.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    String code = descr.substring(1);
    int bytes = code.charAt(1) - '0';
    ByteBuffer buffer = ByteBuffer.allocate(values.length * bytes).order(order);
    BiConsumer<ByteBuffer, Double> put =
        switch (code) {
          case "f4" -> (to, value) -> to.putFloat(value.floatValue());
          case "f8" -> ByteBuffer::putDouble;
          case "b1", "i1", "u1" -> (to, value) -> to.put((byte) value.longValue());
          case "i2", "u2" -> (to, value) -> to.putShort((short) value.longValue());
          case "i4", "u4" -> (to, value) -> to.putInt((int) value.longValue());
          default -> (to, value) -> to.putLong(value.longValue());
        };
    for (double value : values) {
      put.accept(buffer, value);
    }
    return buffer.array();
  }

  /** A deflated zip; names without {@code .npy}. */
  public static byte[] npz(Map<String, byte[]> arrays) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
        zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
        zip.write(array.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** One stored entry, all of whose sizes are 64-bit numbers, as in a zip of more than 4 GB. */
  public static byte[] zip64(String name, byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    int directory = 30 + text.length + 20 + content.length;
    int directoryBytes = 46 + text.length + 28;
    ByteBuffer zip =
        ByteBuffer.allocate(directory + directoryBytes + 56 + 20 + 22)
            .order(ByteOrder.LITTLE_ENDIAN);
    zip.putInt(0x04034b50).putShort((short) 45).putShort((short) 0).putShort((short) 0);
    zip.putInt(0).putInt((int) crc.getValue()).putInt(-1).putInt(-1);
    zip.putShort((short) text.length).putShort((short) 20).put(text);
    zip.putShort((short) 1).putShort((short) 16).putLong(content.length).putLong(content.length);
    zip.put(content);
    zip.putInt(0x02014b50).putShort((short) 45).putShort((short) 45).putShort((short) 0);
    zip.putShort((short) 0).putInt(0).putInt((int) crc.getValue()).putInt(-1).putInt(-1);
    zip.putShort((short) text.length).putShort((short) 28).put(new byte[10]).putInt(-1).put(text);
    zip.putShort((short) 1).putShort((short) 24).putLong(content.length).putLong(content.length);
    zip.putLong(0);
    zip.putInt(0x06064b50).putLong(44).putShort((short) 45).putShort((short) 45).putLong(0);
    zip.putLong(1).putLong(1).putLong(directoryBytes).putLong(directory);
    zip.putInt(0x07064b50).putInt(0).putLong(directory + directoryBytes).putInt(1);
    zip.putInt(0x06054b50).putInt(0).putShort((short) -1).putShort((short) -1).putInt(-1);
    zip.putInt(-1).putShort((short) 0);
    return zip.array();
  }

  /** Puts a file on the disk. */
  static FileEntry onDisk(Path folder, String name, byte[] content) {
    try {
      return DiskFile.of(Files.write(folder.resolve(name), content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (DataException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A file of an archive. */
  public static FileEntry inArchive(String name, byte[] content) {
    return inArchive(name, content, content.length);
  }

  /** A file of an archive that says it to be so long. */
  public static FileEntry inArchive(String name, byte[] content, long saidSize) {
    return new FileEntry() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public long size() {
        return saidSize;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(content);
      }

      @Override
      public Optional<Path> path() {
        return Optional.empty();
      }

      @Override
      public String toString() {
        return "archive.zip: " + name;
      }
    };
  }
}
