package io.mnist4j.cli.options;

import io.mnist4j.train.ThreadTuner;
import picocli.CommandLine.Option;

/** How many threads compute. */
public final class ThreadOption extends OptionGroup {
  private static final String AUTO = "auto";

  @Option(
      names = "--threads",
      paramLabel = "N|auto",
      defaultValue = AUTO,
      description =
          "Threads that compute: a number up to that of the cores, or auto (the default), which "
              + "finds out while it trains. The results do not depend on it.")
  private String threads;

  /** For work that is too short to find out: auto is one thread. */
  public int count() {
    return threads.equals(AUTO) ? 1 : asked(this, threads);
  }

  /** For a training. */
  public ThreadTuner tuner() {
    return threads.equals(AUTO)
        ? ThreadTuner.automatic(Runtime.getRuntime().availableProcessors())
        : ThreadTuner.fixed(asked(this, threads));
  }

  /** For work of many parts: auto is one thread for each core. */
  static int forEachCore(OptionGroup options, String threads) {
    return threads.equals(AUTO)
        ? Runtime.getRuntime().availableProcessors()
        : asked(options, threads);
  }

  private static int asked(OptionGroup options, String threads) {
    int cores = Runtime.getRuntime().availableProcessors();
    if (threads.matches("[1-9][0-9]{0,3}") && Integer.parseInt(threads) <= cores) {
      return Integer.parseInt(threads);
    }
    throw options.wrong(
        "--threads must be auto or 1 to %d (the cores of this machine), not '%s'"
            .formatted(cores, threads));
  }
}
