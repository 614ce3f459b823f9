package io.mnist4j.data.store;

import io.mnist4j.data.catalogue.FileRole;
import java.nio.file.Path;
import java.util.List;

/**
 * What a fetch left on disk.
 *
 * @param files where each of the four lies, verified, in the order of {@link FileRole}
 * @param fetched those of them that were not there, or not right, before
 */
public record FetchResult(List<Path> files, List<Path> fetched) {

  public FetchResult {
    files = List.copyOf(files);
    fetched = List.copyOf(fetched);
  }
}
