package io.mnist4j.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mnist4j.sweep.space.Choice;
import io.mnist4j.sweep.space.Parameter;
import io.mnist4j.sweep.space.Point;
import io.mnist4j.sweep.space.SearchSpace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShortNamesTest {
  private static ShortNames names(String... keys) {
    return new ShortNames(
        new SearchSpace(
            Stream.of(keys).map(key -> new Parameter(key, new Choice(List.of(1)))).toList()));
  }

  @Test
  void nameIsTheShortestThatIsTakenForNoOther() {
    ShortNames names =
        names(
            "training.batch-size",
            "training.optimizer.name",
            "model.layers.0.dense.units",
            "model.layers.1.dense.units",
            "model.layers.2");
    assertEquals("batch-size", names.of("training.batch-size"));
    assertEquals("optimizer.name", names.of("training.optimizer.name"));
    assertEquals("layers.0.dense.units", names.of("model.layers.0.dense.units"));
    assertEquals("layers.2", names.of("model.layers.2"), "a number says little");
    assertEquals("layers.0.dense.units".length(), names.longest());
  }

  @Test
  void keyThatEndsAsAnotherIsKeepsItsWholeName() {
    ShortNames names = names("seed", "data.seed");
    assertEquals("seed", names.of("seed"));
    assertEquals("data.seed", names.of("data.seed"));
  }

  @Test
  void valuesAreWrittenForPeople() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("training.lr", 0.00314159);
    values.put("training.units", List.of(1, "a"));
    assertEquals(
        "lr 0.003142, units [1,\"a\"]",
        names("training.lr", "training.units").text(new Point(values)));
    assertEquals("1.0E-12", ShortNames.text(1e-12));
    assertEquals("1000", ShortNames.text(1000.0));
    assertEquals("word", ShortNames.text("word"));
    assertEquals("64", ShortNames.text(64));
    assertEquals("\"NaN\"", ShortNames.text(Double.NaN));
  }
}
