package io.mnist4j.data.fetch;

import java.nio.ByteBuffer;

/** The bytes of a file, or of its rest, on their way from a mirror. */
interface ResponseBody extends AutoCloseable {
  /** Where in the file the first byte belongs; 0 if the mirror does not resume. */
  long start();

  /** Length of the whole file, or -1 if the mirror does not say. */
  long total();

  /** The next bytes; null at the end. */
  ByteBuffer next() throws TransferException, InterruptedException;

  /** Stops it. */
  @Override
  void close();
}
