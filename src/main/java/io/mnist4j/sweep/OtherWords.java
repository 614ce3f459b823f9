package io.mnist4j.sweep;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the sweep files of Weights &amp; Biases and the studies of Optuna call things. */
final class OtherWords {
  private static final Pattern NO_KEY = Pattern.compile("(.*: )?(\\w+) is not a key;.*");
  private static final Pattern NO_VALUE = Pattern.compile("(.* must be .*, not '(\\w+)').*");

  private static final String OURS = "base and experiment say what runs; leave it out";
  private static final String SCHEDULER = "scheduler: asha, hyperband or median";
  private static final String OBJECTIVE = "objective: {metric: validation-accuracy}";

  private static final Map<String, String> KEYS =
      Map.ofEntries(
          Map.entry("parameters", "space"),
          Map.entry("search_space", "space"),
          Map.entry("metric", OBJECTIVE),
          Map.entry("goal", OBJECTIVE),
          Map.entry("direction", OBJECTIVE),
          Map.entry("run_cap", "trials"),
          Map.entry("n_trials", "trials"),
          Map.entry("timeout", "time-limit"),
          Map.entry("n_jobs", "parallel"),
          Map.entry("early_terminate", SCHEDULER),
          Map.entry("pruner", SCHEDULER),
          Map.entry("sampler", "method"));

  private static final Map<String, String> VALUES =
      Map.of("bayes", "tpe", "TPESampler", "tpe", "HyperbandPruner", "hyperband");

  private OtherWords() {}

  /** The problem, with our word where the one that is wrong is another program's. */
  static String explain(String problem) {
    Matcher key = NO_KEY.matcher(problem);
    if (key.matches() && KEYS.containsKey(key.group(2))) {
      return problem.substring(0, problem.indexOf(" is not a key;"))
          + " is not a key; here it is "
          + KEYS.get(key.group(2));
    }
    if (key.matches() && key.group(2).matches("program|command|entity|project")) {
      return problem.substring(0, problem.indexOf(" is not a key;")) + " is not a key; " + OURS;
    }
    Matcher value = NO_VALUE.matcher(problem);
    return value.matches() && VALUES.containsKey(value.group(2))
        ? value.group(1) + "; here it is " + VALUES.get(value.group(2))
        : problem;
  }
}
