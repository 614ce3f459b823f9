package io.mnist4j.data;

/** Brightness as people see it: luma of ITU-R BT.601, which leaves a grey as it is. */
public final class Luma {
  private Luma() {}

  /** Of a colour, each part and the result 0 to 255, rounded. */
  public static int of(int red, int green, int blue) {
    return (299 * red + 587 * green + 114 * blue + 500) / 1000;
  }
}
