package io.mnist4j.data.fetch;

import io.mnist4j.data.DataFolder;
import io.mnist4j.data.catalogue.CatalogueEntry;
import io.mnist4j.data.catalogue.CatalogueFile;
import io.mnist4j.data.catalogue.CheckedFile;
import io.mnist4j.data.catalogue.FileHash.HashKind;
import io.mnist4j.data.fetch.TransferException.Remedy;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.MissingDataException;
import io.mnist4j.files.FileProblem;
import io.mnist4j.text.Durations;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Gets files of one data set from its mirrors, in turn until one has them.
 *
 * @param folder where the files go; made if it is not there
 */
public record Fetcher(
    CatalogueEntry entry, Path folder, FetchSettings settings, FetchListener listener) {
  /** When a fetch has taken long enough. */
  record Deadline(Duration total, long endNanos) {
    static Deadline in(Duration total) {
      return new Deadline(total, System.nanoTime() + total.toNanos());
    }

    boolean hasPassed() {
      return System.nanoTime() - endNanos >= 0;
    }

    /** What to say when it has passed. */
    String reason() {
      return "gave up after " + Durations.text(total);
    }
  }

  /**
   * Returns where the files lie that were fetched.
   *
   * @param wanted what was not there when last looked for
   * @param stillWanted asked for each of them when no other process fetches any more
   * @param force fetch an archive that is there too
   * @throws MissingDataException if one could not be fetched
   * @throws DataException if an archive does not hold one
   */
  public List<Path> fetch(
      List<CatalogueFile> wanted, Predicate<CatalogueFile> stillWanted, boolean force)
      throws DataException {
    Deadline deadline = Deadline.in(settings.totalTimeout());
    try (FolderLock lock = FolderLock.take(folder, deadline, listener)) {
      List<CatalogueFile> files = wanted.stream().filter(stillWanted).toList();
      if (files.isEmpty()) {
        return List.of();
      }
      Optional<CatalogueFile> archive = entry.layout().archive();
      return archive.isEmpty()
          ? fetchAll(files, deadline)
          : extractAll(files, archive(archive.get(), deadline, force));
    } catch (IOException e) {
      throw new MissingDataException(
          "cannot fetch %s: cannot write to %s: %s. Choose another folder, for example with %s"
              .formatted(entry.name(), folder, FileProblem.reason(e), DataFolder.VARIABLE));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DataException("interrupted while fetching " + entry.name(), e);
    }
  }

  private List<Path> fetchAll(List<CatalogueFile> files, Deadline deadline)
      throws MissingDataException, IOException, InterruptedException {
    List<Mirror> mirrors = mirrors();
    Map<String, String> failures = new LinkedHashMap<>();
    List<Path> fetched = new ArrayList<>();
    for (CatalogueFile file : files) {
      fetched.add(fetchOne(file, mirrors, failures, deadline));
      note(file, fetched.get(fetched.size() - 1));
    }
    return fetched;
  }

  /** What has no published hash is remembered as it was. */
  private void note(CatalogueFile file, Path fetched) throws IOException {
    if (file.hash().isEmpty()) {
      FetchedHashes.add(fetched, HashKind.SHA256.of(fetched));
    }
    listener.fetched(fetched);
  }

  /** The verified archive, which other data sets may have fetched before. */
  private Path archive(CatalogueFile archive, Deadline deadline, boolean force)
      throws MissingDataException, IOException, InterruptedException {
    Path there = folder.resolve(archive.name());
    return !force && isRight(archive, there) ? there : fetchAll(List.of(archive), deadline).get(0);
  }

  private static boolean isRight(CatalogueFile file, Path path) {
    try {
      return CheckedFile.of(file, path).isRight();
    } catch (DataException e) {
      return false;
    }
  }

  private List<Path> extractAll(List<CatalogueFile> files, Path archive)
      throws DataException, IOException {
    ArchiveMembers members = new ArchiveMembers(archive, entry.layout().archiveFolder());
    List<Path> extracted = new ArrayList<>();
    for (CatalogueFile file : files) {
      extracted.add(members.extract(file));
      note(file, extracted.get(extracted.size() - 1));
    }
    return extracted;
  }

  /**
   * Reorders the mirrors: one that failed is asked last from then on, or never again.
   *
   * @param failures the last failure of each mirror by its name, to which new ones are added
   */
  private Path fetchOne(
      CatalogueFile file, List<Mirror> mirrors, Map<String, String> failures, Deadline deadline)
      throws MissingDataException, IOException, InterruptedException {
    for (Mirror mirror : List.copyOf(mirrors)) {
      try {
        return new Download(file, folder, mirror, settings, deadline, listener).run();
      } catch (TransferException e) {
        failures.put(mirror.name(), e.getMessage());
        listener.mirrorFailed(file.name(), mirror.name(), e.getMessage());
        mirrors.remove(mirror);
        if (e.remedy() != Remedy.UNREACHABLE) {
          mirrors.add(mirror);
        }
      }
    }
    String reasons =
        failures.entrySet().stream()
            .map(failure -> failure.getKey() + ": " + failure.getValue())
            .collect(Collectors.joining("; "));
    throw new MissingDataException(
        "cannot fetch %s (%s): %s. Put %s into %s or set %s, then try again"
            .formatted(entry.name(), file.name(), reasons, byHand(), folder, DataFolder.VARIABLE));
  }

  private String byHand() {
    Optional<CatalogueFile> archive = entry.layout().archive();
    if (archive.isPresent()) {
      return archive.get().name();
    }
    return entry.isIdx()
        ? "the four files"
        : entry.files().stream().map(CatalogueFile::name).collect(Collectors.joining(" and "));
  }

  private List<Mirror> mirrors() {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.connectTimeout())
            .proxy(settings.proxies())
            .build();
    List<Mirror> mirrors = new ArrayList<>();
    for (String address : settings.mirrors().isEmpty() ? entry.mirrors() : settings.mirrors()) {
      String named = address.replace("{dataset}", entry.layout().folder());
      URI base = URI.create(named.endsWith("/") ? named : named + "/");
      mirrors.add(
          base.getScheme().equals("file")
              ? new FolderMirror(Path.of(base), settings.stallTimeout())
              : new HttpMirror(base, client, settings));
    }
    return mirrors;
  }
}
