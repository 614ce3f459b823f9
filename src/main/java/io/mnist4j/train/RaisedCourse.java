package io.mnist4j.train;

/** How the learning rate goes on from where the epochs of a run were raised. */
public enum RaisedCourse {
  /** As at this step of a run that was planned for so many epochs: it jumps up. */
  REPLAN,
  /** At the rate of the last step. */
  FLAT,
  /** The schedule from its start, over what is left: a warm restart (Loshchilov, Hutter, 2017). */
  RESTART
}
