package io.mnist4j.backend.driver;

/** A call of the driver has failed. The message is what the driver says. */
public final class CudaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** CUresult of a card whose memory is full, by cuda.h. */
  public static final int OUT_OF_MEMORY = 2;

  static final int NO_DEVICE = 100;
  static final int SYSTEM_DRIVER_MISMATCH = 803;

  /** Of the library itself: it has no such function. */
  static final int TOO_OLD = 35;

  private final int code;

  CudaException(int code, String message) {
    super(message);
    this.code = code;
  }

  /** The driver's number for what went wrong: a CUresult. */
  public int code() {
    return code;
  }
}
