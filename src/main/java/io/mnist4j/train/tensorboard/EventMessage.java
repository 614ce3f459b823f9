package io.mnist4j.train.tensorboard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.nd4j.shade.protobuf.CodedOutputStream;

/**
 * The protocol buffer message Event, as far as curves need it. Source: tensorflow/core/util/
 * event.proto and tensorflow/core/framework/summary.proto.
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

  private EventMessage() {}

  private interface Fields {
    void writeTo(CodedOutputStream out) throws IOException;
  }

  static byte[] fileVersion(long wallTimeMillis, String version) {
    return event(wallTimeMillis, out -> out.writeString(EVENT_FILE_VERSION, version));
  }

  static byte[] scalar(long wallTimeMillis, long step, String tag, float value) {
    byte[] entry =
        message(
            out -> {
              out.writeString(VALUE_TAG, tag);
              out.writeFloat(VALUE_SIMPLE_VALUE, value);
            });
    byte[] summary = message(out -> out.writeByteArray(SUMMARY_VALUE, entry));
    return event(
        wallTimeMillis,
        out -> {
          out.writeInt64(EVENT_STEP, step);
          out.writeByteArray(EVENT_SUMMARY, summary);
        });
  }

  static byte[] sessionStart(long wallTimeMillis, long step) {
    byte[] log = message(out -> out.writeEnum(SESSION_LOG_STATUS, SESSION_STATUS_START));
    return event(
        wallTimeMillis,
        out -> {
          out.writeInt64(EVENT_STEP, step);
          out.writeByteArray(EVENT_SESSION_LOG, log);
        });
  }

  private static byte[] event(long wallTimeMillis, Fields fields) {
    return message(
        out -> {
          out.writeDouble(EVENT_WALL_TIME, wallTimeMillis / 1e3);
          fields.writeTo(out);
        });
  }

  private static byte[] message(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      fields.writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("memory can always be written", e);
    }
    return bytes.toByteArray();
  }
}
