package io.mnist4j.sweep.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.sweep.space.Choice;
import io.mnist4j.sweep.space.Condition;
import io.mnist4j.sweep.space.FloatDomain;
import io.mnist4j.sweep.space.IntDomain;
import io.mnist4j.sweep.space.Parameter;
import io.mnist4j.sweep.space.Point;
import io.mnist4j.sweep.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class ImportanceTest {
  private static final SearchSpace SPACE =
      new SearchSpace(
          List.of(
              new Parameter("small", new FloatDomain(1e-3, 1, true)),
              new Parameter("nothing", new IntDomain(1, 50, false)),
              new Parameter("large", new FloatDomain(0, 1, false)),
              new Parameter("word", new Choice(List.of("a", "b", "c", "d")))));

  private static Map<String, Double> importance(
      SearchSpace space, int trials, ToDoubleFunction<Map<String, Object>> function) {
    List<Observation> history = new ArrayList<>();
    for (int trial = 0; trial < trials; trial++) {
      Point point = new RandomSampler().sample(space, List.of(), 1, trial).orElseThrow();
      double value = function.applyAsDouble(point.values());
      history.add(
          Double.isNaN(value)
              ? new Observation(trial, point, TrialState.FAILED, List.of())
              : new Observation(trial, point, TrialState.COMPLETE, List.of(value)));
    }
    return Importance.of(space, history);
  }

  @Test
  void sumsShareTheVarianceByTheirSquares() {
    Map<String, Double> parts =
        importance(
            SPACE,
            400,
            values ->
                2 * TestFunction.real(values, "large")
                    + (Math.log10(TestFunction.real(values, "small")) + 3) / 3);
    // 4 / 5 and 1 / 5 in the values; nearly so in the ranks.
    assertEquals(0.8, parts.get("large"), 0.08);
    assertEquals(0.2, parts.get("small"), 0.08);
    assertTrue(parts.get("nothing") < 0.02, parts.toString());
    assertTrue(parts.get("word") < 0.02, parts.toString());
    assertEquals(List.of("large", "small"), List.copyOf(parts.keySet()).subList(0, 2));
  }

  @Test
  void oneWordThatDecidesAllIsFound() {
    Map<String, Double> parts =
        importance(SPACE, 100, values -> values.get("word").equals("c") ? 0 : 1);
    assertTrue(parts.get("word") > 0.9, parts.toString());
  }

  @Test
  void whatWorksOnlyTogetherIsNobodysAlone() {
    Map<String, Double> parts =
        importance(
            SPACE,
            400,
            values ->
                (TestFunction.real(values, "large") > 0.5)
                        == (TestFunction.real(values, "small") > Math.sqrt(1e-3))
                    ? 0
                    : 1);
    assertTrue(parts.get("large") < 0.2 && parts.get("small") < 0.2, parts.toString());
  }

  @Test
  void failedTrialsCountAsTheWorst() {
    Map<String, Double> parts =
        importance(SPACE, 200, values -> TestFunction.real(values, "large") > 0.6 ? Double.NaN : 1);
    assertTrue(parts.get("large") > 0.9, parts.toString());
  }

  @Test
  void inactiveParametersExplainNothing() {
    SearchSpace space =
        new SearchSpace(
            List.of(
                new Parameter("word", new Choice(List.of("a", "b"))),
                new Parameter(
                    "only-b",
                    new FloatDomain(0, 1, false),
                    Optional.of(new Condition("word", List.of("b"))))));
    Map<String, Double> parts =
        importance(space, 200, values -> values.get("word").equals("b") ? 0 : 1);
    assertTrue(parts.get("word") > 0.9, parts.toString());
    assertTrue(parts.get("only-b") < 0.05, parts.toString());
  }

  @Test
  void thereIsNoneWithoutDifferences() {
    assertEquals(Map.of(), importance(SPACE, 3, values -> TestFunction.real(values, "large")));
    assertEquals(Map.of(), importance(SPACE, 30, values -> 1));
    assertEquals(Map.of(), Importance.of(SPACE, List.of()));
  }

  @Test
  void domainOfOneValueHasNone() {
    SearchSpace space =
        new SearchSpace(
            List.of(
                new Parameter("one", new IntDomain(3, 3, false)),
                new Parameter("x", new FloatDomain(0, 1, false))));
    assertEquals(
        0, importance(space, 50, values -> TestFunction.real(values, "x")).get("one"), 1e-12);
  }
}
