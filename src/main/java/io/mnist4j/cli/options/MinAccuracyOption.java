package io.mnist4j.cli.options;

import io.mnist4j.cli.terminal.Console;
import io.mnist4j.errors.ExitCode;
import io.mnist4j.report.text.NumberText;
import picocli.CommandLine.Option;

/** What the test accuracy must reach. */
public final class MinAccuracyOption extends OptionGroup {
  private double share;

  @Option(
      names = "--min-accuracy",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = "Exit code 4 if the test accuracy is below it: 0 to 1, such as 0.98.")
  void share(double asked) {
    if (!(asked >= 0 && asked <= 1)) {
      throw wrong("--min-accuracy must be 0 to 1, not " + asked);
    }
    share = asked;
  }

  /** The exit code of a result, and a line on stderr if it misses what was asked for. */
  public int judge(double accuracy, Console console) {
    if (share == 0 || accuracy >= share) {
      return ExitCode.OK.value;
    }
    console.error(
        NumberText.format("the test accuracy %s misses --min-accuracy %s", accuracy, share));
    return ExitCode.MISSED.value;
  }
}
