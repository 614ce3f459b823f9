package io.mnist4j.run;

import io.mnist4j.config.ConfigMerger;
import io.mnist4j.config.ConfigNode;
import io.mnist4j.config.ConfigProblem;
import io.mnist4j.config.Key;
import io.mnist4j.config.KeyType;
import io.mnist4j.config.RecordReader;
import io.mnist4j.config.RecordWriter;
import io.mnist4j.config.Setting;
import io.mnist4j.config.SourceLocation;
import io.mnist4j.config.YamlReader;
import io.mnist4j.config.YamlWriter;
import io.mnist4j.errors.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A record with a key of every type that there is, whatever the real settings use by now. */
public record KitchenSink(
    @Key("a choice") Shape shape,
    @Key("several of them") List<Shape> shapes,
    @Key("records without a choice") List<Point> points,
    @Key(value = "whole numbers", min = 0, max = 9) List<Integer> digits,
    @Key("a truth") boolean isOpen,
    @Key(value = "a number or none", min = 0, aboveMin = true) Optional<Double> limit,
    @Key("keys or none") Optional<Point> origin,
    @Key("a text") String label) {

  static final Point ZERO = new Point(0, 0, Colour.RED);

  public static final KitchenSink DEFAULT =
      new KitchenSink(
          new Shape.Circle(3),
          List.of(new Shape.Nothing(), Shape.Circle.DEFAULT),
          List.of(ZERO, ZERO),
          List.of(1, 2),
          true,
          Optional.empty(),
          Optional.of(ZERO),
          "null");

  public static final KeyType.Keys KEYS = KeyType.Keys.of(KitchenSink.class);

  public KitchenSink {
    shapes = List.copyOf(shapes);
    points = List.copyOf(points);
    digits = List.copyOf(digits);
    for (int digit : digits) {
      if (digit < 0 || digit > 9) {
        throw new IllegalArgumentException("digits must be 0 to 9, not " + digit);
      }
    }
    if (limit.isPresent() && !(limit.get() > 0)) {
      throw new IllegalArgumentException("limit must be above 0, not " + limit.get());
    }
  }

  /** Lays files over the defaults as ExperimentFile does. */
  public static KitchenSink read(String... files) throws ConfigException {
    return read(List.of(files), List.of());
  }

  public static KitchenSink read(List<String> files, List<Setting> settings)
      throws ConfigException {
    List<ConfigProblem> problems = new ArrayList<>();
    ConfigMerger merger = new ConfigMerger(KEYS, problems);
    ConfigNode config = YamlReader.read(DEFAULT.toYaml(), SourceLocation.DEFAULTS, problems);
    int rank = 0;
    for (String file : files) {
      SourceLocation start = new SourceLocation(++rank, "file" + rank, 1);
      config = merger.merge(config, YamlReader.read(file, start, problems));
    }
    for (Setting setting : settings) {
      config = merger.set(config, setting, ++rank);
    }
    Object sink = new RecordReader(KEYS, problems).read(config);
    if (!problems.isEmpty()) {
      throw ConfigProblem.exception(problems);
    }
    return (KitchenSink) sink;
  }

  public String toYaml() {
    return YamlWriter.write(
        KEYS, RecordWriter.toMap(KEYS, this), RecordWriter.toMap(KEYS, DEFAULT));
  }

  /** Something to choose from. */
  public sealed interface Shape {
    @Key("no shape at all")
    record Nothing() implements Shape {}

    @Key("a circle")
    record Circle(@Key(value = "in millimetres", min = 0) double radius) implements Shape {
      public static final Circle DEFAULT = new Circle(1);

      public Circle {
        if (!(radius >= 0 && radius < Double.POSITIVE_INFINITY)) {
          throw new IllegalArgumentException("radius must be at least 0, not " + radius);
        }
      }
    }

    @Key("a ring")
    record FlatRing(
        @Key(value = "of the hole", min = 0, max = 99) int inner,
        @Key(value = "of the whole", min = 1, max = 100) int outer)
        implements Shape {
      public static final FlatRing DEFAULT = new FlatRing(2, 4);

      public FlatRing {
        if (inner < 0 || inner > 99) {
          throw new IllegalArgumentException("inner must be 0 to 99, not " + inner);
        }
        if (outer < 1 || outer > 100) {
          throw new IllegalArgumentException("outer must be 1 to 100, not " + outer);
        }
        if (outer <= inner) {
          throw new IllegalArgumentException("outer must be above inner (" + inner + ")");
        }
      }
    }
  }

  /** A colour. */
  public enum Colour {
    RED,
    DARK_BLUE
  }

  /** Keys in a list. */
  public record Point(
      @Key("to the right") int x, @Key("down") long y, @Key("its colour") Colour colour) {
    public static final Point DEFAULT = new Point(1, 2, Colour.DARK_BLUE);
  }
}
