package io.mnist4j.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What this program was built from.
 *
 * @param mnist4j our version
 * @param dl4j the version of Deeplearning4j and ND4J
 * @param natives the platform whose native libraries are in it, such as {@code linux-x86_64-avx2}
 */
public record Build(String mnist4j, String dl4j, String natives) {

  /** The build that is running; ND4J is not started for it. */
  public static Build current() {
    Properties properties = new Properties();
    try (InputStream in = Build.class.getResourceAsStream("build.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Build(
        properties.getProperty("mnist4j"),
        properties.getProperty("dl4j"),
        properties.getProperty("natives"));
  }
}
