package io.mnist4j.predict;

import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.eval.ForwardPass;
import io.mnist4j.model.Tensors;
import io.mnist4j.model.TrainedModel;
import java.util.ArrayList;
import java.util.List;

/** Predicts the classes of images that have no labels. */
public final class Classifier {
  private final TrainedModel model;

  public Classifier(TrainedModel model) {
    this.model = model;
  }

  /** What predicts. */
  public TrainedModel model() {
    return model;
  }

  /** Rows of the images that the network takes. */
  public int height() {
    return model.provenance().height();
  }

  /** Columns of the images that the network takes. */
  public int width() {
    return model.provenance().width();
  }

  /** Class names; index = output of the network. */
  public List<String> labels() {
    return model.provenance().labels();
  }

  /** Whether pictures are to be taken as they are, for so were those that it learned from. */
  public boolean takesWholePictures() {
    return model.provenance().learnedWholePictures();
  }

  /**
   * One prediction for each image, in their order.
   *
   * @param images of the network's size: 0 is paper and 255 is ink
   */
  public List<Prediction> predict(List<GreyImage> images) {
    int perImage = height() * width();
    byte[] pixels = new byte[Math.multiplyExact(images.size(), perImage)];
    for (int i = 0; i < images.size(); i++) {
      System.arraycopy(images.get(i).pixels(), 0, pixels, i * perImage, perImage);
    }
    float[] outputs =
        ForwardPass.outputs(
            model.network(),
            images.size(),
            (first, last) -> Tensors.features(pixels, perImage, first, last));
    int classes = outputs.length / Math.max(1, images.size());
    List<Prediction> predictions = new ArrayList<>();
    for (int first = 0; first < outputs.length; first += classes) {
      List<Float> probabilities = new ArrayList<>();
      for (int i = first; i < first + classes; i++) {
        probabilities.add(outputs[i]);
      }
      predictions.add(new Prediction(labels(), probabilities));
    }
    return predictions;
  }
}
