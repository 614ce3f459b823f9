package io.mnist4j.digits;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CropTest {

  /** A block of ink with a soft edge on its right, and another piece two pixels from it. */
  @Test
  void theSoftEdgeBelongsToItAndOtherInkDoesNot() {
    int width = 12;
    float[] ink = new float[8 * width];
    for (int row = 2; row < 6; row++) {
      for (int column = 2; column < 6; column++) {
        ink[row * width + column] = 1;
      }
      ink[row * width + 6] = 0.3f;
      ink[row * width + 8] = 1;
    }
    InkImage image = new InkImage(8, width, ink, false);
    List<ConnectedComponent> pieces = ConnectedComponents.of(image);
    assertEquals(2, pieces.size());
    float[] scaled = new Crop(pieces.get(0), image).scaledTo(43, 0);
    double sum = 0;
    for (float value : scaled) {
      sum += value;
    }
    // 4 x 4.3 pixels become 40 x 43 of 43 x 43; the last three columns are pale.
    assertEquals(40 * 40, sum, 100);
  }
}
