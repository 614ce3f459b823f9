package io.mnist4j.predict;

import io.mnist4j.data.ImageSize;
import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.data.pictures.ImageFile;
import io.mnist4j.data.pictures.Picture;
import io.mnist4j.data.pictures.PictureFiles;
import io.mnist4j.data.store.FileImages;
import io.mnist4j.data.store.ImageTable;
import io.mnist4j.digits.Box;
import io.mnist4j.digits.Digit;
import io.mnist4j.errors.DataException;
import io.mnist4j.predict.DigitReader.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The digits in several pictures, read one picture after another. */
public final class PredictionSession {
  /** Images of a table that are predicted together. */
  private static final int BATCH = 1_000;

  private final Classifier classifier;
  private final DigitReader reader;
  private final Scope scope;
  private final PredictionListener listener;
  private boolean allRead = true;

  private PredictionSession(
      Classifier classifier, Scope scope, double reject, PredictionListener listener) {
    this.classifier = classifier;
    this.reader = new DigitReader(classifier, reject);
    this.scope = scope;
    this.listener = listener;
  }

  /** As the other one, but each digit is named. */
  public static boolean run(
      List<String> files,
      InputStream stream,
      Scope scope,
      Classifier classifier,
      PredictionListener listener)
      throws IOException {
    return run(files, stream, scope, 0, classifier, listener);
  }

  /**
   * Reads all pictures, in their order.
   *
   * @param files names of files, folders and patterns, see {@link PictureFiles}; {@code -} stands
   *     for the stream
   * @param stream of one picture
   * @param reject digits that are less sure are not known, 0 to 1
   * @return whether all of them could be read
   * @throws IOException if the listener throws it
   */
  public static boolean run(
      List<String> files,
      InputStream stream,
      Scope scope,
      double reject,
      Classifier classifier,
      PredictionListener listener)
      throws IOException {
    PredictionSession session = new PredictionSession(classifier, scope, reject, listener);
    listener.onStart(classifier);
    for (String file : files) {
      try {
        if (file.equals("-")) {
          session.read(file, ImageFile.read(stream, "standard input"));
        } else {
          session.readAll(PictureFiles.of(file));
        }
      } catch (DataException e) {
        session.unreadable(e);
      }
    }
    return session.allRead;
  }

  private void readAll(List<Path> files) throws IOException {
    for (Path file : files) {
      try {
        FileImages.read(file, new ImageSize(classifier.height(), classifier.width()), images);
      } catch (DataException e) {
        unreadable(e);
      }
    }
  }

  private final FileImages.ImageSink images =
      new FileImages.ImageSink() {
        @Override
        public void onPicture(String name, Picture picture) throws IOException {
          read(name, picture);
        }

        @Override
        public void onTable(ImageTable table) throws IOException {
          read(table);
        }

        @Override
        public void onUnreadable(DataException e) {
          unreadable(e);
        }
      };

  private void read(String name, Picture picture) throws IOException {
    if (scope == Scope.GRID) {
      Optional<GridReading> grid = reader.readGrid(picture);
      if (grid.isPresent()) {
        listener.onGrid(name, grid.get());
      } else {
        unreadable(new DataException(name + ": no boxes side by side were found in it"));
      }
      return;
    }
    List<RecognizedDigit> readings = reader.read(picture, scope);
    listener.onPicture(
        picture, new PicturePrediction(name, classifier.labels(), readings, scope == Scope.STRIP));
  }

  /** All images of a table, many at a time. */
  private void read(ImageTable table) throws IOException {
    for (int first = 0; first < table.count(); first += BATCH) {
      List<GreyImage> images = table.images(first, Math.min(table.count(), first + BATCH));
      List<Prediction> predictions = classifier.predict(images);
      List<Digit> digits =
          images.stream()
              .map(image -> new Digit(new Box(0, 0, image.width(), image.height()), image))
              .toList();
      List<RecognizedDigit> readings = reader.recognized(digits, predictions);
      for (int i = 0; i < images.size(); i++) {
        listener.onPicture(
            images.get(i).toPicture(),
            new PicturePrediction(
                "%s#%d".formatted(table.source(), first + i + 1),
                classifier.labels(),
                readings.subList(i, i + 1),
                false));
      }
    }
  }

  private void unreadable(DataException e) {
    allRead = false;
    listener.onUnreadable(e);
  }
}
