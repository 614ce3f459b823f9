package io.mnist4j.config;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML 1.2 into {@link ConfigNode}s: one document of plain data. Anchors, aliases, tags and
 * merge keys are refused; an experiment is short enough to say everything where it belongs.
 */
public final class YamlReader {
  public static final int MAX_CHARACTERS = 1 << 20;
  private static final int MAX_DEPTH = 50;
  private static final int MAX_LENGTH = 4_096;

  /** Keys and values; the largest of our own files has 150. */
  private static final int MAX_VALUES = 5_000;

  private final SourceLocation source;
  private final Iterator<Event> events;
  private final List<ConfigProblem> problems;
  private int values;

  private YamlReader(Iterator<Event> events, SourceLocation source, List<ConfigProblem> problems) {
    this.events = events;
    this.source = source;
    this.problems = problems;
  }

  /**
   * Reads one document; an empty one is {@link ConfigNode.Null}.
   *
   * @param source the location of its first line
   * @param problems gets what is wrong; what is returned then is the part that could be read
   */
  public static ConfigNode read(String yaml, SourceLocation source, List<ConfigProblem> problems) {
    ConfigNode nothing = new ConfigNode.Null(source);
    if (yaml.length() > MAX_CHARACTERS) {
      problems.add(new ConfigProblem(source, "has over a million characters"));
      return nothing;
    }
    try {
      Iterator<Event> events =
          new Parse(LoadSettings.builder().build()).parseString(yaml).iterator();
      return new YamlReader(events, source, problems).document().orElse(nothing);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
      problems.add(new ConfigProblem(source.atLine(line), "is not YAML: " + e.getProblem()));
    } catch (YamlEngineException e) {
      String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      problems.add(new ConfigProblem(source, "is not YAML: " + first));
    }
    return nothing;
  }

  private Optional<ConfigNode> document() {
    Optional<ConfigNode> root = Optional.empty();
    while (events.hasNext()) {
      Event event = events.next();
      if (!(event instanceof NodeEvent node)) {
        continue;
      }
      if (root.isPresent()) {
        problem(event, "a second document begins here; a file holds one experiment");
        return root;
      }
      root = Optional.of(value(node, location(event), 0));
    }
    return root;
  }

  private ConfigNode value(NodeEvent event, SourceLocation location, int depth) {
    if (depth > MAX_DEPTH) {
      throw new YamlEngineException("it is nested too deeply");
    }
    if (++values > MAX_VALUES) {
      throw new YamlEngineException("it has more than %,d values".formatted(MAX_VALUES));
    }
    if (event instanceof AliasEvent alias) {
      problem(event, "the alias *" + alias.getAlias() + " is not read; write the value out");
      return new ConfigNode.Null(location);
    }
    event
        .getAnchor()
        .ifPresent(
            anchor -> problem(event, "the anchor &" + anchor + " is not read; leave it out"));
    if (event instanceof ScalarEvent scalar) {
      scalar.getTag().ifPresent(tag -> refuseTag(event, tag));
      if (scalar.getValue().length() > MAX_LENGTH) {
        throw new YamlEngineException(
            "line %d has a value of %,d characters"
                .formatted(location.line(), scalar.getValue().length()));
      }
      return scalar(scalar, location);
    }
    CollectionStartEvent collection = (CollectionStartEvent) event;
    collection.getTag().ifPresent(tag -> refuseTag(event, tag));
    return event.getEventId() == Event.ID.SequenceStart
        ? sequence(location, depth)
        : mapping(location, depth);
  }

  private static ConfigNode scalar(ScalarEvent event, SourceLocation location) {
    String text = event.getValue();
    if (!event.isPlain()) {
      return new ConfigNode.Scalar(text, true, location);
    }
    boolean isNull = text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null");
    return isNull ? new ConfigNode.Null(location) : new ConfigNode.Scalar(text, false, location);
  }

  private ConfigNode sequence(SourceLocation location, int depth) {
    List<ConfigNode> items = new ArrayList<>();
    Event event = events.next();
    while (event instanceof NodeEvent item) {
      items.add(value(item, location(item), depth + 1));
      event = events.next();
    }
    return new ConfigNode.Sequence(items, location);
  }

  private ConfigNode mapping(SourceLocation location, int depth) {
    Map<String, ConfigNode> entries = new LinkedHashMap<>();
    Event event = events.next();
    while (event instanceof NodeEvent key) {
      ConfigNode keyNode = value(key, location(key), depth + 1);
      NodeEvent valueEvent = (NodeEvent) events.next();
      ConfigNode value = value(valueEvent, location(key), depth + 1);
      if (!(key instanceof ScalarEvent scalar) || keyNode instanceof ConfigNode.Null) {
        problem(key, "a key must be a word");
      } else if (scalar.isPlain() && scalar.getValue().equals("<<")) {
        problem(key, "the merge key << is not read; write the keys out");
      } else if (entries.containsKey(scalar.getValue())) {
        problem(key, "the key " + scalar.getValue() + " is there twice");
      } else if (!(valueEvent instanceof AliasEvent)) {
        entries.put(scalar.getValue(), value);
      }
      event = events.next();
    }
    return new ConfigNode.Mapping(entries, location);
  }

  private void refuseTag(Event event, String tag) {
    String shown = tag.replaceFirst("^tag:yaml\\.org,2002:", "!!");
    problem(event, "the tag " + shown + " is not read; write the plain value");
  }

  private void problem(Event event, String what) {
    problems.add(new ConfigProblem(location(event), what));
  }

  private SourceLocation location(Event event) {
    return source.atLine(event.getStartMark().map(Mark::getLine).orElse(0) + 1);
  }
}
