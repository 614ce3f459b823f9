package io.mnist4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputRangeTest {
  @ParameterizedTest
  @CsvSource({
    "0..1, 0, 1",
    "0..255, 0, 255",
    "-1..1, -1, 1",
    "1..0, 1, 0",
    "0.5..-0.5, 0.5, -0.5",
    "-0.4242..2.8215, -0.4242, 2.8215",
    "1e2..3, 100, 3"
  })
  void readsRanges(String text, double paper, double ink) {
    assertEquals(new InputRange(paper, ink), InputRange.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0", "0-255", "0...1", "..", "a..b", "1..", "0..1..2", "NaN..1", "3..3"})
  void refusesWhatIsNoRange(String text) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> InputRange.parse(text));
    assertTrue(
        refused.getMessage().contains("PAPER..INK")
            || refused.getMessage().contains("two different numbers"),
        refused.getMessage());
  }

  @Test
  void writesWhatItReads() {
    assertEquals("0..255", InputRange.BYTES.toString());
    assertEquals("-0.4242..2.8215", new InputRange(-0.4242, 2.8215).toString());
  }
}
