package io.mnist4j.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {
  /** The escapes of this table are those of Java, the expected ones are shown as text. */
  @ParameterizedTest
  @CsvSource({
    "Größe 五.png, Größe 五.png",
    "a\u001b[31mb, a\\x1b[31mb",
    "gpj\u202exe.png, gpj\\u202exe.png",
    "a\u2066b\u2069c, a\\u2066b\\u2069c",
    "a\u200fb, a\\u200fb",
    "a\u2028b, a\\u2028b",
    // A family of emoji is joined by a character that is harmless.
    "\ud83d\udc68\u200d\ud83d\udc69, \ud83d\udc68\u200d\ud83d\udc69",
  })
  void whatControlsATerminalIsShownByItsNumber(String text, String printable) {
    assertEquals(printable, Terminal.printable(text));
  }
}
