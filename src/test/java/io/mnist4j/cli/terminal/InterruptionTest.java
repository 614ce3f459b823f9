package io.mnist4j.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class InterruptionTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void saysOnlyWhatIsNotDone() {
    Interruption interruption = new Interruption();
    interruption.say(new PrintStream(err, true, StandardCharsets.UTF_8));
    assertEquals(
        "mnist4j: interrupted before it was done; no file is left half-written",
        err.toString(StandardCharsets.UTF_8).strip());
    err.reset();
    interruption.done();
    interruption.say(new PrintStream(err, true, StandardCharsets.UTF_8));
    assertEquals("", err.toString(StandardCharsets.UTF_8));
  }
}
