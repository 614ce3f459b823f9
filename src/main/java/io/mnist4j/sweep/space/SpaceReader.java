package io.mnist4j.sweep.space;

import io.mnist4j.config.ConfigNode;
import io.mnist4j.config.ConfigProblem;
import io.mnist4j.config.SourceLocation;
import io.mnist4j.text.ClosestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the part {@code space} of a sweep file:
 *
 * <ul>
 *   <li>{@code key: [a, b, c]} or {@code key: {choice: [a, b, c]}}: one of these
 *   <li>{@code key: {uniform: [low, high]}}, {@code key: {log-uniform: [low, high]}}: a number
 *   <li>{@code key: {int: [low, high]}}: a whole number; both ends belong to it
 *   <li>{@code log: true} beside these: steps are factors
 *   <li>{@code when: {other-key: value}} (or a list of values) beside these: only then
 * </ul>
 */
public final class SpaceReader {
  private static final List<String> KINDS = List.of("choice", "uniform", "log-uniform", "int");
  private static final List<String> KEYS =
      List.of("choice", "uniform", "log-uniform", "int", "log", "when");

  private static final String RANGE = "{uniform: [low, high]} or {int: [low, high]}";

  /** Trials with other images could not be compared. */
  private static final Set<String> FIXED =
      Set.of("data.dataset", "data.classes", "data.validation", "data.folds", "data.fold");

  /** What sweeps of other programs call the same. */
  private static final Map<String, String> OTHER_WORDS =
      Map.of(
          "values", "[a, b, c]",
          "min", RANGE,
          "max", RANGE,
          "low", RANGE,
          "high", RANGE,
          "distribution", "{uniform: ...}, {log-uniform: ...}, {int: ...} or [a, b, c]",
          "value", "under experiment, where it is the same in all trials");

  private final List<ConfigProblem> problems;
  private final Map<String, SourceLocation> places = new LinkedHashMap<>();

  /**
   * @param problems gets what is wrong
   */
  public SpaceReader(List<ConfigProblem> problems) {
    this.problems = problems;
  }

  /** Where each key was written. */
  public Map<String, SourceLocation> places() {
    return places;
  }

  /** The space; empty if something is wrong with it. */
  public Optional<SearchSpace> read(ConfigNode node) {
    int before = problems.size();
    if (!(node instanceof ConfigNode.Mapping mapping) || mapping.entries().isEmpty()) {
      problem(
          node,
          "space must have the keys that are varied, such as" + " training.batch-size: [64, 128]");
      return Optional.empty();
    }
    List<Parameter> parameters = new ArrayList<>();
    for (Map.Entry<String, ConfigNode> entry : mapping.entries().entrySet()) {
      places.put(entry.getKey(), entry.getValue().location());
      read(entry.getKey(), entry.getValue()).ifPresent(parameters::add);
    }
    if (problems.size() > before) {
      return Optional.empty();
    }
    try {
      return Optional.of(new SearchSpace(parentsFirst(parameters)));
    } catch (IllegalArgumentException e) {
      String key = e.getMessage().split("[ :]", 2)[0];
      problems.add(
          new ConfigProblem(places.getOrDefault(key, node.location()), "space: " + e.getMessage()));
      return Optional.empty();
    }
  }

  private Optional<Parameter> read(String key, ConfigNode node) {
    if (FIXED.contains(key)) {
      return problem(
          node, key + " cannot be varied: trials with other images could not be compared");
    }
    try {
      if (node instanceof ConfigNode.Sequence list) {
        return Optional.of(new Parameter(key, choice(list)));
      }
      if (!(node instanceof ConfigNode.Mapping mapping)) {
        return problem(
            node,
            "%s must be a list of values, or one of %s, such as {uniform: [0, 1]}"
                .formatted(key, String.join(", ", KINDS)));
      }
      return readMapping(key, mapping);
    } catch (IllegalArgumentException e) {
      return problem(node, key + ": " + e.getMessage());
    }
  }

  private Optional<Parameter> readMapping(String key, ConfigNode.Mapping mapping) {
    Map<String, ConfigNode> entries = mapping.entries();
    for (String name : entries.keySet()) {
      if (!KEYS.contains(name)) {
        String meant =
            OTHER_WORDS.containsKey(name)
                ? "; here it is written " + OTHER_WORDS.get(name)
                : ClosestName.to(name, KEYS).map("; did you mean %s?"::formatted).orElse("");
        return problem(
            entries.get(name),
            "%s: '%s' is none of %s%s".formatted(key, name, String.join(", ", KEYS), meant));
      }
    }
    List<String> kinds = KINDS.stream().filter(entries::containsKey).toList();
    if (kinds.size() != 1) {
      return problem(mapping, "%s must have one of %s".formatted(key, String.join(", ", KINDS)));
    }
    Domain domain = domain(kinds.get(0), entries.get(kinds.get(0)), isTrue(entries.get("log")));
    return Optional.of(new Parameter(key, domain, when(entries.get("when"))));
  }

  private static boolean isTrue(ConfigNode node) {
    if (node == null) {
      return false;
    }
    if (value(node) instanceof Boolean truth) {
      return truth;
    }
    throw new IllegalArgumentException("log must be true or false");
  }

  private static Domain domain(String kind, ConfigNode node, boolean log) {
    if (kind.equals("choice")) {
      if (log) {
        throw new IllegalArgumentException("log is for numbers from a range");
      }
      if (node instanceof ConfigNode.Sequence list) {
        return choice(list);
      }
      throw new IllegalArgumentException("choice must be a list of values");
    }
    if (!(node instanceof ConfigNode.Sequence list)
        || list.items().size() != 2
        || !(value(list.items().get(0)) instanceof Number low)
        || !(value(list.items().get(1)) instanceof Number high)) {
      throw new IllegalArgumentException(
          "%s must be a range of two numbers, such as [%s]"
              .formatted(kind, kind.equals("int") ? "16, 256" : "0.001, 0.1"));
    }
    if (!kind.equals("int")) {
      return new FloatDomain(
          low.doubleValue(), high.doubleValue(), log || kind.equals("log-uniform"));
    }
    if (low instanceof Integer least && high instanceof Integer greatest) {
      return new IntDomain(least, greatest, log);
    }
    throw new IllegalArgumentException("int must be a range of two whole numbers");
  }

  private static Choice choice(ConfigNode.Sequence list) {
    return new Choice(list.items().stream().map(SpaceReader::present).toList());
  }

  private static Optional<Condition> when(ConfigNode node) {
    if (node == null) {
      return Optional.empty();
    }
    if (!(node instanceof ConfigNode.Mapping mapping) || mapping.entries().size() != 1) {
      throw new IllegalArgumentException(
          "when must name one other key and its value, such as"
              + " {training.optimizer.name: momentum}");
    }
    Map.Entry<String, ConfigNode> entry = mapping.entries().entrySet().iterator().next();
    List<ConfigNode> values =
        entry.getValue() instanceof ConfigNode.Sequence list
            ? list.items()
            : List.of(entry.getValue());
    return Optional.of(
        new Condition(entry.getKey(), values.stream().map(SpaceReader::present).toList()));
  }

  private static Object present(ConfigNode node) {
    Object value = value(node);
    if (value == null) {
      throw new IllegalArgumentException("a value is empty");
    }
    return value;
  }

  /** Plain values: numbers, truths, texts, lists and maps; null for nothing. */
  static Object value(ConfigNode node) {
    if (node instanceof ConfigNode.Scalar scalar) {
      return scalar.quoted() ? scalar.text() : plain(scalar.text());
    }
    if (node instanceof ConfigNode.Sequence sequence) {
      List<Object> items = new ArrayList<>();
      sequence.items().forEach(item -> items.add(value(item)));
      return items;
    }
    if (node instanceof ConfigNode.Mapping mapping) {
      Map<String, Object> entries = new LinkedHashMap<>();
      mapping.entries().forEach((key, item) -> entries.put(key, value(item)));
      return entries;
    }
    return null;
  }

  private static Object plain(String text) {
    if (text.equals("true") || text.equals("false")) {
      return Boolean.valueOf(text);
    }
    if (text.matches("[-+]?(0|[1-9][0-9]{0,8})")) {
      return Integer.valueOf(text);
    }
    if (text.matches("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?")) {
      return Double.valueOf(text);
    }
    return text;
  }

  /** In the order of the file, but each after the one that it depends on. */
  private static List<Parameter> parentsFirst(List<Parameter> parameters) {
    List<Parameter> left = new ArrayList<>(parameters);
    List<Parameter> ordered = new ArrayList<>();
    while (!left.isEmpty()) {
      Optional<Parameter> next =
          left.stream().filter(parameter -> !dependsOn(parameter, left)).findFirst();
      // Where they depend on each other, the space says so.
      Parameter first = next.orElse(left.get(0));
      ordered.add(first);
      left.remove(first);
    }
    return ordered;
  }

  private static boolean dependsOn(Parameter parameter, List<Parameter> others) {
    return others.stream().anyMatch(other -> parameter.dependsOn(other.key()));
  }

  private Optional<Parameter> problem(ConfigNode node, String what) {
    problems.add(new ConfigProblem(node.location(), what));
    return Optional.empty();
  }
}
