package io.mnist4j.report.text;

import io.mnist4j.data.catalogue.FileHash;
import io.mnist4j.data.store.DatasetStatus;
import io.mnist4j.data.store.FetchResult;
import io.mnist4j.data.store.FileStatus;
import io.mnist4j.text.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Data sets on this machine, as JSON documents. The components of the records are the keys. */
public final class DatasetJson {

  private record ListedDataset(
      String name,
      String description,
      int trainImages,
      int testImages,
      String state,
      String folder,
      List<String> classNames) {

    static ListedDataset of(DatasetStatus status) {
      return new ListedDataset(
          status.entry().name(),
          status.entry().description(),
          status.entry().trainImages(),
          status.entry().testImages(),
          status.state(),
          status.folder().map(String::valueOf).orElse(null),
          status.entry().classNames());
    }
  }

  private record DatasetListing(String dataDir, List<ListedDataset> datasets) {}

  private record VerifiedFile(
      String name,
      String state,
      String path,
      String expectedSha256,
      String foundSha256,
      PublishedHash publishedHash,
      String foundHash,
      String remark,
      String problem) {

    static VerifiedFile of(FileStatus file) {
      boolean content =
          file.expected().filter(hash -> hash.kind() == FileHash.HashKind.CONTENT).isPresent();
      return new VerifiedFile(
          file.name(),
          file.state().name().toLowerCase(Locale.ROOT),
          file.path().map(String::valueOf).orElse(null),
          content ? file.expected().get().hex() : null,
          content ? file.found().orElse(null) : null,
          file.expected().map(PublishedHash::of).orElse(null),
          file.found().orElse(null),
          file.remark().isEmpty() ? null : file.remark(),
          file.remark().isEmpty() || file.state() == FileStatus.FileState.OK
              ? null
              : file.remark());
    }
  }

  /**
   * What a file is compared with.
   *
   * @param of {@code content} without compression, or {@code file}
   */
  private record PublishedHash(String of, String kind, String hex, String source) {
    static PublishedHash of(FileHash hash) {
      return new PublishedHash(
          hash.kind() == FileHash.HashKind.CONTENT ? "content" : "file",
          hash.kind().toString(),
          hash.hex(),
          hash.source());
    }
  }

  private record FetchedFile(String path, boolean fetched) {}

  /** A data set with what is said of its files. */
  private record DatasetFiles(String name, List<? extends Record> files) {}

  private DatasetJson() {}

  /**
   * The catalogue.
   *
   * @param folder that data sets lie in
   */
  public static String list(Path folder, List<DatasetStatus> all) {
    return Json.pretty(
        new DatasetListing(folder.toString(), all.stream().map(ListedDataset::of).toList()));
  }

  /** The state of each file. */
  public static String files(List<DatasetStatus> all) {
    return datasets(
        all.stream()
            .map(
                status ->
                    new DatasetFiles(
                        status.entry().name(),
                        status.files().stream().map(VerifiedFile::of).toList()))
            .toList());
  }

  /**
   * Whether each file was fetched or was there before.
   *
   * @param results by the name of the data set
   */
  public static String fetched(Map<String, FetchResult> results) {
    List<DatasetFiles> all = new ArrayList<>();
    results.forEach(
        (name, result) ->
            all.add(
                new DatasetFiles(
                    name,
                    result.files().stream()
                        .map(
                            file ->
                                new FetchedFile(file.toString(), result.fetched().contains(file)))
                        .toList())));
    return datasets(all);
  }

  private static String datasets(List<DatasetFiles> all) {
    return Json.pretty(Map.of("datasets", all));
  }
}
