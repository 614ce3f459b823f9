package io.mnist4j.cli;

import io.mnist4j.data.DataFolder;
import io.mnist4j.data.DataStore;
import io.mnist4j.data.FetchSettings;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where data sets lie. */
final class DataDirOption {
  @Option(names = "--data-dir", paramLabel = "DIR", description = "The folder of data sets.")
  private Path dataDir;

  DataStore store() {
    return new DataStore(
        DataFolder.resolve(dataDir, System.getenv(), System.getProperties()),
        FetchSettings.of(System.getenv()));
  }
}
