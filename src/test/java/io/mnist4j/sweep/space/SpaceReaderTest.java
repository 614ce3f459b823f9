package io.mnist4j.sweep.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.config.ConfigNode;
import io.mnist4j.config.ConfigProblem;
import io.mnist4j.config.SourceLocation;
import io.mnist4j.config.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpaceReaderTest {
  private final List<ConfigProblem> problems = new ArrayList<>();
  private final SpaceReader reader = new SpaceReader(problems);

  private Optional<SearchSpace> read(String yaml) {
    ConfigNode node = YamlReader.read(yaml, new SourceLocation(1, "s.yaml", 1), problems);
    return reader.read(node);
  }

  private SearchSpace space(String yaml) {
    Optional<SearchSpace> space = read(yaml);
    assertEquals(List.of(), problems);
    return space.orElseThrow();
  }

  @Test
  void eachKindOfParameterIsRead() {
    SearchSpace space =
        space(
            """
            a: [1, 2.5, word, true, '7']
            b: {choice: [[x, y], {z: 1}]}
            c: {uniform: [0, 1]}
            d: {log-uniform: [1e-3, 1]}
            e: {uniform: [1, 2], log: true}
            f: {int: [1, 9]}
            g: {int: [1, 9], log: true}
            """);
    assertEquals(
        List.of(
            new Parameter("a", new Choice(List.of(1, 2.5, "word", true, "7"))),
            new Parameter("b", new Choice(List.of(List.of("x", "y"), Map.of("z", 1)))),
            new Parameter("c", new FloatDomain(0, 1, false)),
            new Parameter("d", new FloatDomain(1e-3, 1, true)),
            new Parameter("e", new FloatDomain(1, 2, true)),
            new Parameter("f", new IntDomain(1, 9, false)),
            new Parameter("g", new IntDomain(1, 9, true))),
        space.parameters());
    assertEquals(7, reader.places().get("g").line());
  }

  @Test
  void parameterComesAfterTheOneThatItDependsOn() {
    SearchSpace space =
        space(
            """
            third: {uniform: [0, 1], when: {second: [a, b]}}
            second: {choice: [a, b, c], when: {first: 1}}
            other: [1]
            first: [1, 2]
            """);
    assertEquals(
        List.of("other", "first", "second", "third"),
        space.parameters().stream().map(Parameter::key).toList());
    assertEquals(
        Optional.of(new Condition("second", List.of("a", "b"))), space.parameters().get(3).when());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          {}                              | space must have the keys that are varied
          a: 5                            | a must be a list of values, or one of choice, uniform, log-uniform, int
          a: []                           | a: a list of choices needs at least one value
          a: [1, ~]                       | a: a value is empty
          a: [1, 1.0]                     | a: the choice 1.0 is there twice
          a: {unifrm: [0, 1]}             | a: 'unifrm' is none of choice, uniform, log-uniform, int, log, when; did you mean uniform?
          a: {log: true}                  | a must have one of choice, uniform, log-uniform, int
          a: {uniform: [0, 1], int: [0, 1]} | a must have one of choice, uniform, log-uniform, int
          a: {uniform: [0]}               | a: uniform must be a range of two numbers, such as [0.001, 0.1]
          a: {uniform: [1, 0]}            | a: a range begins with its lower end, not 1.0 before 0.0
          a: {log-uniform: [0, 1]}        | a: a logarithmic range begins above 0, not at 0.0
          a: {int: [0.5, 1]}              | a: int must be a range of two whole numbers
          a: {int: [0, 9], log: true}     | a: a logarithmic range begins at 1 or above, not at 0
          a: {uniform: [0, 1], log: maybe} | a: log must be true or false
          a: {choice: [1, 2], log: true}  | a: log is for numbers from a range
          a: {choice: 3}                  | a: choice must be a list of values
          a: {uniform: [0, 1], when: b}   | a: when must name one other key and its value
          a: {uniform: [0, 1], when: {b: 1}} | space: a depends on b, which is not searched
          data.classes: [[0], [1]]        | data.classes cannot be varied
          """)
  void mistakeIsNamed(String yaml, String message) {
    assertEquals(Optional.empty(), read(yaml));
    assertEquals(1, problems.size(), problems.toString());
    assertTrue(problems.get(0).what().startsWith(message), problems.get(0).what());
    assertEquals("s.yaml:1", problems.get(0).location().toString());
  }

  @Test
  void conditionThatCanNeverBeMetIsNamedWithItsLine() {
    read("first: [1, 2]\nsecond: {choice: [a], when: {first: 3}}\n");
    assertEquals(
        "space: second depends on first being 3, which it never is", problems.get(0).what());
    assertEquals(2, problems.get(0).location().line());
  }

  @Test
  void parametersThatDependOnEachOtherAreNamed() {
    read("a: {choice: [1], when: {b: 1}}\nb: {choice: [1], when: {a: 1}}\n");
    assertTrue(
        problems.get(0).what().contains("a depends on b, which must come before it"),
        problems.toString());
  }
}
