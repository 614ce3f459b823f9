package io.mnist4j.data.pictures;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrientationTest {

  /** The rows 12 and 34, as a person sees them after each turn. */
  @ParameterizedTest
  @CsvSource({
    "1, 1234", "2, 2143", "3, 4321", "4, 3412", "5, 1324", "6, 3142", "7, 4231", "8, 2413"
  })
  void theTableOfExifIsUndone(int orientation, String upright) {
    Picture stored = new Picture(2, 2, new int[] {1, 2, 3, 4}, 3);
    Picture turned = Orientation.upright(stored, orientation);
    StringBuilder seen = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      seen.append(turned.argb(i / 2, i % 2));
    }
    assertEquals(upright, seen.toString());
    assertEquals(3, turned.reduction());
  }

  @Test
  void whatMakesNoSenseIsUpright() {
    for (ImageFormat format : ImageFormat.values()) {
      assertEquals(1, Orientation.of(format, new byte[0]));
      assertEquals(
          1, Orientation.of(format, bytes("MM\0\52\0\0\0\10\377\377" + "\1\22".repeat(9))));
      assertEquals(1, Orientation.of(format, bytes("\377\330\377\341\0\1")));
      assertEquals(1, Orientation.of(format, bytes("12345678\177\377\377\377eXIf")));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
