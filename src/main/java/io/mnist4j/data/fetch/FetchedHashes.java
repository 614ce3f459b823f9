package io.mnist4j.data.fetch;

import io.mnist4j.errors.DataException;
import io.mnist4j.files.AtomicFile;
import io.mnist4j.files.FileProblem;
import io.mnist4j.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * What files of which nobody published a hash were when they were fetched, in a file beside them:
 * so a later change is seen.
 */
public final class FetchedHashes {
  /** The name of that file. */
  public static final String FILE = "mnist4j-fetched.json";

  private static final long MAX_BYTES = 1 << 20;

  private record Document(Map<String, String> sha256) {}

  private FetchedHashes() {}

  /**
   * The SHA-256 that a file had when it was fetched; empty if it was not fetched.
   *
   * @throws DataException if what was written cannot be read
   */
  public static Optional<String> of(Path file) throws DataException {
    return Optional.ofNullable(read(file.resolveSibling(FILE)).get(file.getFileName().toString()));
  }

  /** Notes the SHA-256 of a file that was fetched; the folder is locked. */
  static void add(Path file, String sha256) throws IOException {
    Path target = file.resolveSibling(FILE);
    Map<String, String> all = new TreeMap<>();
    try {
      all.putAll(read(target));
    } catch (DataException e) {
      // What cannot be read says nothing of the other files either.
    }
    all.put(file.getFileName().toString(), sha256);
    AtomicFile.write(target, Json.pretty(new Document(all)));
  }

  private static Map<String, String> read(Path target) throws DataException {
    Map<String, String> all = new TreeMap<>();
    if (!Files.isRegularFile(target)) {
      return all;
    }
    try {
      if (Files.size(target) > MAX_BYTES) {
        throw new DataException(target + ": too long for what it is; remove it");
      }
      JsonNode hashes = Json.required(Json.parse(Files.readString(target)), "sha256");
      hashes.fields().forEachRemaining(hash -> all.put(hash.getKey(), hash.getValue().asText()));
      return all;
    } catch (IllegalArgumentException e) {
      throw new DataException("%s: %s; remove it".formatted(target, e.getMessage()), e);
    } catch (IOException e) {
      throw new DataException("cannot read %s: %s".formatted(target, FileProblem.reason(e)), e);
    }
  }
}
