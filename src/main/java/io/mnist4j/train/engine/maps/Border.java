package io.mnist4j.train.engine.maps;

/** Zeros around each map. */
public record Border(int top, int left, int bottom, int right) {
  /** No zeros. */
  public static final Border NONE = new Border(0, 0, 0, 0);
}
