package io.mnist4j.data.store;

import java.util.List;

/** Whether a data set on disk can be used, as its files say together. */
public enum DatasetState {
  /** Every file is there and right. */
  COMPLETE,
  /** Some files are there, and right. */
  INCOMPLETE,
  /** A file is there and wrong. */
  CORRUPT,
  /** No file is there. */
  MISSING;

  /**
   * Sums up the files of one data set.
   *
   * @param files at least one
   */
  public static DatasetState of(List<FileStatus> files) {
    List<FileStatus.FileState> states = files.stream().map(FileStatus::state).toList();
    if (states.contains(FileStatus.FileState.CORRUPT)) {
      return CORRUPT;
    }
    if (!states.contains(FileStatus.FileState.OK)) {
      return MISSING;
    }
    return states.contains(FileStatus.FileState.MISSING) ? INCOMPLETE : COMPLETE;
  }
}
