package io.mnist4j.predict;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.model.Tensors;
import io.mnist4j.model.TrainedModel;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Asks a network about images. */
public final class Predictor {
  /** As many images as one product is worth, and any memory holds. */
  private static final int BATCH = 2_000;

  private final TrainedModel model;

  public Predictor(TrainedModel model) {
    this.model = model;
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

  /**
   * One answer for each image.
   *
   * @param images of the network's size: 0 is paper and 255 is ink
   */
  public List<Prediction> predict(List<GreyImage> images) {
    List<Prediction> predictions = new ArrayList<>();
    for (int first = 0; first < images.size(); first += BATCH) {
      List<GreyImage> batch = images.subList(first, Math.min(images.size(), first + BATCH));
      for (float[] outputs : outputs(Tensors.features(imageSet(batch)))) {
        predictions.add(prediction(outputs));
      }
    }
    return predictions;
  }

  private Prediction prediction(float[] outputs) {
    List<Float> probabilities = new ArrayList<>();
    for (float output : outputs) {
      probabilities.add(output);
    }
    return new Prediction(labels(), probabilities);
  }

  private ImageSet imageSet(List<GreyImage> images) {
    int perImage = height() * width();
    byte[] pixels = new byte[images.size() * perImage];
    for (int i = 0; i < images.size(); i++) {
      System.arraycopy(images.get(i).pixels(), 0, pixels, i * perImage, perImage);
    }
    return new ImageSet(height(), width(), pixels, new byte[images.size()]);
  }

  /**
   * All outputs: the only place where the network is asked.
   *
   * @param features {@code [n, height * width]} float32, 0 to 1
   * @return {@code [n, classes]}
   */
  float[][] outputs(INDArray features) {
    return Tensors.rows(model.outputs(features));
  }
}
