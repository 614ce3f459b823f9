package io.mnist4j.train.tensorboard;

import io.mnist4j.text.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.nd4j.shade.protobuf.CodedOutputStream;

/**
 * The protocol buffer message Event, as far as curves need it. Source: tensorflow/core/util/
 * event.proto and tensorflow/core/framework/summary.proto; of the settings of trials,
 * tensorboard/plugins/hparams/plugin_data.proto.
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
  private static final int VALUE_METADATA = 9;
  private static final int METADATA_PLUGIN = 1;
  private static final int PLUGIN_NAME = 1;
  private static final int PLUGIN_CONTENT = 2;
  private static final int HPARAMS_START = 3;
  private static final int HPARAMS_END = 4;
  private static final int START_SETTINGS = 1;
  private static final int START_TIME = 5;
  private static final int END_STATUS = 1;
  private static final int END_TIME = 2;
  private static final int STATUS_SUCCESS = 1;
  private static final int STATUS_FAILURE = 2;
  private static final int ENTRY_KEY = 1;
  private static final int ENTRY_VALUE = 2;
  private static final int NUMBER_VALUE = 2;
  private static final int STRING_VALUE = 3;
  private static final int BOOL_VALUE = 4;

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

  static byte[] settings(long wallTimeMillis, Map<String, Object> settings) {
    byte[] start =
        message(
            out -> {
              for (Map.Entry<String, Object> setting : settings.entrySet()) {
                byte[] entry =
                    message(
                        each -> {
                          each.writeString(ENTRY_KEY, setting.getKey());
                          each.writeByteArray(ENTRY_VALUE, value(setting.getValue()));
                        });
                out.writeByteArray(START_SETTINGS, entry);
              }
              out.writeDouble(START_TIME, wallTimeMillis / 1e3);
            });
    return hparams(wallTimeMillis, "session_start_info", HPARAMS_START, start);
  }

  static byte[] end(long wallTimeMillis, boolean success) {
    byte[] end =
        message(
            out -> {
              out.writeEnum(END_STATUS, success ? STATUS_SUCCESS : STATUS_FAILURE);
              out.writeDouble(END_TIME, wallTimeMillis / 1e3);
            });
    return hparams(wallTimeMillis, "session_end_info", HPARAMS_END, end);
  }

  private static byte[] value(Object value) {
    return message(
        out -> {
          if (value instanceof Number number) {
            out.writeDouble(NUMBER_VALUE, number.doubleValue());
          } else if (value instanceof Boolean truth) {
            out.writeBool(BOOL_VALUE, truth);
          } else {
            out.writeString(STRING_VALUE, value instanceof String text ? text : Json.line(value));
          }
        });
  }

  private static byte[] hparams(long wallTimeMillis, String what, int field, byte[] content) {
    byte[] data = message(out -> out.writeByteArray(field, content));
    byte[] plugin =
        message(
            out -> {
              out.writeString(PLUGIN_NAME, "hparams");
              out.writeByteArray(PLUGIN_CONTENT, data);
            });
    byte[] metadata = message(out -> out.writeByteArray(METADATA_PLUGIN, plugin));
    byte[] entry =
        message(
            out -> {
              out.writeString(VALUE_TAG, "_hparams_/" + what);
              out.writeByteArray(VALUE_METADATA, metadata);
            });
    byte[] summary = message(out -> out.writeByteArray(SUMMARY_VALUE, entry));
    return event(wallTimeMillis, out -> out.writeByteArray(EVENT_SUMMARY, summary));
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
