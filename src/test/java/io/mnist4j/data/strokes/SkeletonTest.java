package io.mnist4j.data.strokes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.random.SplitMix64;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SkeletonTest {
  private final Skeleton skeleton = new Skeleton();

  @BeforeEach
  void clear() {
    skeleton.clear(new SplitMix64(1, 1), 0, 0);
  }

  @Test
  void aLineStaysALineOfPiecesOfOneLength() {
    skeleton.start(0, 0).to(1, 0);
    skeleton.finish();
    assertEquals(13, skeleton.size);
    for (int i = 0; i < skeleton.size; i++) {
      assertEquals(i / 12.0, skeleton.x[i], 1e-12);
      assertEquals(0, skeleton.y[i], 1e-12);
      assertEquals(1, skeleton.pressure[i], 1e-12);
    }
  }

  @Test
  void aCurvePassesThroughItsPointsAndACornerKeepsLinesStraight() {
    skeleton.start(0, 0).to(0.5, 0.5).to(1, 0);
    skeleton.finish();
    double lowest = Arrays.stream(skeleton.y, 0, skeleton.size).max().orElseThrow();
    assertEquals(0.5, lowest, 1e-12);
    clear();
    skeleton.start(0, 0).corner(0.5, 0.5).to(1, 0);
    skeleton.finish();
    for (int i = 0; i < skeleton.size; i++) {
      assertEquals(0.5 - Math.abs(skeleton.x[i] - 0.5), skeleton.y[i], 1e-12);
    }
  }

  @Test
  void anArcIsPartOfAnEllipse() {
    skeleton.arc(0.5, 0.5, 0.25, 0.5, 0, 0, 1);
    skeleton.finish();
    assertArrayEquals(new double[] {0.5, 0}, new double[] {skeleton.x[0], skeleton.y[0]}, 1e-12);
    for (int i = 0; i < skeleton.size; i++) {
      double dx = (skeleton.x[i] - 0.5) / 0.25;
      double dy = (skeleton.y[i] - 0.5) / 0.5;
      assertEquals(1, dx * dx + dy * dy, 0.1);
    }
  }

  @Test
  void itGrowsWithItsStrokes() {
    for (int i = 0; i < 100; i++) {
      skeleton.start(0, i).to(1, i);
    }
    skeleton.finish();
    assertEquals(1300, skeleton.size);
    assertTrue(skeleton.starts[1287]);
  }
}
