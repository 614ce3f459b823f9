package io.mnist4j.data.idx;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The types of an element, by the third byte of a file; all big-endian. */
enum IdxElement {
  UINT8(0x08, 1) {
    @Override
    double next(ByteBuffer from) {
      return Byte.toUnsignedInt(from.get());
    }
  },
  INT8(0x09, 1) {
    @Override
    double next(ByteBuffer from) {
      return from.get();
    }
  },
  INT16(0x0b, 2) {
    @Override
    double next(ByteBuffer from) {
      return from.getShort();
    }
  },
  INT32(0x0c, 4) {
    @Override
    double next(ByteBuffer from) {
      return from.getInt();
    }
  },
  FLOAT32(0x0d, 4) {
    @Override
    double next(ByteBuffer from) {
      return from.getFloat();
    }
  },
  FLOAT64(0x0e, 8) {
    @Override
    double next(ByteBuffer from) {
      return from.getDouble();
    }
  };

  final int code;
  final int bytes;

  IdxElement(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** Takes one element. */
  abstract double next(ByteBuffer from);

  boolean isFloat() {
    return this == FLOAT32 || this == FLOAT64;
  }

  static Optional<IdxElement> of(int code) {
    return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
  }
}
