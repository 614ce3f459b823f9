package io.mnist4j.sweep.search;

import io.mnist4j.sweep.space.Choice;
import io.mnist4j.sweep.space.Condition;
import io.mnist4j.sweep.space.FloatDomain;
import io.mnist4j.sweep.space.IntDomain;
import io.mnist4j.sweep.space.Parameter;
import io.mnist4j.sweep.space.Point;
import io.mnist4j.sweep.space.SearchSpace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Functions with known minima that stand for training, which would take too long. */
enum TestFunction {
  /** Branin (1972): two dimensions, three minima of 0.397887. */
  BRANIN(reals(List.of(new FloatDomain(-5, 10, false), new FloatDomain(0, 15, false))), 0.397887) {
    @Override
    double at(Map<String, Object> values) {
      double x = real(values, "x0");
      double y = real(values, "x1");
      double valley = y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
      return valley * valley + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
    }
  },

  /** Hartmann (1973) in six dimensions: six minima, the least -3.32237. */
  HARTMANN_6(reals(unitCube(6)), -3.32237) {
    @Override
    double at(Map<String, Object> values) {
      double sum = 0;
      for (int i = 0; i < 4; i++) {
        double distance = 0;
        for (int j = 0; j < 6; j++) {
          double off = real(values, "x" + j) - CENTRES[i][j];
          distance += WIDTHS[i][j] * off * off;
        }
        sum -= HEIGHTS[i] * Math.exp(-distance);
      }
      return sum;
    }
  },

  /**
   * What the tuning of a small network looks like, made up: rates and widths that matter in the
   * logarithm, an optimizer that decides which rate is good, a momentum for one of them only, a
   * batch size that goes with the rate, and a choice that does not matter. The least is 0.02.
   */
  MIXED(
      new SearchSpace(
          List.of(
              new Parameter("optimizer", new Choice(List.of("adam", "sgd", "rmsprop"))),
              new Parameter("rate", new FloatDomain(1e-5, 1, true)),
              new Parameter(
                  "momentum",
                  new FloatDomain(0, 0.99, false),
                  Optional.of(new Condition("optimizer", List.of("sgd")))),
              new Parameter("units", new IntDomain(16, 1024, true)),
              new Parameter("layers", new IntDomain(1, 4, false)),
              new Parameter("batch", new Choice(List.of(32, 64, 128, 256, 512))),
              new Parameter("seed-word", new Choice(List.of("a", "b", "c"))))),
      0.02) {
    @Override
    double at(Map<String, Object> values) {
      double wanted = -2.5;
      double offset = 0.004;
      if (values.get("optimizer").equals("sgd")) {
        wanted = -0.5 - real(values, "momentum");
        offset = 0.06 * Math.pow(real(values, "momentum") - 0.9, 2);
      } else if (values.get("optimizer").equals("rmsprop")) {
        wanted = -3;
        offset = 0.01;
      }
      double batches = Math.log(real(values, "batch") / 64) / Math.log(2);
      double rate = Math.log10(real(values, "rate")) - wanted - 0.15 * batches;
      double units = Math.log(real(values, "units") / 400) / Math.log(2);
      double layers = real(values, "layers") - 2;
      return 0.02
          + offset
          + 0.03 * (1 - Math.exp(-rate * rate))
          + 0.002 * units * units
          + 0.003 * layers * layers
          + 0.001 * batches * batches;
    }
  };

  private static final double[] HEIGHTS = {1.0, 1.2, 3.0, 3.2};
  private static final double[][] WIDTHS = {
    {10, 3, 17, 3.5, 1.7, 8},
    {0.05, 10, 17, 0.1, 8, 14},
    {3, 3.5, 1.7, 10, 17, 8},
    {17, 8, 0.05, 10, 0.1, 14}
  };
  private static final double[][] CENTRES = {
    {0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886},
    {0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991},
    {0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650},
    {0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381}
  };

  @SuppressWarnings("ImmutableEnumChecker") // it is, though not annotated as such
  final SearchSpace space;

  final double least;

  TestFunction(SearchSpace space, double least) {
    this.space = space;
    this.least = least;
  }

  abstract double at(Map<String, Object> values);

  /**
   * The best value so far after each of so many trials, by workers that each try a point for as
   * long as the others do.
   */
  double[] search(Sampler sampler, int trials, long seed, int workers) {
    List<Observation> history = new ArrayList<>();
    double[] values = new double[trials];
    double[] best = new double[trials];
    for (int trial = 0; trial < trials; trial++) {
      int ended = trial - workers;
      if (ended >= 0) {
        Point point = history.get(ended).point();
        history.set(
            ended, new Observation(ended, point, TrialState.COMPLETE, List.of(values[ended])));
      }
      Point point = sampler.sample(space, history, seed, trial).orElseThrow();
      history.add(new Observation(trial, point, TrialState.RUNNING, List.of()));
      values[trial] = at(point.values());
      best[trial] = trial == 0 ? values[0] : Math.min(best[trial - 1], values[trial]);
    }
    return best;
  }

  static double real(Map<String, Object> values, String key) {
    return ((Number) values.get(key)).doubleValue();
  }

  private static SearchSpace reals(List<FloatDomain> domains) {
    List<Parameter> parameters = new ArrayList<>();
    for (FloatDomain domain : domains) {
      parameters.add(new Parameter("x" + parameters.size(), domain));
    }
    return new SearchSpace(parameters);
  }

  private static List<FloatDomain> unitCube(int dimensions) {
    return Collections.nCopies(dimensions, new FloatDomain(0, 1, false));
  }
}
