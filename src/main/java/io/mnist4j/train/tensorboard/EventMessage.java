package io.mnist4j.train.tensorboard;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The protocol buffer message Event, as far as curves need it. Source: tensorflow/core/util/
 * event.proto and tensorflow/core/framework/summary.proto; the encoding is
 * protobuf.dev/programming-guides/encoding.
 */
final class EventMessage {
  private static final int EVENT_WALL_TIME = 1;
  private static final int EVENT_STEP = 2;
  private static final int EVENT_FILE_VERSION = 3;
  private static final int EVENT_SUMMARY = 5;
  private static final int EVENT_SESSION_LOG = 7;
  private static final int SESSION_LOG_STATUS = 1;
  private static final int SESSION_STATUS_START = 1;
  private static final int SUMMARY_VALUE = 1;
  private static final int VALUE_TAG = 1;
  private static final int VALUE_SIMPLE_VALUE = 2;

  /** How a field's value is encoded; the low three bits of its key. */
  private static final int VARINT = 0;

  private static final int FIXED_64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED_32 = 5;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private EventMessage() {}

  static byte[] fileVersion(long wallTimeMillis, String version) {
    return at(wallTimeMillis).text(EVENT_FILE_VERSION, version).bytes.toByteArray();
  }

  static byte[] scalar(long wallTimeMillis, long step, String tag, float value) {
    EventMessage entry = new EventMessage().text(VALUE_TAG, tag).float32(VALUE_SIMPLE_VALUE, value);
    EventMessage summary = new EventMessage().message(SUMMARY_VALUE, entry);
    return at(wallTimeMillis)
        .integer(EVENT_STEP, step)
        .message(EVENT_SUMMARY, summary)
        .bytes
        .toByteArray();
  }

  static byte[] sessionStart(long wallTimeMillis, long step) {
    EventMessage log = new EventMessage().integer(SESSION_LOG_STATUS, SESSION_STATUS_START);
    return at(wallTimeMillis)
        .integer(EVENT_STEP, step)
        .message(EVENT_SESSION_LOG, log)
        .bytes
        .toByteArray();
  }

  private static EventMessage at(long wallTimeMillis) {
    EventMessage event = new EventMessage();
    event.key(EVENT_WALL_TIME, FIXED_64);
    event.bytes.writeBytes(littleEndian(Double.BYTES).putDouble(wallTimeMillis / 1e3).array());
    return event;
  }

  private EventMessage integer(int field, long value) {
    key(field, VARINT);
    varint(value);
    return this;
  }

  private EventMessage float32(int field, float value) {
    key(field, FIXED_32);
    bytes.writeBytes(littleEndian(Float.BYTES).putFloat(value).array());
    return this;
  }

  private EventMessage text(int field, String text) {
    return delimited(field, text.getBytes(StandardCharsets.UTF_8));
  }

  private EventMessage message(int field, EventMessage message) {
    return delimited(field, message.bytes.toByteArray());
  }

  private EventMessage delimited(int field, byte[] content) {
    key(field, LENGTH_DELIMITED);
    varint(content.length);
    bytes.writeBytes(content);
    return this;
  }

  private void key(int field, int encoding) {
    varint((field << 3) | encoding);
  }

  /** Seven bits a byte, the lowest first; the high bit says that more follow. */
  private void varint(long value) {
    long rest = value;
    while (rest >>> 7 != 0) {
      bytes.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
