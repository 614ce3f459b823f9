package io.mnist4j.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveLinesTest {
  private final StringWriter drawn = new StringWriter();

  private LiveLines lines(int columns) {
    return new LiveLines(new PrintWriter(drawn), new Terminal(true, false, columns));
  }

  private String drawn() {
    return drawn.toString().replace(System.lineSeparator(), "\n");
  }

  @Test
  void barFillsWhatTheWordsLeave() {
    lines(40).drawBar("Epoch 1/5", 0.5, "loss 0.25");
    assertEquals("\r\u001b[KEpoch 1/5 [======>     ]  50% loss 0.25", drawn());
  }

  /** The last column stays free, or the line would wrap and could not be drawn over. */
  @Test
  void narrowTerminalHasNoBarAndCutsTheWords() {
    lines(20).drawBar("Epoch 1/5", 2, "loss 0.25");
    assertEquals("\r\u001b[KEpoch 1/5 100% los…", drawn());
  }

  @Test
  void severalLinesAreWipedTogetherAndOnce() {
    LiveLines lines = lines(80);
    lines.draw(List.of("one", "two", "three"));
    lines.wipe();
    lines.wipe();
    assertEquals("\r\u001b[Kone\ntwo\nthree\r\u001b[2A\u001b[J", drawn());
  }

  @Test
  void namesDoNothingToTheTerminal() {
    lines(80).draw(List.of("a\u001b[2Jb\u202ec"));
    assertEquals("\r\u001b[Ka\\x1b[2Jb\\u202ec", drawn());
  }

  @Test
  void nothingIsDrawnAfterTheEnd() {
    LiveLines lines = lines(80);
    lines.draw(List.of("one"));
    lines.close();
    lines.draw(List.of("two"));
    assertEquals("\r\u001b[Kone\r\u001b[K", drawn());
  }

  @Test
  void pipeGetsNothing() {
    new LiveLines(new PrintWriter(drawn), Terminal.NONE).draw(List.of("one"));
    assertEquals("", drawn());
  }
}
