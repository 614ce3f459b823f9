package io.mnist4j.data.store;

/** Whether loading a data set may use the network. */
public enum FetchPolicy {
  /** Only what is on disk. */
  NEVER,
  /** Files that are not on disk are fetched. */
  IF_MISSING
}
