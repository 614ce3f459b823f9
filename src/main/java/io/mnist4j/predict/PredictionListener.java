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

  /** A picture is not one, or there is none of that name; the next one is read. */
  void onUnreadable(DataException e);
}
