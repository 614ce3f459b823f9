package io.mnist4j.data.strokes;

import io.mnist4j.random.SplitMix64;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Glyphs, read from the language that {@code glyphs.txt} explains. */
final class Glyphs {
  private static final Pattern TOKEN = Pattern.compile("\\d+(\\.\\d+)?|\\.\\.|[a-zA-Z]+|\\S");
  private static final String INDENT = "  ";

  /** Those of a later entry bind more strongly. A comparison is 1 if it holds, else 0. */
  private static final List<Map<String, Operator>> OPERATORS =
      List.of(
          Map.of("<", (a, b, random) -> a < b ? 1 : 0, ">", (a, b, random) -> a > b ? 1 : 0),
          Map.of("+", (a, b, random) -> a + b, "-", (a, b, random) -> a - b),
          Map.of("*", (a, b, random) -> a * b, "/", (a, b, random) -> a / b),
          Map.of(
              "..", (a, b, random) -> random.nextDouble(a, b),
              "±", (a, b, random) -> random.nextBellShaped(a, b)));

  private static final Map<String, Stroke> STROKES =
      Map.of(
          "start", (skeleton, v) -> skeleton.start(v[0], v[1]),
          "to", (skeleton, v) -> skeleton.to(v[0], v[1]),
          "corner", (skeleton, v) -> skeleton.corner(v[0], v[1]),
          "arc", (skeleton, v) -> skeleton.arc(v[0], v[1], v[2], v[3], v[4], v[5], v[6]));

  private final Map<String, List<Step>> glyphs = new HashMap<>();
  private final Map<String, Integer> slots = new HashMap<>();
  private final Deque<String> lines;

  /** Of the line that is being read; the last is empty. */
  private Deque<String> tokens = new ArrayDeque<>();

  private interface Operator {
    double apply(double a, double b, SplitMix64 random);
  }

  private interface Stroke {
    void draw(Skeleton skeleton, double[] values);
  }

  /** A glyph that is being drawn; the values are those of its names, by their slots. */
  private record Drawing(Skeleton skeleton, SplitMix64 random, double[] values) {
    void run(List<Step> steps) {
      for (Step step : steps) {
        step.run(this);
      }
    }
  }

  private interface Step {
    void run(Drawing drawing);
  }

  private interface Value {
    double in(Drawing drawing);
  }

  /**
   * Reads glyphs.
   *
   * @throws IllegalArgumentException if something is not understood
   */
  Glyphs(String text) {
    lines =
        text.lines()
            .filter(line -> !line.isBlank() && !line.strip().startsWith("#"))
            .collect(Collectors.toCollection(ArrayDeque::new));
    while (!lines.isEmpty()) {
      glyphs.put(lines.remove(), block(INDENT));
    }
  }

  /** The embedded glyphs: {@code digit 0} to {@code digit 9}. */
  static Glyphs digits() {
    try (InputStream in = Glyphs.class.getResourceAsStream("glyphs.txt")) {
      return new Glyphs(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException("cannot read the embedded glyphs", e);
    }
  }

  /** Lays the strokes of one glyph, in a randomly chosen style. */
  void lay(String glyph, Skeleton skeleton, SplitMix64 random) {
    new Drawing(skeleton, random, new double[slots.size()]).run(glyphs.get(glyph));
  }

  /** The steps of the lines that begin with this indentation. */
  private List<Step> block(String indent) {
    List<Step> steps = new ArrayList<>();
    while (!lines.isEmpty() && lines.peek().startsWith(indent)) {
      tokens = tokens(lines.remove());
      steps.add(step(indent));
    }
    return steps;
  }

  private static Deque<String> tokens(String line) {
    return Stream.concat(TOKEN.matcher(line).results().map(MatchResult::group), Stream.of(""))
        .collect(Collectors.toCollection(ArrayDeque::new));
  }

  private Step step(String indent) {
    String word = tokens.remove();
    if (word.equals("if")) {
      return choice(indent);
    }
    if (takes("=")) {
      Value value = value(0);
      expect("");
      int slot = slots.computeIfAbsent(word, any -> slots.size());
      return drawing -> drawing.values[slot] = value.in(drawing);
    }
    Stroke stroke = STROKES.get(word);
    if (stroke == null) {
      throw unexpected(word);
    }
    List<Value> values = new ArrayList<>();
    do {
      values.add(value(0));
    } while (takes(","));
    expect("");
    return drawing -> {
      double[] numbers = new double[values.size()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = values.get(i).in(drawing);
      }
      stroke.draw(drawing.skeleton, numbers);
    };
  }

  private Step choice(String indent) {
    Value condition = value(0);
    expect("");
    List<Step> then = block(indent + INDENT);
    List<Step> otherwise = List.of();
    if (!lines.isEmpty() && lines.peek().startsWith(indent + "else")) {
      tokens = tokens(lines.remove());
      expect("else");
      otherwise = takes("if") ? List.of(choice(indent)) : block(indent + INDENT);
    }
    List<Step> last = otherwise;
    return drawing -> drawing.run(condition.in(drawing) > 0 ? then : last);
  }

  private Value value(int level) {
    if (level == OPERATORS.size()) {
      return operand();
    }
    Value value = value(level + 1);
    while (OPERATORS.get(level).containsKey(tokens.peek())) {
      Operator operator = OPERATORS.get(level).get(tokens.remove());
      Value left = value;
      Value right = value(level + 1);
      value = drawing -> operator.apply(left.in(drawing), right.in(drawing), drawing.random);
    }
    return value;
  }

  private Value operand() {
    String token = tokens.remove();
    if (token.equals("-")) {
      Value positive = operand();
      return drawing -> -positive.in(drawing);
    }
    if (token.equals("(")) {
      Value inner = value(0);
      expect(")");
      return inner;
    }
    Integer slot = slots.get(token);
    if (slot != null) {
      return drawing -> drawing.values[slot];
    }
    double number = Double.parseDouble(token);
    return drawing -> number;
  }

  private boolean takes(String token) {
    boolean next = tokens.element().equals(token);
    if (next) {
      tokens.remove();
    }
    return next;
  }

  private void expect(String token) {
    if (!takes(token)) {
      throw unexpected(tokens.element());
    }
  }

  private static IllegalArgumentException unexpected(String token) {
    return new IllegalArgumentException("not expected in a glyph: '%s'".formatted(token));
  }
}
