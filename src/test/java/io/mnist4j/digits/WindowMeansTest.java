package io.mnist4j.digits;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class WindowMeansTest {

  @Test
  void windowsAreCutOffAtTheEdges() {
    WindowMeans means = new WindowMeans(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 3, 3);
    assertEquals(5, means.at(1, 1, 0), 1e-9);
    assertEquals(5, means.at(1, 1, 1), 1e-9);
    assertEquals(3, means.at(0, 0, 1), 1e-9);
    assertEquals(6.5, means.at(2, 1, 1), 1e-9);
    assertEquals(5, means.at(2, 0, 9), 1e-9);
  }
}
