package io.mnist4j.cli;

import io.mnist4j.cli.options.PredictOptions;
import io.mnist4j.cli.terminal.CommandContext;
import io.mnist4j.cli.terminal.Console;
import io.mnist4j.cli.terminal.PredictionFormat;
import io.mnist4j.cli.terminal.TextImage;
import io.mnist4j.data.pictures.Picture;
import io.mnist4j.errors.DataException;
import io.mnist4j.explain.AnswerExplainer;
import io.mnist4j.predict.Classifier;
import io.mnist4j.predict.GridReading;
import io.mnist4j.predict.PicturePrediction;
import io.mnist4j.predict.PredictionListener;
import io.mnist4j.predict.RecognizedDigit;
import io.mnist4j.report.ExplanationFolder;
import io.mnist4j.report.ExplanationPicture;
import io.mnist4j.text.Csv;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Writes predictions to stdout as they come, and explanations into a folder. */
final class PredictionPrinter implements PredictionListener, AutoCloseable {
  private final PredictOptions options;
  private final PredictionFormat format;
  private final CommandContext context;
  private final Console console;
  private final PrintWriter out;
  private ExplanationFolder explanations;
  private AnswerExplainer explainer;
  private int pictures;

  PredictionPrinter(
      PredictOptions options, PredictionFormat format, CommandContext context, Console console) {
    this.options = options;
    this.format = format;
    this.context = context;
    this.console = console;
    // What is drawn is not ASCII, and JSON is UTF-8 everywhere.
    out = new PrintWriter(new OutputStreamWriter(context.out(), StandardCharsets.UTF_8));
  }

  @Override
  public void onStart(Classifier ready) throws IOException {
    if (options.explain() != null) {
      explanations = ExplanationFolder.at(options.explain());
      explainer = AnswerExplainer.of(ready.model());
    }
    if (!options.grid()) {
      out.print(format.header(ready.labels()));
    }
  }

  @Override
  public void onPicture(Picture picture, PicturePrediction prediction) throws IOException {
    if (prediction.hasMore()) {
      console.warn(
          "%s: %d digits were found, and the largest was read; --segment reads them all"
              .formatted(prediction.file(), prediction.readings().size()));
    }
    out.print(format.of(prediction, options.top(), ++pictures));
    for (RecognizedDigit digit : prediction.told()) {
      if (options.show()) {
        // Data on stdout stays data.
        PrintWriter to = format == PredictionFormat.TEXT ? out : context.errWriter();
        to.print(TextImage.of(digit.digit().image()));
        to.flush();
      }
      if (explanations != null) {
        explanations.write(
            prediction.file(), ExplanationPicture.of(picture, digit, explainer.explain(digit)));
      }
    }
    out.flush();
  }

  @Override
  public void onGrid(String file, GridReading grid) {
    if (pictures++ == 0) {
      List<Object> header = new ArrayList<>(List.of("file", "row"));
      IntStream.rangeClosed(1, grid.cells().get(0).size()).forEach(header::add);
      out.print(Csv.row(header));
    }
    for (int row = 0; row < grid.cells().size(); row++) {
      List<Object> cells = new ArrayList<>(List.of(file, row + 1));
      cells.addAll(grid.cells().get(row));
      out.print(Csv.row(cells));
    }
    out.flush();
  }

  /** How many pictures were read by now. */
  int pictures() {
    return pictures;
  }

  @Override
  public void onUnreadable(DataException e) {
    console.error(e.getMessage());
  }

  /** Writes what is left; stdout itself stays open. */
  @Override
  public void close() {
    out.flush();
  }
}
