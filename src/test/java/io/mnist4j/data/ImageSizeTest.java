package io.mnist4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSizeTest {
  @Test
  void rowsComeFirst() {
    assertEquals(new ImageSize(20, 30), ImageSize.parse("20x30"));
    assertEquals("20x30", new ImageSize(20, 30).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "28", "28X28", "0x28", "28x0", "5000x2", "-1x3", "28x28x1"})
  void otherTextIsNone(String text) {
    assertThrows(IllegalArgumentException.class, () -> ImageSize.parse(text));
  }

  @Test
  void onlyAFewNumbersOfPixelsAreSquare() {
    assertEquals(Optional.of(new ImageSize(28, 28)), ImageSize.square(784));
    assertEquals(Optional.empty(), ImageSize.square(780));
    assertEquals(Optional.empty(), ImageSize.square(0));
  }
}
