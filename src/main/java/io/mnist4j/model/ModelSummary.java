package io.mnist4j.model;

import io.mnist4j.model.layers.Dense;
import io.mnist4j.model.layers.LayerSpec;
import io.mnist4j.model.layers.Shape;
import io.mnist4j.model.layers.ShapeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The table of a network's layers.
 *
 * @param input what comes in
 * @param rows one for each layer, the output layer last
 */
public record ModelSummary(Shape input, List<LayerRow> rows) {
  private static final String LINE = "%-5s  %-10s  %-14s  %12s\n";
  private static final int WIDTH = 5 + 2 + 10 + 2 + 14 + 2 + 12;

  /**
   * One layer.
   *
   * @param number as in {@code model.layers}, from 0; empty for the output layer
   * @param trained parameters that gradients change
   * @param statistics figures that it keeps beside them
   */
  public record LayerRow(String number, String name, Shape output, long trained, long statistics) {
    /** All of them: what DL4J counts. */
    public long parameters() {
      return trained + statistics;
    }
  }

  public ModelSummary {
    rows = List.copyOf(rows);
  }

  /**
   * Works the table out; DL4J is not started for it.
   *
   * @throws ShapeException if the layers do not fit together
   */
  public static ModelSummary of(NetworkSpec network, int height, int width, int classes) {
    List<Shape> inputs = network.inputShapes(height, width, classes);
    List<LayerRow> rows = new ArrayList<>();
    int layers = network.layers().size();
    for (int i = 0; i < layers; i++) {
      LayerSpec layer = network.layers().get(i);
      rows.add(
          new LayerRow(
              String.valueOf(i),
              layer.key(),
              inputs.get(i + 1),
              layer.trainedParameters(inputs.get(i)),
              layer.statistics(inputs.get(i))));
    }
    long last = Dense.parameters(inputs.get(layers), classes);
    rows.add(new LayerRow("", "output", new Shape.Flat(classes), last, 0));
    return new ModelSummary(inputs.get(0), rows);
  }

  /** Of the whole network. */
  public long parameters() {
    return rows.stream().mapToLong(LayerRow::parameters).sum();
  }

  /** The table as lines of text. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    String rule = "-".repeat(WIDTH) + "\n";
    text.append(LINE.formatted("layer", "type", "output shape", "parameters")).append(rule);
    text.append(LINE.formatted("", "input", input, grouped(0)));
    for (LayerRow row : rows) {
      text.append(
          LINE.formatted(row.number(), row.name(), row.output(), grouped(row.parameters())));
    }
    text.append(rule).append("parameters: ").append(grouped(parameters()));
    long statistics = rows.stream().mapToLong(LayerRow::statistics).sum();
    if (statistics > 0) {
      text.append(
          " (%s trained, %s running averages)"
              .formatted(grouped(parameters() - statistics), grouped(statistics)));
    }
    return text.append("\n").toString();
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
