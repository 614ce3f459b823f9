package io.mnist4j.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mnist4j.eval.Proportion;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class NumberTextTest {

  @Test
  void sharesAndIntervals() {
    Proportion share = new Proportion(980, 1000);
    assertEquals("0.9800", NumberText.share(share));
    assertEquals("0.9693-0.9870", NumberText.interval(share));
    assertEquals("95 % interval 96.93 % to 98.70 %", NumberText.percentInterval(share));
    Proportion nothing = new Proportion(0, 0);
    assertEquals("-", NumberText.share(nothing));
    assertEquals("-", NumberText.interval(nothing));
  }

  @Test
  void durationsGetCoarserAsTheyGrow() {
    assertEquals("119.9 s", NumberText.duration(119.9));
    assertEquals("2:00 min", NumberText.duration(120));
    assertEquals("119:59 min", NumberText.duration(7199));
    assertEquals("2:00 h", NumberText.duration(7200));
    assertEquals("59 s", NumberText.wholeSeconds(59.4));
    assertEquals("1:00 min", NumberText.wholeSeconds(59.5));
    assertEquals("1:00 h", NumberText.wholeSeconds(3600));
  }

  @Test
  void localeDoesNotMatter() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertEquals("1,234,567", NumberText.count(1_234_567));
      assertEquals("12.5 %", NumberText.percent(0.125, 1));
      assertEquals("1,235 MB", NumberText.megabytes(1_234_567_890));
      assertEquals(
          "Test accuracy: 0.98 (0.9802 on 10,000 mnist images",
          NumberText.testAccuracy(0.9802, 10_000, "mnist"));
    } finally {
      Locale.setDefault(before);
    }
  }
}
