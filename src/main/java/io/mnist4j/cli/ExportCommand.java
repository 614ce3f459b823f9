package io.mnist4j.cli;

import io.mnist4j.cli.options.ExportOptions;
import io.mnist4j.cli.options.ScaleOption;
import io.mnist4j.cli.options.Subcommand;
import io.mnist4j.cli.terminal.Examples;
import io.mnist4j.cli.terminal.VerbosityOptions;
import io.mnist4j.errors.ExitCode;
import io.mnist4j.model.export.ExportFormat;
import io.mnist4j.report.card.HubFolder;
import io.mnist4j.report.card.ModelCard;
import io.mnist4j.run.ExportReport;
import io.mnist4j.run.ExportSession;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code mnist4j export}. */
@Command(
    name = "export",
    description = "Writes a saved model for other programs.",
    footer = Examples.EXPORT)
final class ExportCommand extends Subcommand {
  @Mixin private ExportOptions options;
  @Mixin private ScaleOption scale;
  @Mixin private VerbosityOptions verbosity;

  @Override
  public Integer call() throws Exception {
    if (options.isCard()) {
      ModelCard.write(options.model(), options.license(), options.card(), console(verbosity)::warn);
      return print("%s: the card of %s%n".formatted(options.card(), options.model()));
    }
    if (options.isHub()) {
      Path folder = options.hub();
      Map<String, String> files =
          new HubFolder(options.model(), scale.range(), console(verbosity)::warn)
              .write(options.license(), folder);
      files.forEach((name, what) -> print("%s: %s: %s%n".formatted(folder, name, what)));
      return ExitCode.OK.value;
    }
    ExportFormat format = options.format();
    Path target = options.target(format);
    ExportReport report =
        ExportSession.run(
            options.model(),
            scale.range(),
            format,
            options.onnx(format),
            target,
            console(verbosity)::warn);
    String check = report.check().map(text -> "%s: %s%n".formatted(target, text)).orElse("");
    return print("%s: %s%n%s".formatted(target, report.takes(), check));
  }
}
