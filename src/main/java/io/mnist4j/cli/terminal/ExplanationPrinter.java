package io.mnist4j.cli.terminal;

import io.mnist4j.data.pictures.Picture;
import io.mnist4j.errors.DataException;
import io.mnist4j.explain.AnswerExplainer;
import io.mnist4j.predict.Classifier;
import io.mnist4j.predict.PicturePrediction;
import io.mnist4j.predict.PredictionListener;
import io.mnist4j.predict.RecognizedDigit;
import io.mnist4j.report.ExplanationFolder;
import io.mnist4j.report.ExplanationPicture;
import io.mnist4j.report.text.ExplainedDigit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes explanations into a folder, and remembers what stdout is to say of them. */
public final class ExplanationPrinter implements PredictionListener {
  private final AnswerExplainer explainer;
  private final Path output;
  private final Console console;
  private final List<ExplainedDigit> digits = new ArrayList<>();
  private ExplanationFolder folder;

  public ExplanationPrinter(AnswerExplainer explainer, Path output, Console console) {
    this.explainer = explainer;
    this.output = output;
    this.console = console;
  }

  @Override
  public void onStart(Classifier classifier) throws IOException {
    folder = ExplanationFolder.at(output);
  }

  @Override
  public void onPicture(Picture picture, PicturePrediction prediction) throws IOException {
    if (prediction.hasMore()) {
      console.warn(
          "%s: %d digits were found, and the largest is explained; --segment takes them all"
              .formatted(prediction.file(), prediction.readings().size()));
    }
    if (prediction.told().isEmpty()) {
      console.warn(prediction.file() + ": no digit was found");
    }
    for (RecognizedDigit digit : prediction.told()) {
      Path written =
          folder.write(
              prediction.file(), ExplanationPicture.of(picture, digit, explainer.explain(digit)));
      digits.add(
          new ExplainedDigit(
              prediction.file(),
              digit.prediction().label(),
              digit.prediction().probability(),
              explainer.method().key(),
              written.toString()));
    }
  }

  @Override
  public void onUnreadable(DataException e) {
    console.error(e.getMessage());
  }

  /** What was explained, in the order of the pictures. */
  public List<ExplainedDigit> digits() {
    return digits;
  }
}
