package io.mnist4j.data.npy;

import java.io.IOException;
import java.io.InputStream;

/**
 * Where the bytes of an npy file are.
 *
 * @param size how many there are; -1 if that is not known before they are read
 * @param trusted whether the size is that of a file on disk, or was checked against one: memory may
 *     be taken for so much, and several threads may read at a time
 * @param opener opens it at its beginning, again and again
 */
record NpyContent(long size, boolean trusted, Opener opener) {

  /** Opens a file at its beginning. */
  @FunctionalInterface
  interface Opener {
    InputStream open() throws IOException;
  }
}
