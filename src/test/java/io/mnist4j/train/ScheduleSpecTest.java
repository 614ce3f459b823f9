package io.mnist4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.schedule.ISchedule;

class ScheduleSpecTest {

  @Test
  void linearFallsByTheSameAmountToZero() {
    int steps = 2345;
    ISchedule schedule = new ScheduleSpec(ScheduleSpec.Name.LINEAR).toNd4j(5e-3, steps);
    for (int step = 0; step <= steps; step++) {
      assertEquals(5e-3 * (steps - step) / steps, schedule.valueAt(step, 0), 1e-15, "step " + step);
    }
  }

  @Test
  void constantNeedsNoSchedule() {
    assertNull(new ScheduleSpec(ScheduleSpec.Name.CONSTANT).toNd4j(5e-3, 10));
  }
}
