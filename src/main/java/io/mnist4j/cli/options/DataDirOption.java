package io.mnist4j.cli.options;

import io.mnist4j.data.DataFolder;
import io.mnist4j.data.fetch.FetchSettings;
import io.mnist4j.data.store.DataStore;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where data sets lie. */
public final class DataDirOption extends OptionGroup {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Where data sets lie, and are fetched to. Default: $MNIST4J_DATA, else data/ of the "
              + "checkout, else $XDG_CACHE_HOME/mnist4j or ~/.cache/mnist4j.")
  private Path folder;

  /** The folder that was asked for, or the one that the environment names. */
  public DataStore store() {
    Map<String, String> environment = context().environment();
    try {
      return new DataStore(
          DataFolder.resolve(folder, environment, System.getProperties()),
          FetchSettings.of(environment),
          DataFolder.decoded(environment, System.getProperties()));
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }
}
