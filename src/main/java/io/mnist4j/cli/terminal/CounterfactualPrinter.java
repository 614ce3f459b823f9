package io.mnist4j.cli.terminal;

import io.mnist4j.data.pictures.Picture;
import io.mnist4j.errors.DataException;
import io.mnist4j.explain.Counterfactual;
import io.mnist4j.explain.CounterfactualSearch;
import io.mnist4j.predict.Classifier;
import io.mnist4j.predict.PicturePrediction;
import io.mnist4j.predict.PredictionListener;
import io.mnist4j.predict.RecognizedDigit;
import io.mnist4j.report.ExplanationFolder;
import io.mnist4j.report.ExplanationPicture;
import io.mnist4j.report.text.ChangedDigit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Draws how little changes answers into a folder, and remembers what stdout is to say of it. */
public final class CounterfactualPrinter implements PredictionListener {
  private final CounterfactualSearch search;
  private final String target;
  private final Path output;
  private final Console console;
  private final List<ChangedDigit> digits = new ArrayList<>();
  private List<String> labels = List.of();
  private ExplanationFolder folder;

  /**
   * @param target the name of a class of the model
   */
  public CounterfactualPrinter(
      CounterfactualSearch search, String target, Path output, Console console) {
    this.search = search;
    this.target = target;
    this.output = output;
    this.console = console;
  }

  @Override
  public void onStart(Classifier classifier) throws IOException {
    labels = classifier.labels();
    folder = ExplanationFolder.at(output);
  }

  @Override
  public void onPicture(Picture picture, PicturePrediction prediction) throws IOException {
    if (prediction.told().isEmpty()) {
      console.warn(prediction.file() + ": no digit was found");
    }
    for (RecognizedDigit digit : prediction.told()) {
      Optional<Counterfactual> found = search.find(digit.digit().image(), labels.indexOf(target));
      digits.add(
          found.isPresent()
              ? drawn(prediction.file(), digit, found.get())
              : ChangedDigit.unchanged(prediction.file(), digit.prediction(), target));
    }
  }

  private ChangedDigit drawn(String file, RecognizedDigit digit, Counterfactual found)
      throws IOException {
    Path written = folder.write(file, "-as-" + target, ExplanationPicture.of(found));
    return ChangedDigit.of(file, digit.prediction(), target, found, written.toString());
  }

  @Override
  public void onUnreadable(DataException e) {
    console.error(e.getMessage());
  }

  /** What was changed, in the order of the pictures. */
  public List<ChangedDigit> digits() {
    return digits;
  }

  /** Whether a change was found for each digit. */
  public boolean allFound() {
    return digits.stream().allMatch(digit -> digit.picture() != null);
  }
}
