package io.mnist4j.hostile;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Zips, byte by byte where no decent library would write them. */
final class HostileZips {
  private static final int LOCAL_HEADER = 30;

  private HostileZips() {}

  /** An honest zip. */
  static byte[] of(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** What Nd4j writes for a row of numbers, with a length that may be another. */
  static byte[] array(float[] values, long saidLength) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    long[] shape = {2, 1, values.length, 1, 1, 0, 1, 'c'};
    out.writeUTF("LONG_SHAPE");
    out.writeLong(shape.length);
    out.writeUTF("LONG");
    for (long figure : shape) {
      out.writeLong(figure);
    }
    out.writeUTF("LONG_SHAPE");
    out.writeLong(saidLength);
    out.writeUTF("FLOAT");
    for (float value : values) {
      out.writeFloat(value);
    }
    return bytes.toByteArray();
  }

  /** A Java object that does something when it is read. */
  static byte[] gadget() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new EvilLayer.Gadget());
    }
    return bytes.toByteArray();
  }

  /**
   * A zip whose directory has the same content several times.
   *
   * @param honest entries that stand before it
   */
  static byte[] overlapping(Map<String, byte[]> honest, int copies, byte[] content) {
    return overlapping(honest, copies, "", content);
  }

  /** As above, under numbers with this ending as names. */
  static byte[] overlapping(Map<String, byte[]> honest, int copies, String ending, byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    Directory zip = new Directory();
    honest.forEach(zip::store);
    int offset = zip.local("0" + ending, 0, crc.getValue(), content, content.length);
    for (int i = 0; i < copies; i++) {
      zip.central(i + ending, 0, crc.getValue(), content.length, content.length, offset);
    }
    return zip.end();
  }

  /** An entry that says to hold another number of bytes than it holds. */
  static byte[] lyingEntry(Map<String, byte[]> honest, String name, byte[] content, int said) {
    byte[] data = deflated(content);
    CRC32 crc = new CRC32();
    crc.update(content);
    Directory zip = new Directory();
    honest.forEach(zip::store);
    int offset = zip.local(name, 8, crc.getValue(), data, said);
    zip.central(name, 8, crc.getValue(), data.length, said, offset);
    return zip.end();
  }

  /** Two entries of one name: one reader takes the first of them, another the last. */
  static byte[] doubled(Map<String, byte[]> honest, String name, byte[] second) {
    Directory zip = new Directory();
    honest.forEach(zip::store);
    zip.store(name, second);
    return zip.end();
  }

  static Map<String, byte[]> with(Map<String, byte[]> entries, String name, byte[] content) {
    Map<String, byte[]> changed = new LinkedHashMap<>(entries);
    changed.put(name, content);
    return changed;
  }

  private static byte[] deflated(byte[] content) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    deflater.setInput(content);
    deflater.finish();
    byte[] buffer = new byte[content.length + 1_000];
    int length = deflater.deflate(buffer);
    deflater.end();
    return Arrays.copyOf(buffer, length);
  }

  /** A zip that grows. */
  private static final class Directory {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
    private int entries;

    void store(String name, byte[] content) {
      CRC32 crc = new CRC32();
      crc.update(content);
      int offset = local(name, 0, crc.getValue(), content, content.length);
      central(name, 0, crc.getValue(), content.length, content.length, offset);
    }

    int local(String name, int method, long crc, byte[] data, int size) {
      int offset = body.size();
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      body.writeBytes(
          little(LOCAL_HEADER)
              .putInt(0x04034b50)
              .putShort((short) 20)
              .putShort((short) 0)
              .putShort((short) method)
              .putInt(0)
              .putInt((int) crc)
              .putInt(data.length)
              .putInt(size)
              .putShort((short) bytes.length)
              .putShort((short) 0)
              .array());
      body.writeBytes(bytes);
      body.writeBytes(data);
      return offset;
    }

    void central(String name, int method, long crc, int compressed, int size, int offset) {
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      directory.writeBytes(
          little(46)
              .putInt(0x02014b50)
              .putShort((short) 20)
              .putShort((short) 20)
              .putShort((short) 0)
              .putShort((short) method)
              .putInt(0)
              .putInt((int) crc)
              .putInt(compressed)
              .putInt(size)
              .putShort((short) bytes.length)
              .putShort((short) 0)
              .putShort((short) 0)
              .putShort((short) 0)
              .putShort((short) 0)
              .putInt(0)
              .putInt(offset)
              .array());
      directory.writeBytes(bytes);
      entries++;
    }

    byte[] end() {
      int start = body.size();
      body.writeBytes(directory.toByteArray());
      body.writeBytes(
          little(22)
              .putInt(0x06054b50)
              .putInt(0)
              .putShort((short) entries)
              .putShort((short) entries)
              .putInt(directory.size())
              .putInt(start)
              .putShort((short) 0)
              .array());
      return body.toByteArray();
    }

    private static ByteBuffer little(int bytes) {
      return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
  }
}
