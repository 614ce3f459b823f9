package io.mnist4j.train;

import io.mnist4j.data.Key;
import java.util.Objects;
import org.nd4j.linalg.schedule.CycleSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** How the learning rate goes from step to step. */
public record ScheduleSpec(@Key("linear falls to 0 over the run, constant stays") Name name) {
  /** Linear to 0. */
  public static final ScheduleSpec DEFAULT = new ScheduleSpec(Name.LINEAR);

  /** The courses there are. */
  public enum Name {
    /** The same at every step. */
    CONSTANT,
    /** Falls by the same amount at each step and reaches 0 after the last one. */
    LINEAR
  }

  public ScheduleSpec {
    Objects.requireNonNull(name, "name");
  }

  /**
   * The schedule as DL4J's own class, which stock DL4J can read back; null where the rate is
   * constant.
   *
   * @param steps optimiser steps of the whole run
   */
  ISchedule toNd4j(double learningRate, int steps) {
    return switch (name) {
      case CONSTANT -> null;
      // One half of a cycle that falls to 0 and would rise again after the run. PolySchedule, which
      // one would expect here, computes (1 + i / steps) in this version of ND4J and rises.
      case LINEAR -> new CycleSchedule(ScheduleType.ITERATION, learningRate, 0, 2 * steps, 0, 1);
    };
  }
}
