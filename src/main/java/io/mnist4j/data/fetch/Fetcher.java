package io.mnist4j.data.fetch;

import io.mnist4j.data.DataFolder;
import io.mnist4j.data.catalogue.CatalogueFile;
import io.mnist4j.data.catalogue.IdxEntry;
import io.mnist4j.data.fetch.TransferException.Remedy;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.MissingDataException;
import io.mnist4j.files.FileProblem;
import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Gets files of one data set from its mirrors into one folder, in turn until one has them. */
public final class Fetcher {
  private final IdxEntry entry;
  private final Path folder;
  private final FetchSettings settings;
  private final FetchListener listener;
  private final Map<String, String> reasons = new LinkedHashMap<>();

  /**
   * @param folder where the files go; made if it is not there
   */
  public Fetcher(IdxEntry entry, Path folder, FetchSettings settings, FetchListener listener) {
    this.entry = entry;
    this.folder = folder;
    this.settings = settings;
    this.listener = listener;
  }

  /**
   * Returns where the files lie that were fetched.
   *
   * @param wanted what was not there when last looked for
   * @param stillWanted asked for each of them when no other process fetches any more
   * @throws MissingDataException if one could not be fetched
   */
  public List<Path> fetch(List<CatalogueFile> wanted, Predicate<CatalogueFile> stillWanted)
      throws DataException {
    Deadline deadline = new Deadline(settings.totalTimeout());
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder);
      }
      try (FetchLock lock = FetchLock.acquire(folder, deadline, listener)) {
        List<CatalogueFile> files = wanted.stream().filter(stillWanted).toList();
        return files.isEmpty() ? List.of() : fetchAll(files, deadline);
      }
    } catch (IOException e) {
      throw new MissingDataException(
          "cannot fetch %s: cannot write to %s: %s. Name another folder with --data-dir or %s"
              .formatted(entry.name(), folder, FileProblem.reason(e), DataFolder.VARIABLE));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DataException("interrupted while fetching " + entry.name(), e);
    }
  }

  private List<Path> fetchAll(List<CatalogueFile> files, Deadline deadline)
      throws MissingDataException, IOException, InterruptedException {
    List<Mirror> sources = sources();
    List<Path> fetched = new ArrayList<>();
    for (CatalogueFile file : files) {
      Path path = fetchOne(file, sources, deadline);
      listener.fetched(path);
      fetched.add(path);
    }
    return fetched;
  }

  /** Reorders the sources: one that failed is asked last from then on, or never again. */
  private Path fetchOne(CatalogueFile file, List<Mirror> sources, Deadline deadline)
      throws MissingDataException, IOException, InterruptedException {
    for (Mirror mirror : List.copyOf(sources)) {
      try {
        return new Download(file, folder, mirror, settings, deadline, listener).run();
      } catch (TransferException e) {
        reasons.put(mirror.name(), e.getMessage());
        listener.mirrorFailed(file.role().gzipName(), mirror.name(), e.getMessage());
        sources.remove(mirror);
        if (e.remedy() != Remedy.UNREACHABLE) {
          sources.add(mirror);
        }
      }
    }
    List<String> failures = new ArrayList<>();
    reasons.forEach((mirror, reason) -> failures.add(mirror + ": " + reason));
    throw new MissingDataException(
        "cannot fetch %s (%s): %s. Put the four files into %s or set %s, then try again"
            .formatted(
                entry.name(),
                file.role().gzipName(),
                String.join("; ", failures),
                folder,
                DataFolder.VARIABLE));
  }

  private List<Mirror> sources() {
    List<URI> bases = new ArrayList<>();
    for (String mirror : settings.mirrors().isEmpty() ? entry.mirrors() : settings.mirrors()) {
      String base = mirror.replace("{dataset}", entry.name());
      bases.add(URI.create(base.endsWith("/") ? base : base + "/"));
    }
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.connectTimeout())
            .proxy(settings.proxies())
            .build();
    HostLookup hosts =
        new HostLookup(
            bases.stream().filter(this::isReachedDirectly).map(URI::getHost).toList(),
            settings.connectTimeout());
    List<Mirror> sources = new ArrayList<>();
    for (URI base : bases) {
      sources.add(
          base.getScheme().equals("file")
              ? new FileSource(Path.of(base))
              : new HttpSource(base, client, hosts, settings));
    }
    return sources;
  }

  /** Behind a proxy the proxy looks names up, and this machine may be unable to. */
  private boolean isReachedDirectly(URI base) {
    return !base.getScheme().equals("file")
        && settings.proxies().select(base).stream()
            .allMatch(proxy -> proxy.type() == Proxy.Type.DIRECT);
  }
}
