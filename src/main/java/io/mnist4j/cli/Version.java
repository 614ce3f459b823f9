package io.mnist4j.cli;

import io.mnist4j.model.Build;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    Build build = Build.current();
    return new String[] {
      "mnist4j " + build.mnist4j(),
      "Deeplearning4j " + build.dl4j(),
      "ND4J backend nd4j-native %s (%s)".formatted(build.dl4j(), build.natives()),
      "JDK %s (%s), %s %s"
          .formatted(
              System.getProperty("java.version"),
              System.getProperty("java.vendor"),
              System.getProperty("os.name"),
              System.getProperty("os.arch")),
    };
  }
}
