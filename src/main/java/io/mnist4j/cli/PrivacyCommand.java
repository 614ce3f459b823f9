package io.mnist4j.cli;

import io.mnist4j.cli.options.FormatOption;
import io.mnist4j.cli.options.PrivacyOptions;
import io.mnist4j.cli.options.Subcommand;
import io.mnist4j.report.text.PrivacyText;
import io.mnist4j.train.privacy.PrivacyStatement;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code mnist4j privacy}. */
@Command(
    name = "privacy",
    description =
        "Says what a private training would tell of any one image, or what noise keeps it from"
            + " telling more; trains nothing.",
    footer = {
      "  mnist4j privacy --noise 1.1 --batch-size 256 --epochs 60",
      "  mnist4j privacy --epsilon 3 --batch-size 1024 --epochs 20",
      "  mnist4j train training.privacy.epsilon=3      a training within that bound",
    })
final class PrivacyCommand extends Subcommand {
  @Mixin private PrivacyOptions options;
  @Mixin private FormatOption format;

  @Override
  public Integer call() {
    PrivacyStatement statement = options.statement();
    return print(format, statement::toJson, () -> PrivacyText.of(statement));
  }
}
