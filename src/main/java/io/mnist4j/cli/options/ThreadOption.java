package io.mnist4j.cli.options;

import io.mnist4j.train.ThreadTuner;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** How many threads compute. */
public final class ThreadOption extends OptionGroup {
  private static final String AUTO = "auto";

  /** The launcher puts the user's OMP_NUM_THREADS into the first, for it has to set that itself. */
  private static final List<String> PRESETS = List.of("MNIST4J_THREADS", "SLURM_CPUS_PER_TASK");

  @Option(
      names = "--threads",
      paramLabel = "N|auto",
      description =
          "Threads that compute: a number up to that of the cores, or auto, which finds out while"
              + " it trains (default: OMP_NUM_THREADS, or SLURM_CPUS_PER_TASK, or auto). The"
              + " results do not depend on it.")
  private String threads;

  /** For work that is too short to find out: auto is one thread. */
  public int count() {
    String chosen = chosen();
    return chosen.equals(AUTO) ? 1 : asked(this, chosen);
  }

  private String chosen() {
    return threads == null
        ? preset(System.getenv(), Runtime.getRuntime().availableProcessors())
        : threads;
  }

  /**
   * What an environment says of threads: a number up to that of the cores, or auto. OpenMP's
   * variable may have a number for each level of nesting, of which the first counts.
   */
  static String preset(Map<String, String> environment, int cores) {
    return PRESETS.stream()
        .map(name -> environment.getOrDefault(name, "").replaceFirst(",.*", "").strip())
        .filter(text -> text.matches("[1-9][0-9]{0,5}"))
        .findFirst()
        .map(text -> String.valueOf(Math.min(cores, Integer.parseInt(text))))
        .orElse(AUTO);
  }

  /** For a training. */
  public ThreadTuner tuner() {
    String chosen = chosen();
    return chosen.equals(AUTO)
        ? ThreadTuner.automatic(Runtime.getRuntime().availableProcessors())
        : ThreadTuner.fixed(asked(this, chosen));
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
