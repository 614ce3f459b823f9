package io.mnist4j.data.strokes;

import io.mnist4j.random.SplitMix64;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;

/**
 * Glyphs, read from the language that {@code glyphs.txt} explains. They become instructions for a
 * stack of numbers, which are carried out as fast as code would be.
 */
final class Glyphs {
  /** Need no spaces around them. */
  private static final List<String> SIGNS = List.of("..", "±", "(", ")", ",");

  private static final String INDENT = "  ";
  private static final int MAX_STACK = 32;

  private static final List<String> STROKES = List.of("start", "to", "corner", "arc");

  /** Those of a later entry bind more strongly. */
  private static final List<String> OPERATORS = List.of("<>", "+-", "*/");

  private static final char NUMBER = 'n';
  private static final char LOAD = 'l';
  private static final char JUMP = 'j';
  private static final char JUMP_UNLESS = 'i';
  private static final char END = 'e';

  /**
   * @param op a sign of the language, the first letter of a stroke, or one of the constants above
   * @param a a number, the slot of a name, the index to jump to, or the first operand
   * @param b the second operand
   */
  private record Instruction(char op, double a, double b) {}

  private final List<Instruction> program = new ArrayList<>();
  private final Instruction[] code;
  private final List<Integer> glyphs = new ArrayList<>();
  private final Map<String, Integer> slots = new HashMap<>();
  private final Deque<String> lines = new ArrayDeque<>();

  /** Of the line that is being read; the last is empty. */
  private final Deque<String> tokens = new ArrayDeque<>();

  /**
   * Reads glyphs.
   *
   * @throws IllegalArgumentException if something is not understood
   */
  Glyphs(Reader text) throws IOException {
    BufferedReader reader = new BufferedReader(text);
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      if (!line.isBlank() && !line.strip().startsWith("#")) {
        lines.add(line);
      }
    }
    while (!lines.isEmpty()) {
      lines.remove();
      glyphs.add(program.size());
      block(INDENT);
      emit(END);
    }
    code = program.toArray(Instruction[]::new);
  }

  /** The embedded glyphs, of the digits 0 to 9. */
  static Glyphs digits() {
    try (Reader text =
        new InputStreamReader(
            Glyphs.class.getResourceAsStream("glyphs.txt"), StandardCharsets.UTF_8)) {
      return new Glyphs(text);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read the embedded glyphs", e);
    }
  }

  /**
   * Lays the strokes of one glyph, in a randomly chosen style.
   *
   * @param glyph which of those in the text, from 0
   */
  void lay(int glyph, Skeleton skeleton, SplitMix64 random) {
    double[] names = new double[slots.size()];
    double[] stack = new double[MAX_STACK];
    int top = 0;
    int at = glyphs.get(glyph);
    for (Instruction next = code[at++]; next.op != END; next = code[at++]) {
      switch (next.op) {
        case NUMBER -> stack[top++] = next.a;
        case LOAD -> stack[top++] = names[(int) next.a];
        case '=' -> names[(int) next.a] = stack[--top];
        case '.' -> stack[top++] = random.nextDouble(next.a, next.b);
        case '±' -> stack[top++] = random.nextBellShaped(next.a, next.b);
        case JUMP -> at = (int) next.a;
        case JUMP_UNLESS -> at = stack[--top] == 0 ? (int) next.a : at;
        case 's', 't', 'c', 'a' -> {
          draw(next.op, skeleton, stack);
          top = 0;
        }
        default -> {
          top--;
          stack[top - 1] = apply(next.op, stack[top - 1], stack[top]);
        }
      }
    }
  }

  private static void draw(char stroke, Skeleton skeleton, double[] v) {
    switch (stroke) {
      case 's' -> skeleton.start(v[0], v[1]);
      case 't' -> skeleton.to(v[0], v[1]);
      case 'c' -> skeleton.corner(v[0], v[1]);
      default -> skeleton.arc(v[0], v[1], v[2], v[3], v[4], v[5], v[6]);
    }
  }

  private static double apply(char operator, double a, double b) {
    return switch (operator) {
      case '<' -> a < b ? 1 : 0;
      case '>' -> a > b ? 1 : 0;
      case '+' -> a + b;
      case '-' -> a - b;
      case '*' -> a * b;
      default -> a / b;
    };
  }

  /** Reads the lines that begin with this indentation. */
  private void block(String indent) {
    while (!lines.isEmpty() && lines.peek().startsWith(indent)) {
      tokenize();
      step(indent);
    }
  }

  private void tokenize() {
    String line = lines.remove();
    for (String sign : SIGNS) {
      line = line.replace(sign, " " + sign + " ");
    }
    tokens.clear();
    for (StringTokenizer words = new StringTokenizer(line); words.hasMoreTokens(); ) {
      tokens.add(words.nextToken());
    }
    tokens.add("");
  }

  private void step(String indent) {
    String word = tokens.remove();
    if (word.equals("if")) {
      choice(indent);
    } else if (takes("=")) {
      value(0);
      expect("");
      emit('=', slots.computeIfAbsent(word, any -> slots.size()));
    } else if (STROKES.contains(word)) {
      do {
        value(0);
      } while (takes(","));
      expect("");
      emit(word.charAt(0));
    } else {
      throw unexpected(word);
    }
  }

  private void choice(String indent) {
    value(0);
    expect("");
    int condition = emit(JUMP_UNLESS);
    block(indent + INDENT);
    int end = emit(JUMP);
    program.set(condition, new Instruction(JUMP_UNLESS, program.size(), 0));
    if (!lines.isEmpty() && lines.peek().startsWith(indent + "else")) {
      tokenize();
      expect("else");
      if (takes("if")) {
        choice(indent);
      } else {
        expect("");
        block(indent + INDENT);
      }
    }
    program.set(end, new Instruction(JUMP, program.size(), 0));
  }

  private void value(int level) {
    if (level == OPERATORS.size()) {
      operand();
      return;
    }
    value(level + 1);
    while (!tokens.element().isEmpty() && OPERATORS.get(level).contains(tokens.element())) {
      char operator = tokens.remove().charAt(0);
      value(level + 1);
      emit(operator);
    }
  }

  private void operand() {
    String token = tokens.remove();
    if (token.equals("(")) {
      value(0);
      expect(")");
    } else if (slots.containsKey(token)) {
      emit(LOAD, slots.get(token));
    } else {
      double number = Double.parseDouble(token);
      if (takes("..")) {
        emit('.', number, Double.parseDouble(tokens.remove()));
      } else if (takes("±")) {
        emit('±', number, Double.parseDouble(tokens.remove()));
      } else {
        emit(NUMBER, number);
      }
    }
  }

  /** Returns the index of the new instruction. */
  private int emit(char op, double... operands) {
    double a = operands.length > 0 ? operands[0] : 0;
    program.add(new Instruction(op, a, operands.length > 1 ? operands[1] : 0));
    return program.size() - 1;
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
