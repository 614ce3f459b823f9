package io.mnist4j.cli;

import io.mnist4j.backend.Backend;
import io.mnist4j.cli.options.ModelChoice;
import io.mnist4j.cli.options.ScaleOption;
import io.mnist4j.cli.options.ThreadOption;
import io.mnist4j.cli.terminal.CommandContext;
import io.mnist4j.cli.terminal.Console;
import io.mnist4j.cli.terminal.TextImage;
import io.mnist4j.cli.terminal.VerbosityOptions;
import io.mnist4j.data.pictures.ImageFile;
import io.mnist4j.data.pictures.Picture;
import io.mnist4j.data.pictures.PictureFiles;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.ExitCode;
import io.mnist4j.predict.Classifier;
import io.mnist4j.predict.DigitReader;
import io.mnist4j.predict.DigitReader.Scope;
import io.mnist4j.predict.RecognizedDigit;
import io.mnist4j.predict.Saliency;
import io.mnist4j.report.ExplanationFolder;
import io.mnist4j.report.ExplanationPicture;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mnist4j predict}. */
@Command(
    name = "predict",
    description = "Reads the digits in pictures: drawings, scans, photos of paper.",
    mixinStandardHelpOptions = true,
    footerHeading = Examples.HEADING,
    footer = Examples.PREDICT)
final class PredictCommand implements Callable<Integer> {
  private static final String STDIN = "-";

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "PNG, JPEG, GIF or BMP files, folders of them, or quoted patterns such as '**/*.png'; - "
              + "reads one picture from standard input.")
  private List<String> files;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description =
          "The model.zip of a run, or a Deeplearning4j or Keras file (default: of the newest run in"
              + " runs/).")
  private Path model;

  @Option(
      names = "--top",
      paramLabel = "K",
      description =
          "How many classes are told, the most probable first (default: text 1, JSON all).")
  private Integer top;

  @Option(
      names = "--format",
      paramLabel = "text|jsonl|csv",
      defaultValue = "text",
      description =
          "text: a line a picture (the default); jsonl: a JSON object a picture; csv: a row a"
              + " digit.")
  private PredictionFormat format;

  @Option(names = "--show", description = "Also draws what the network sees, in text.")
  private boolean show;

  @Option(
      names = "--explain",
      paramLabel = "DIR",
      description = "Also writes a picture of why, for each digit, into this folder.")
  private Path explain;

  @Option(
      names = "--segment",
      description =
          "Reads all digits of a strip, from left to right; those that touch are cut apart.")
  private boolean segment;

  @Option(
      names = "--as-is",
      description =
          "Only scales the whole picture to the network's size, light on dark as it is: for"
              + " networks whose images were not made as MNIST's were, such as fashion-mnist.")
  private boolean asIs;

  @Mixin private ScaleOption scale;
  @Mixin private ThreadOption threads;
  @Mixin private VerbosityOptions verbosity;

  private CommandContext context;
  private Console console;
  private PrintWriter out;
  private Classifier classifier;
  private DigitReader reader;
  private ExplanationFolder explanations;

  @Override
  public Integer call() throws Exception {
    checkUsage();
    console = new Console(spec, verbosity);
    // What is drawn is not ASCII, and JSON is UTF-8 everywhere.
    context = CommandContext.of(spec);
    out = new PrintWriter(new OutputStreamWriter(context.out(), StandardCharsets.UTF_8));
    classifier =
        new Classifier(
            ModelChoice.of(model, spec, console).load(scale, Backend.cpu(), threads, console));
    reader = new DigitReader(classifier);
    explanations = explain == null ? null : ExplanationFolder.at(explain);
    out.print(format.header(classifier.labels()));
    boolean allRead = true;
    for (String argument : files) {
      allRead &= argument.equals(STDIN) ? predictStdin() : predictAll(argument);
    }
    out.flush();
    return allRead ? ExitCode.OK.value : ExitCode.DATA.value;
  }

  private void checkUsage() {
    if (top != null && top < 1) {
      throw wrong("--top must be at least 1, not " + top);
    }
    if (segment && asIs) {
      throw wrong("--segment finds digits and --as-is takes the whole picture: give one of them");
    }
    for (String file : files) {
      if (file.matches("(?i).*\\.(zip|h5|keras)")) {
        throw wrong("%s is a model, not a picture: name it with --model".formatted(file));
      }
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private Scope scope() {
    if (asIs) {
      return Scope.AS_IS;
    }
    return segment ? Scope.STRIP : Scope.DIGITS;
  }

  private boolean predictAll(String argument) throws IOException {
    List<Path> paths;
    try {
      paths = PictureFiles.of(argument);
    } catch (DataException e) {
      console.error(e.getMessage());
      return false;
    }
    boolean allRead = true;
    for (Path path : paths) {
      try {
        predict(path.toString(), ImageFile.read(path));
      } catch (DataException e) {
        console.error(e.getMessage());
        allRead = false;
      }
    }
    return allRead;
  }

  private boolean predictStdin() throws IOException {
    try {
      predict(STDIN, ImageFile.read(context.in(), "standard input"));
      return true;
    } catch (DataException e) {
      console.error(e.getMessage());
      return false;
    }
  }

  private void predict(String name, Picture picture) throws IOException {
    PicturePrediction prediction =
        new PicturePrediction(name, classifier.labels(), reader.read(picture, scope()), segment);
    prediction.warning().ifPresent(console::warn);
    out.print(format.of(prediction, top));
    for (RecognizedDigit digit : prediction.told()) {
      if (show) {
        // Data on stdout stays data.
        PrintWriter to = format == PredictionFormat.TEXT ? out : spec.commandLine().getErr();
        to.print(TextImage.of(digit.digit().image()));
        to.flush();
      }
      if (explanations != null) {
        Saliency saliency =
            Saliency.of(classifier, digit.digit().image(), digit.prediction().best());
        explanations.write(name, ExplanationPicture.of(picture, digit, saliency));
      }
    }
    out.flush();
  }
}
