package io.mnist4j.sweep.search;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Prints how far from the minimum the samplers are after 30 and 60 trials: the median of the seeds
 * 0 to n - 1, and the quartiles. {@code scripts/benchmarks/peers/optuna_search.py} does the same
 * with Optuna.
 */
final class SearchBenchmark {
  private SearchBenchmark() {}

  /**
   * Runs it.
   *
   * @param args how many seeds, 100 without; how many workers at once, one without
   */
  public static void main(String[] args) {
    int seeds = args.length == 0 ? 100 : Integer.parseInt(args[0]);
    int workers = args.length < 2 ? 1 : Integer.parseInt(args[1]);
    Map<String, Sampler> samplers = new LinkedHashMap<>();
    samplers.put("mnist4j random", new RandomSampler());
    samplers.put("mnist4j tpe", TpeSampler.DEFAULT);
    for (TestFunction function : TestFunction.values()) {
      samplers.forEach((name, sampler) -> print(function, name, sampler, seeds, workers));
    }
  }

  private static void print(
      TestFunction function, String name, Sampler sampler, int seeds, int workers) {
    double[][] runs = new double[seeds][];
    Arrays.setAll(runs, seed -> function.search(sampler, 60, seed, workers));
    StringBuilder line = new StringBuilder("| ");
    line.append(function.name().toLowerCase(Locale.ROOT)).append(" | ").append(name).append(" |");
    for (int trials : new int[] {30, 60}) {
      double[] regrets =
          IntStream.range(0, seeds)
              .mapToDouble(seed -> runs[seed][trials - 1] - function.least)
              .sorted()
              .toArray();
      line.append(
          String.format(
              Locale.ROOT,
              " %.4f (%.4f to %.4f) |",
              quantile(regrets, 0.5),
              quantile(regrets, 0.25),
              quantile(regrets, 0.75)));
    }
    System.out.println(line);
  }

  /** Between the two nearest, where it falls between. */
  private static double quantile(double[] sorted, double part) {
    double at = part * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
