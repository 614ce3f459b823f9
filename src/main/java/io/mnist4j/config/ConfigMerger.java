package io.mnist4j.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Merges one configuration into another. Keys of both are kept; a new choice replaces the earlier
 * one; a list replaces a list. A key without a value changes nothing.
 */
public final class ConfigMerger {
  private static final String INDEX = "[0-9]{1,6}";

  private final KeyType.Keys root;
  private final List<ConfigProblem> problems;

  /**
   * @param root the keys of the whole file
   * @param problems gets paths that lead nowhere
   */
  public ConfigMerger(KeyType.Keys root, List<ConfigProblem> problems) {
    this.root = root;
    this.problems = problems;
  }

  /**
   * Merges a file into a configuration.
   *
   * @param below holds where the file says nothing
   * @param above the file, which wins
   */
  public ConfigNode merge(ConfigNode below, ConfigNode above) {
    return merge(root, below, above);
  }

  /** What holds where both say something. Wrong values are kept for the reader to refuse. */
  private ConfigNode merge(KeyType type, ConfigNode below, ConfigNode above) {
    if (type instanceof KeyType.OptionalType optional) {
      return above instanceof ConfigNode.Null ? above : merge(optional.value(), below, above);
    }
    if (type instanceof KeyType.Keys keys) {
      return mergeKeys(keys, below, above);
    }
    if (type instanceof KeyType.OneOf choice) {
      Optional<String> name = chosen(choice, above);
      if (name.isPresent() && name.equals(chosen(choice, below))) {
        ConfigNode inner =
            mergeKeys(
                choice.choices().get(name.get()),
                inner(name.get(), below),
                inner(name.get(), above));
        return new ConfigNode.Mapping(Map.of(name.get(), inner), above.location());
      }
    }
    return above;
  }

  private ConfigNode mergeKeys(KeyType.Keys keys, ConfigNode below, ConfigNode above) {
    if (above instanceof ConfigNode.Null) {
      return below;
    }
    if (!(below instanceof ConfigNode.Mapping lower)
        || !(above instanceof ConfigNode.Mapping upper)) {
      return above;
    }
    ConfigNode.Mapping joined = new ConfigNode.Mapping(lower.entries(), upper.location());
    for (Map.Entry<String, ConfigNode> entry : upper.entries().entrySet()) {
      Optional<ConfigKey> key = keys.key(entry.getKey());
      ConfigNode under = lower.entries().get(entry.getKey());
      ConfigNode over = entry.getValue();
      joined =
          joined.with(
              entry.getKey(),
              key.isEmpty() || under == null ? over : merge(key.get().type(), under, over));
    }
    return joined;
  }

  /**
   * Replaces the value that a setting's path leads to.
   *
   * @param rank of the setting's location
   */
  public ConfigNode set(ConfigNode below, Setting setting, int rank) {
    int problemsBefore = problems.size();
    ConfigNode value = setting.node(rank, problems);
    if (problems.size() > problemsBefore) {
      return below;
    }
    return set(root, below, new Path(List.of(setting.key().split("\\.", -1)), 0), value);
  }

  /** How far a setting's path has been followed. */
  private record Path(List<String> names, int depth) {
    boolean ended() {
      return depth == names.size();
    }

    String name() {
      return names.get(depth);
    }

    Path next() {
      return new Path(names, depth + 1);
    }

    String text(int length) {
      return String.join(".", names.subList(0, length));
    }
  }

  private ConfigNode set(KeyType type, ConfigNode below, Path path, ConfigNode value) {
    if (path.ended()) {
      return merge(type, below, value);
    }
    if (type instanceof KeyType.OptionalType optional) {
      return set(optional.value(), below, path, value);
    }
    if (type instanceof KeyType.Keys keys) {
      return setKey(keys, List.of(), below, path, value);
    }
    if (type instanceof KeyType.OneOf choice) {
      return setChoice(choice, below, path, value);
    }
    if (type instanceof KeyType.ListOf list) {
      return setItem(list, below, path, value);
    }
    if (type instanceof KeyType.NumbersByName && path.next().ended()) {
      ConfigNode.Mapping numbers =
          below instanceof ConfigNode.Mapping given
              ? given
              : new ConfigNode.Mapping(Map.of(), value.location());
      return numbers.with(path.name(), value);
    }
    String scalar = path.text(path.depth());
    return refuse(
        below, value, "%s has no key '%s': it is a single value".formatted(scalar, path.name()));
  }

  private ConfigNode setKey(
      KeyType.Keys keys, List<String> choices, ConfigNode below, Path path, ConfigNode value) {
    Optional<ConfigKey> key = keys.key(path.name());
    if (key.isEmpty()) {
      List<String> names = new ArrayList<>(keys.names());
      names.addAll(choices);
      return refuse(
          below, value, path.text(path.depth() + 1) + " " + root.isNoKey(path.name(), names));
    }
    ConfigNode.Mapping mapping =
        below instanceof ConfigNode.Mapping given
            ? given
            : new ConfigNode.Mapping(Map.of(), value.location());
    ConfigNode under =
        mapping.entries().getOrDefault(path.name(), new ConfigNode.Null(value.location()));
    return mapping.with(path.name(), set(key.get().type(), under, path.next(), value));
  }

  private ConfigNode setChoice(
      KeyType.OneOf choice, ConfigNode below, Path path, ConfigNode value) {
    Optional<String> present = chosen(choice, below);
    Set<String> names = choice.choices().keySet();
    if (names.contains(path.name())) {
      // The kind of a list's entry stays: a setting of the width means the layer that has one.
      boolean inList = path.names().get(path.depth() - 1).matches(INDEX);
      if (inList && present.isPresent() && !present.get().equals(path.name())) {
        String entry = path.text(path.depth());
        return refuse(
            below, value, "%s is %s, not %s".formatted(entry, present.get(), path.name()));
      }
      ConfigNode inner =
          set(choice.choices().get(path.name()), inner(path.name(), below), path.next(), value);
      return new ConfigNode.Mapping(Map.of(path.name(), inner), value.location());
    }
    if (present.isEmpty()) {
      String text = path.text(path.depth() + 1);
      return refuse(below, value, text + " " + root.isNoKey(path.name(), List.copyOf(names)));
    }
    KeyType.Keys keys = choice.choices().get(present.get());
    ConfigNode inner = setKey(keys, List.copyOf(names), inner(present.get(), below), path, value);
    return new ConfigNode.Mapping(Map.of(present.get(), inner), below.location());
  }

  private ConfigNode setItem(KeyType.ListOf list, ConfigNode below, Path path, ConfigNode value) {
    if (!(below instanceof ConfigNode.Sequence sequence)) {
      // A file has no list here; the reader will refuse that.
      return below;
    }
    int size = sequence.items().size();
    if (!path.name().matches(INDEX) || Integer.parseInt(path.name()) >= size) {
      return refuse(
          below,
          value,
          "%s is not in the list: %s"
              .formatted(
                  path.text(path.depth() + 1),
                  size == 0
                      ? "it is empty"
                      : size == 1 ? "its only entry is 0" : "its entries are 0 to " + (size - 1)));
    }
    int index = Integer.parseInt(path.name());
    List<ConfigNode> items = new ArrayList<>(sequence.items());
    items.set(index, set(list.item(), items.get(index), path.next(), value));
    return new ConfigNode.Sequence(items, sequence.location());
  }

  private ConfigNode refuse(ConfigNode below, ConfigNode value, String what) {
    problems.add(new ConfigProblem(value.location(), what));
    return below;
  }

  /** The name of a choice that is written in a way that it can be read. */
  private static Optional<String> chosen(KeyType.OneOf choice, ConfigNode node) {
    Optional<String> name = Optional.empty();
    if (node instanceof ConfigNode.Scalar word) {
      name = Optional.of(word.text());
    } else if (node instanceof ConfigNode.Mapping mapping && mapping.entries().size() == 1) {
      name = mapping.entries().keySet().stream().findFirst();
    }
    return name.filter(choice.choices()::containsKey);
  }

  /** The settings of a choice; {@link ConfigNode.Null} where it has none or is another one. */
  private static ConfigNode inner(String name, ConfigNode node) {
    ConfigNode nothing = new ConfigNode.Null(node.location());
    return node instanceof ConfigNode.Mapping mapping
        ? mapping.entries().getOrDefault(name, nothing)
        : nothing;
  }
}
