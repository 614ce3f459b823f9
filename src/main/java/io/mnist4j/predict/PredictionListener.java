package io.mnist4j.predict;

import io.mnist4j.data.pictures.Picture;
import io.mnist4j.errors.DataException;
import java.io.IOException;

/** Receives what is read in several pictures, one after another. */
public interface PredictionListener {
  /**
   * The network is ready.
   *
   * @param classifier that reads the pictures
   */
  void onStart(Classifier classifier) throws IOException;

  /** A picture was read. */
  void onPicture(Picture picture, PicturePrediction prediction) throws IOException;

  /** A form was read; only where forms are asked for. */
  default void onGrid(String file, GridReading grid) throws IOException {
    throw new UnsupportedOperationException("forms are not asked for");
  }

  /** A picture is not one, or there is none of that name; the next one is read. */
  void onUnreadable(DataException e);
}
