package io.mnist4j.data.fetch;

/** A place that holds a data set's files. */
interface Mirror {
  /** What messages call it: a host, or a folder. */
  String name();

  /**
   * Asks for a file from one of its bytes on.
   *
   * @param offset 0 or more; the body may start at 0 instead
   */
  ResponseBody open(String file, long offset) throws TransferException, InterruptedException;
}
