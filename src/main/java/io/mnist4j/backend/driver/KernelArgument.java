package io.mnist4j.backend.driver;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * The structure that a kernel takes, as C lays it out: addresses of eight bytes first, then numbers
 * of four.
 */
public final class KernelArgument {
  private static final int LARGEST = 512;

  private final Memory parameters = new Memory(Native.POINTER_SIZE);
  private final Memory structure = new Memory(LARGEST);
  private int size;

  /** Begins an empty one. */
  public KernelArgument() {
    structure.clear();
    parameters.setPointer(0, structure);
  }

  /**
   * Appends addresses on the card.
   *
   * @param addresses 0 for none
   */
  public KernelArgument pointers(long... addresses) {
    for (long address : addresses) {
      structure.setLong(size, address);
      size += Long.BYTES;
    }
    return this;
  }

  /** Appends whole numbers. */
  public KernelArgument ints(int... numbers) {
    for (int number : numbers) {
      structure.setInt(size, number);
      size += Integer.BYTES;
    }
    return this;
  }

  /** Appends numbers in single precision. */
  public KernelArgument floats(double... numbers) {
    for (double number : numbers) {
      structure.setFloat(size, (float) number);
      size += Float.BYTES;
    }
    return this;
  }

  /** An array of the addresses of all arguments, of which this is the only one. */
  Pointer parameters() {
    return parameters;
  }
}
