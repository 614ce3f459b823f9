package io.mnist4j.data.parquet;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes a struct in Thrift's compact protocol. */
final class ThriftOutput {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int last;

  ThriftOutput number(int id, long value) {
    field(id, 6);
    varint((value << 1) ^ (value >> 63));
    return this;
  }

  ThriftOutput bool(int id, boolean value) {
    field(id, value ? 1 : 2);
    return this;
  }

  ThriftOutput text(int id, String value) {
    field(id, 8);
    element(value.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  ThriftOutput struct(int id, ThriftOutput value) {
    field(id, 12);
    out.writeBytes(value.bytes());
    return this;
  }

  ThriftOutput structs(int id, List<ThriftOutput> values) {
    field(id, 9);
    out.write(0xf0 | 12);
    varint(values.size());
    values.forEach(value -> out.writeBytes(value.bytes()));
    return this;
  }

  ThriftOutput texts(int id, List<String> values) {
    field(id, 9);
    out.write(values.size() << 4 | 8);
    values.forEach(value -> element(value.getBytes(StandardCharsets.UTF_8)));
    return this;
  }

  /** A field of any type and content. */
  ThriftOutput raw(int id, int type, int... content) {
    field(id, type);
    for (int b : content) {
      out.write(b);
    }
    return this;
  }

  byte[] bytes() {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(out.toByteArray());
    whole.write(0);
    return whole.toByteArray();
  }

  private void element(byte[] value) {
    varint(value.length);
    out.writeBytes(value);
  }

  private void field(int id, int type) {
    int step = id - last;
    if (step > 0 && step < 16) {
      out.write(step << 4 | type);
    } else {
      out.write(type);
      varint(2L * id);
    }
    last = id;
  }

  private void varint(long value) {
    long left = value;
    for (; (left & ~0x7fL) != 0; left >>>= 7) {
      out.write((int) ((left & 0x7f) | 0x80));
    }
    out.write((int) left);
  }
}
