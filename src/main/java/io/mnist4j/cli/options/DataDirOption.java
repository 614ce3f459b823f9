package io.mnist4j.cli.options;

import io.mnist4j.data.store.DataStore;
import java.nio.file.Path;
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
    try {
      return DataStore.of(folder, context().environment());
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }
}
