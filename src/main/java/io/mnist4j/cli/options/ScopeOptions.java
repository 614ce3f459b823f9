package io.mnist4j.cli.options;

import io.mnist4j.predict.Classifier;
import io.mnist4j.predict.DigitReader.Scope;
import picocli.CommandLine.Option;

/** What is read of each picture. */
public final class ScopeOptions extends OptionGroup {
  @Option(
      names = "--segment",
      description =
          "Reads all digits of a strip, from left to right; those that touch are cut apart.")
  private boolean segment;

  @Option(
      names = "--as-is",
      description =
          "Only scales the whole picture to the network's size, light on dark as it is: for"
              + " networks whose images were not made as MNIST's were, such as fashion-mnist. What"
              + " learned from pictures as they are takes them so by itself.")
  private boolean asIs;

  /** Refuses both at once. */
  void check() {
    if (segment && asIs) {
      throw wrong("--segment finds digits and --as-is takes the whole picture: give one of them");
    }
  }

  /** Whether nothing was asked for. */
  boolean isDefault() {
    return !segment && !asIs;
  }

  /** What was asked for, else what the model learned from. */
  Scope scope(Classifier classifier) {
    if (asIs || (classifier.takesWholePictures() && !segment)) {
      return Scope.AS_IS;
    }
    return segment ? Scope.STRIP : Scope.DIGITS;
  }
}
