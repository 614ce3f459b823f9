package io.mnist4j.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  private YamlReader() {}

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
            .setMaxAliasesForCollections(0)
            .setCodePointLimit(MAX_CHARACTERS)
            .build();
    try {
      Node root = new Compose(settings).composeString(yaml).orElse(null);
      return root == null
          ? new ConfigNode.Mapping(Map.of(), originOfLine.apply(1))
          : convert(root, originOfLine);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
      throw new ExperimentException(originOfLine.apply(line) + ": is not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new ExperimentException(originOfLine.apply(1) + ": is not YAML: " + e.getMessage());
    }
  }

  private static ConfigNode convert(Node node, Function<Integer, String> originOfLine)
      throws ExperimentException {
    int line = node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    String origin = originOfLine.apply(line);
    if (node instanceof ScalarNode scalar) {
      return new ConfigNode.Scalar(scalar.getValue(), origin);
    }
    if (node instanceof SequenceNode sequence) {
      List<ConfigNode> items = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        items.add(convert(item, originOfLine));
      }
      return new ConfigNode.Sequence(items, origin);
    }
    Map<String, ConfigNode> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : ((MappingNode) node).getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new ExperimentException(origin + ": a key must be a single word");
      }
      if (entries.put(key.getValue(), convert(tuple.getValueNode(), originOfLine)) != null) {
        throw new ExperimentException(origin + ": key " + key.getValue() + " is there twice");
      }
    }
    return new ConfigNode.Mapping(entries, origin);
  }
}
