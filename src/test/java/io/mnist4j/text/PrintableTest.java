package io.mnist4j.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {
  /** The escapes of this table are those of Java, the expected ones are shown as text. */
  @ParameterizedTest
  @CsvSource({
    "Größe 五.png, Größe 五.png",
    "a\u001b[31mb, a\\x1b[31mb",
    "gpj\u202exe.png, gpj\\u202exe.png",
    "a\u2066b\u2069c, a\\u2066b\\u2069c",
    "a\u200fb, a\\u200fb",
    "a\u2028b, a\\u2028b",
    "a\u200bb\u2060c\ufeffd, a\\u200bb\\u2060c\\ufeffd",
    // A tag, which is invisible, of two UTF-16 units.
    "a\udb40\udc41b, a\\ue0041b",
    // A family of emoji is joined by a character that is harmless.
    "\ud83d\udc68\u200d\ud83d\udc69, \ud83d\udc68\u200d\ud83d\udc69",
  })
  void whatControlsATerminalIsShownByItsNumber(String text, String printable) {
    assertEquals(printable, Printable.of(text));
  }

  @Test
  void onlyInSeveralLinesTheirEndsStay() {
    assertEquals("a\\x0ab\\x09c", Printable.of("a\nb\tc"));
    assertEquals("a\nb\tc\\x1b", Printable.lines("a\nb\tc\u001b"));
  }

  @Test
  void nameIsShortAndHasNoControlCharacters() {
    assertTrue(Printable.isName("Größe 五"));
    assertTrue(Printable.isName("a".repeat(1_000)));
    assertFalse(Printable.isName("a".repeat(1_001)));
    assertFalse(Printable.isName("a\tb"));
    assertFalse(Printable.isName("a\u001bb"));
  }
}
