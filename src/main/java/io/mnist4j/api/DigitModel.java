package io.mnist4j.api;

import io.mnist4j.backend.Backend;
import io.mnist4j.data.fetch.FetchListener;
import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.errors.Mnist4jException;
import io.mnist4j.eval.InputRangeDetector;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.model.foreign.ModelFile;
import io.mnist4j.predict.Classifier;
import io.mnist4j.predict.DigitReader;
import io.mnist4j.predict.DigitReader.Scope;
import io.mnist4j.predict.Prediction;
import io.mnist4j.run.EvaluationRequest;
import io.mnist4j.run.EvaluationSession;
import io.mnist4j.run.RunFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A model that reads digits. Safe for several threads at once: they look for digits side by side,
 * and the network computes for one of them after another.
 */
public final class DigitModel {
  private final Path file;
  private final Classifier classifier;
  private final DigitReader reader;

  private DigitModel(Path file, TrainedModel model) {
    this.file = file;
    classifier = new Classifier(model);
    reader =
        new DigitReader(
            classifier.height(), classifier.width(), classifier.labels(), this::predict, 0);
  }

  /**
   * Loads a model of any program that mnist4j reads. Where the file of another program does not say
   * which range of pixels it was trained with, that is found by trial; {@link #notes} say so.
   *
   * @param model the folder of a run or its {@code model.zip}, or a file of another program
   * @throws Mnist4jException if it is missing, damaged or refused, or ND4J does not start
   */
  public static DigitModel load(Path model) throws Mnist4jException {
    Path file = RunFolder.modelOf(model);
    Backend.cpu().start();
    return new DigitModel(
        file, InputRangeDetector.onStrokes(ModelFile.read(file, Optional.empty())).fittingMnist());
  }

  /** Names of the classes, in the order of the network's outputs. */
  public List<String> labels() {
    return classifier.labels();
  }

  /** Rows of the images that the network takes: 28 for MNIST. */
  public int rows() {
    return classifier.height();
  }

  /** Columns of the images that the network takes: 28 for MNIST. */
  public int columns() {
    return classifier.width();
  }

  /** What one should know of how the file was read, a line each; none for mnist4j's own. */
  public List<String> notes() {
    return classifier.model().notes();
  }

  /**
   * Reads the digits of a picture that stand apart; a model that learned from whole pictures reads
   * the whole one.
   *
   * @return in reading order; none in a blank picture
   */
  public List<ReadDigit> read(DigitPicture picture) {
    return read(picture, classifier.takesWholePictures() ? Scope.AS_IS : Scope.DIGITS);
  }

  /** Reads a file as {@link #read(DigitPicture)} reads a picture. */
  public List<ReadDigit> read(Path picture) throws Mnist4jException {
    return read(DigitPicture.read(picture));
  }

  /** Reads a strip of digits from left to right: those that touch are cut apart. */
  public List<ReadDigit> readStrip(DigitPicture picture) {
    return read(picture, Scope.STRIP);
  }

  private List<ReadDigit> read(DigitPicture picture, Scope scope) {
    return reader.read(picture.picture(), scope).stream().map(ReadDigit::of).toList();
  }

  private synchronized List<Prediction> predict(List<GreyImage> images) {
    return classifier.predict(images);
  }

  /**
   * What the network says of images that have its size already.
   *
   * @param images {@code [n][rows * columns]}, row by row, 0 is paper and 1 is ink; n at least 1
   * @return {@code [n][classes]}: probabilities, unless the last layer makes something else
   * @throws IllegalArgumentException if an image has another number of pixels, or there is none
   */
  public synchronized float[][] probabilities(float[][] images) {
    if (images.length == 0) {
      throw new IllegalArgumentException("no images");
    }
    for (float[] image : images) {
      if (image.length != rows() * columns()) {
        throw new IllegalArgumentException(
            "an image of %d pixels; the network takes %dx%d"
                .formatted(image.length, rows(), columns()));
      }
    }
    return classifier.model().outputs(Nd4j.create(images)).toFloatMatrix();
  }

  /**
   * Tests the model on the test images of a data set, as {@link #evaluate(String, Path)}, in the
   * folder that the command line would take: {@code $MNIST4J_DATA}, else {@code
   * $XDG_CACHE_HOME/mnist4j} or {@code ~/.cache/mnist4j}.
   */
  public TestFigures evaluate(String dataset) throws Mnist4jException {
    return evaluate(dataset, null);
  }

  /**
   * Tests the model on the test images of a data set. A known one that is missing is fetched.
   *
   * @param dataset a name such as {@code mnist} or {@code strokes}, or a folder or file
   * @param dataFolder where the data sets lie that are known by a name; may be null
   * @throws Mnist4jException if the data cannot be had, or does not fit the model
   */
  public TestFigures evaluate(String dataset, Path dataFolder) throws Mnist4jException {
    return TestFigures.of(
        EvaluationSession.run(
            new EvaluationRequest(
                file,
                Optional.empty(),
                Optional.of(dataset),
                DataPlace.store(dataFolder),
                Backend.cpu(),
                1),
            FetchListener.SILENT,
            note -> {}));
  }
}
