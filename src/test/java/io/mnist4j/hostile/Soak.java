package io.mnist4j.hostile;

/** Whether the long form of the tests is asked for: {@code mvn -Psoak verify}. */
public final class Soak {
  private Soak() {}

  public static boolean isOn() {
    return Boolean.getBoolean("mnist4j.soak");
  }
}
