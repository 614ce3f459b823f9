package io.mnist4j.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/**
 * What {@code --version} prints. The versions are those that the build took; ND4J is not started.
 */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    Properties build = build();
    return new String[] {
      "mnist4j " + build.getProperty("mnist4j"),
      "Deeplearning4j " + build.getProperty("dl4j"),
      "ND4J backend nd4j-native %s (%s)"
          .formatted(build.getProperty("dl4j"), build.getProperty("natives")),
      "JDK %s (%s), %s %s"
          .formatted(
              System.getProperty("java.version"),
              System.getProperty("java.vendor"),
              System.getProperty("os.name"),
              System.getProperty("os.arch")),
    };
  }

  /** The keys {@code mnist4j}, {@code dl4j} and {@code natives}. */
  static Properties build() {
    Properties build = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      build.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return build;
  }
}
