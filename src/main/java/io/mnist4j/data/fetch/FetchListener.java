package io.mnist4j.data.fetch;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Told how data is fetched and read, on the thread that waits for it. Every method does nothing at
 * first.
 */
public interface FetchListener {
  /** Hears nothing. */
  FetchListener SILENT = new FetchListener() {};

  /** Something that a user should know of the data, in one line. */
  default void note(String text) {}

  /**
   * Pictures of a data set are decoded.
   *
   * @param source the folder or archive
   * @param done pictures so far
   */
  default void decoding(String source, int done, int total) {}

  /** Another process fetches into this folder; its work is waited for. */
  default void waiting(Path folder) {}

  /**
   * Bytes of a file have arrived.
   *
   * @param file its name on the mirror
   * @param bytes of the file so far, those of an earlier start included
   * @param total of the whole file, or -1 if the mirror does not say
   */
  default void progress(String file, long bytes, long total) {}

  /** A mirror failed for the moment and is asked again after a pause. */
  default void retrying(String file, String mirror, String reason, Duration pause) {}

  /** A mirror failed for good; the next one is asked, if there is one. */
  default void mirrorFailed(String file, String mirror, String reason) {}

  /** A file was verified and lies in its place. */
  default void fetched(Path file) {}
}
