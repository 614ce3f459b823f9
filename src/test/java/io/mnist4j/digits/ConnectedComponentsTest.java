package io.mnist4j.digits;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectedComponentsTest {

  @Test
  void cornersConnectAndPaleInkDoesNot() {
    float[] ink = {
      1, 0, 0, 0,
      0, 1, 0, 0.3f,
      0, 0, 0, 0.5f,
    };
    List<ConnectedComponent> found = ConnectedComponents.of(new InkImage(3, 4, ink, false));
    assertEquals(2, found.size());
    ConnectedComponent first = found.get(0);
    assertEquals(2, first.area());
    assertEquals(
        List.of(0, 0, 2, 2), List.of(first.top(), first.left(), first.bottom(), first.right()));
    ConnectedComponent both = first.with(found.get(1));
    assertEquals(3, both.area());
    assertEquals(3, both.height());
    assertEquals(4, both.width());
    assertEquals(-1, first.columnsShared(found.get(1)));
    assertEquals(0, first.rowsShared(found.get(1)));
  }

  @Test
  void aPieceMayFillTheImage() {
    float[] ink = new float[90 * 90];
    Arrays.fill(ink, 1);
    List<ConnectedComponent> found = ConnectedComponents.of(new InkImage(90, 90, ink, false));
    assertEquals(1, found.size());
    assertEquals(8_100, found.get(0).area());
  }
}
