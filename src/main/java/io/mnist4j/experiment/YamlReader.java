package io.mnist4j.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads YAML 1.2 into {@link ConfigNode}s: plain data, no objects, no aliases. */
final class YamlReader {
  private static final int MAX_CHARACTERS = 1 << 20;

  private final Function<Integer, String> originOfLine;
  private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private YamlReader(Function<Integer, String> originOfLine) {
    this.originOfLine = originOfLine;
  }

  /**
   * Reads one document; an empty one is an empty mapping.
   *
   * @param originOfLine a line number, from 1, to what messages call that place
   * @throws ExperimentException if the text is not YAML
   */
  static ConfigNode read(String yaml, Function<Integer, String> originOfLine)
      throws ExperimentException {
    LoadSettings settings =
        LoadSettings.builder()
            .setAllowDuplicateKeys(false)
            .setCodePointLimit(MAX_CHARACTERS)
            .build();
    try {
      Node root = new Compose(settings).composeString(yaml).orElse(null);
      return root == null
          ? new ConfigNode.Mapping(Map.of(), originOfLine.apply(1))
          : new YamlReader(originOfLine).convert(root);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
      throw new ExperimentException(originOfLine.apply(line) + ": is not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new ExperimentException(originOfLine.apply(1) + ": is not YAML: " + e.getMessage());
    }
  }

  private ConfigNode convert(Node node) throws ExperimentException {
    String origin = origin(node);
    if (!seen.add(node)) {
      throw new ExperimentException(origin + ": this anchor is used by an alias; write it out");
    }
    if (node instanceof ScalarNode scalar) {
      return new ConfigNode.Scalar(scalar.getValue(), origin);
    }
    if (node instanceof SequenceNode sequence) {
      List<ConfigNode> items = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        items.add(convert(item));
      }
      return new ConfigNode.Sequence(items, origin);
    }
    Map<String, ConfigNode> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : ((MappingNode) node).getValue()) {
      String place = origin(tuple.getKeyNode());
      // The settings allow no other kind of key.
      String key = ((ScalarNode) tuple.getKeyNode()).getValue();
      if (entries.put(key, convert(tuple.getValueNode())) != null) {
        throw new ExperimentException(place + ": the key " + key + " is there twice");
      }
    }
    return new ConfigNode.Mapping(entries, origin);
  }

  private String origin(Node node) {
    return originOfLine.apply(node.getStartMark().map(Mark::getLine).orElse(0) + 1);
  }
}
