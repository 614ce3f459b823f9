package io.mnist4j.cli;

import io.mnist4j.cli.options.ExplainOptions;
import io.mnist4j.cli.options.FormatOption;
import io.mnist4j.cli.options.Subcommand;
import io.mnist4j.cli.terminal.Console;
import io.mnist4j.cli.terminal.CounterfactualPrinter;
import io.mnist4j.cli.terminal.Examples;
import io.mnist4j.cli.terminal.ExplanationPrinter;
import io.mnist4j.cli.terminal.MeasurementProgress;
import io.mnist4j.cli.terminal.VerbosityOptions;
import io.mnist4j.errors.ExitCode;
import io.mnist4j.explain.CounterfactualSearch;
import io.mnist4j.explain.ExplanationMeasurement;
import io.mnist4j.explain.MeasuredExplanations;
import io.mnist4j.predict.Classifier;
import io.mnist4j.predict.PredictionListener;
import io.mnist4j.predict.PredictionSession;
import io.mnist4j.report.text.ChangedDigit;
import io.mnist4j.report.text.ExplainedDigit;
import io.mnist4j.report.text.ExplanationText;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code mnist4j explain}. */
@Command(
    name = "explain",
    description =
        "Shows why a model says what it says of a picture, and measures how true that is.",
    footer = Examples.EXPLAIN)
final class ExplainCommand extends Subcommand {
  @Mixin private ExplainOptions options;
  @Mixin private FormatOption format;
  @Mixin private VerbosityOptions verbosity;

  @Override
  public Integer call() throws Exception {
    if (options.measures()) {
      return measure();
    }
    List<String> pictures = options.pictures();
    Console console = console(verbosity);
    Classifier classifier = options.classifier(console);
    return options.counterfactual(classifier).isEmpty()
        ? explain(pictures, classifier, console)
        : change(pictures, classifier, console);
  }

  private int measure() throws Exception {
    Console console = console(verbosity);
    MeasuredExplanations measured;
    try (MeasurementProgress progress = new MeasurementProgress(console)) {
      measured = ExplanationMeasurement.run(options.measurement(console), progress, console::warn);
    }
    return print(format, measured::toJson, () -> ExplanationText.of(measured));
  }

  private int explain(List<String> pictures, Classifier classifier, Console console)
      throws Exception {
    ExplanationPrinter printer =
        new ExplanationPrinter(options.explainer(classifier), options.output(), console);
    boolean allRead = read(pictures, classifier, printer);
    List<ExplainedDigit> digits = printer.digits();
    print(format, () -> ExplanationText.json(digits), () -> ExplanationText.of(digits));
    return allRead ? ExitCode.OK.value : ExitCode.DATA.value;
  }

  private int change(List<String> pictures, Classifier classifier, Console console)
      throws Exception {
    String target = options.counterfactual(classifier).orElseThrow();
    CounterfactualPrinter printer =
        new CounterfactualPrinter(
            CounterfactualSearch.with(classifier), target, options.output(), console);
    boolean allRead = read(pictures, classifier, printer);
    List<ChangedDigit> digits = printer.digits();
    print(
        format,
        () -> ExplanationText.jsonOfChanges(digits),
        () -> ExplanationText.ofChanges(digits));
    ExitCode code = printer.allFound() ? ExitCode.OK : ExitCode.MISSED;
    return allRead ? code.value : ExitCode.DATA.value;
  }

  private boolean read(List<String> pictures, Classifier classifier, PredictionListener listener)
      throws Exception {
    return PredictionSession.run(
        pictures, context().in(), options.scope(classifier), classifier, listener);
  }
}
