package io.mnist4j.data.strokes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.random.SplitMix64;
import java.io.IOException;
import java.io.StringReader;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlyphsTest {
  @ParameterizedTest
  @CsvSource({
    "0.1 + 0.2 * 0.5, 0.2",
    "(0.1 + 0.2) * 0.5, 0.15",
    "1 - 0.5 - 0.25, 0.25",
    "1 / 2 / 2, 0.25",
    "-0.25 + 1, 0.75",
    "0.4..0.4 * 0.5, 0.2",
    "0.5 + 0.25±0, 0.75",
  })
  void valuesAreWhatArithmeticSays(String value, double expected) throws IOException {
    Skeleton drawn = draw("a = " + value, "start 0, 0", "to a, a");
    assertEquals(expected, drawn.x[drawn.size - 1], 1e-12);
  }

  @Test
  void randomNumbersAreThoseOfTheGeneratorInTheOrderOfTheLines() throws IOException {
    SplitMix64 random = new SplitMix64(3, 4);
    double uniform = random.nextDouble(0.2, 0.4);
    double bell = random.nextBellShaped(0.5, 0.1);
    Skeleton drawn = draw("a = 0.2..0.4", "b = 0.5±0.1", "start a, b", "corner 1, 1");
    assertEquals(uniform, drawn.x[0]);
    assertEquals(bell, drawn.y[0]);
  }

  @ParameterizedTest
  @CsvSource({"0.1, 0.25", "0.3, 0.5", "0.9, 1"})
  void conditionsChooseTheirLines(double style, double expected) throws IOException {
    Skeleton drawn =
        draw(
            "style = " + style,
            "start 0, 0",
            "if style < 0.2",
            "  to 0.25, 0",
            "else if style < 0.4",
            "  to 0.5, 0",
            "else",
            "  if style > 0.8",
            "    to 1, 0");
    assertEquals(expected, drawn.x[drawn.size - 1]);
  }

  @Test
  void aStrokeStartsAnewAndAnArcIsPartOfAnEllipse() throws IOException {
    Skeleton drawn = draw("start 0, 0", "to 0, 1", "arc 0.5, 0.5, 0.25, 0.5, 0, 0, 1");
    int strokes = 0;
    int last = 0;
    for (int i = 0; i < drawn.size; i++) {
      strokes += drawn.starts[i] ? 1 : 0;
      last = drawn.starts[i] ? i : last;
    }
    assertEquals(2, strokes);
    assertArrayEquals(new double[] {0.5, 0}, new double[] {drawn.x[last], drawn.y[last]}, 1e-12);
    double left = Arrays.stream(drawn.x, last, drawn.size).min().orElseThrow();
    assertEquals(0.25, left, 0.01);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"jump 0, 0", "start 0 0", "a = 1 1", "a = b", "a = (1", "if 1 < 2 3", "to"})
  void whatIsNotOfTheLanguageIsRefused(String line) {
    assertThrows(
        IllegalArgumentException.class, () -> new Glyphs(new StringReader("glyph\n  " + line)));
  }

  @Test
  void eachDigitHasAGlyph() {
    for (int digit = 0; digit < 10; digit++) {
      Skeleton skeleton = new Skeleton();
      skeleton.clear(new SplitMix64(1, digit), 0, 0);
      Glyphs.digits().lay(digit, skeleton, new SplitMix64(1, digit));
      skeleton.finish();
      assertTrue(skeleton.size > 3);
    }
  }

  private static Skeleton draw(String... lines) throws IOException {
    Skeleton skeleton = new Skeleton();
    skeleton.clear(new SplitMix64(1, 2), 0, 0);
    new Glyphs(new StringReader("# a comment\nglyph\n  " + String.join("\n  ", lines)))
        .lay(0, skeleton, new SplitMix64(3, 4));
    skeleton.finish();
    return skeleton;
  }
}
