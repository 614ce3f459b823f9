package io.mnist4j.report.text;

import io.mnist4j.data.catalogue.CatalogueEntry;
import io.mnist4j.data.store.DatasetStatus;
import io.mnist4j.data.store.FetchResult;
import io.mnist4j.data.store.FileStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Data sets on this machine, in lines of text for a terminal. */
public final class DatasetText {
  private static final String ROW = "%-15s %-15s %-8s %-11s %s%n";

  private DatasetText() {}

  /** A table with a row for each data set. */
  public static String list(List<DatasetStatus> all) {
    StringBuilder text =
        new StringBuilder(ROW.formatted("NAME", "IMAGES", "CLASSES", "STATE", "FOLDER"));
    for (DatasetStatus status : all) {
      CatalogueEntry entry = status.entry();
      text.append(
          ROW.formatted(
              entry.name(),
              entry.trainImages() + " + " + entry.testImages(),
              entry.classNames().size(),
              status.state(),
              status.folder().map(String::valueOf).orElse("-")));
    }
    return text.toString();
  }

  /** A line for each file: whether it can be used, and where it is or what is wrong. */
  public static String files(List<DatasetStatus> all) {
    StringBuilder text = new StringBuilder();
    for (DatasetStatus status : all) {
      String name = status.entry().name();
      if (status.files().isEmpty()) {
        text.append("ok       %s: made by the program, no files%n".formatted(name));
      }
      for (FileStatus file : status.files()) {
        text.append(
            "%-8s %s %s: %s%n"
                .formatted(
                    file.state().name().toLowerCase(Locale.ROOT), name, file.name(), place(file)));
      }
    }
    return text.toString();
  }

  private static String place(FileStatus file) {
    if (file.state() != FileStatus.FileState.OK) {
      return file.remark();
    }
    String path = file.path().orElseThrow().toString();
    return file.remark().isEmpty() ? path : "%s (%s)".formatted(path, file.remark());
  }

  /**
   * A line for each file: whether it was fetched or was there before.
   *
   * @param results by the name of the data set
   */
  public static String fetched(Map<String, FetchResult> results) {
    StringBuilder text = new StringBuilder();
    results.forEach(
        (name, result) -> {
          if (result.files().isEmpty()) {
            text.append("%s is made by the program: there is nothing to fetch%n".formatted(name));
          }
          for (Path file : result.files()) {
            text.append(result.fetched().contains(file) ? "fetched  " : "present  ");
            text.append(file).append(System.lineSeparator());
          }
        });
    return text.toString();
  }
}
