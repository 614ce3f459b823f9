package io.mnist4j.federated;

import io.mnist4j.config.Setting;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.RunFolderException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A federation that is to go on.
 *
 * @param federation its own, with more rounds or another target where asked for
 * @param finished its summary, if there is nothing left to do
 */
public record FederationPlan(
    Federation federation, FederationFolder folder, Optional<FederationSummary> finished) {

  /**
   * Reads a folder, and compares what was asked for with what was begun.
   *
   * @throws ConfigException if this is no federation, or other settings are asked for
   * @throws RunFolderException if its summary is damaged
   */
  public static FederationPlan of(Path path, List<Setting> settings)
      throws ConfigException, RunFolderException {
    FederationFolder folder = FederationFolder.of(path);
    if (!FederationFolder.isOne(path) || !Files.exists(folder.run().config())) {
      throw new ConfigException(
          "%s is no federation that could go on: it has no rounds.csv or no config.yaml"
              .formatted(path));
    }
    Federation begun = FederationFile.read(folder.run().config(), List.of());
    Federation asked = FederationFile.read(folder.run().config(), settings);
    FederationFile.requireSame(path, begun, asked);
    boolean ended = Files.exists(folder.run().summary()) && Files.exists(folder.run().model());
    Optional<FederationSummary> finished =
        ended
                && asked.rounds() == begun.rounds()
                && asked.targetAccuracy() == begun.targetAccuracy()
            ? Optional.of(folder.readSummary())
            : Optional.empty();
    return new FederationPlan(asked, folder, finished);
  }
}
