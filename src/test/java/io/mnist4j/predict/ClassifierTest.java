package io.mnist4j.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.eval.Predictions;
import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.Networks;
import io.mnist4j.model.Provenance;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.model.layers.OutputSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Sgd;

class ClassifierTest {
  private final TrainedModel model =
      new TrainedModel(
          Networks.create(
              new NetworkSpec(List.of(), OutputSpec.DEFAULT),
              2,
              2,
              3,
              training -> training.updater(new Sgd(0.1)),
              7),
          Provenance.unknown(3, 2, 2, "test"));

  /** More images than one batch takes; all bits are the same, with labels or without. */
  @Test
  void predictsWhatTheEvaluatorCounts() {
    int count = 2_100;
    List<GreyImage> images = new ArrayList<>();
    byte[] pixels = new byte[4 * count];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (31 * i + i / 7);
    }
    for (int i = 0; i < count; i++) {
      byte[] own = new byte[4];
      System.arraycopy(pixels, 4 * i, own, 0, 4);
      images.add(new GreyImage(2, 2, own));
    }
    List<Prediction> predictions = new Classifier(model).predict(images);
    Predictions evaluated =
        Predictions.of(model.network(), new ImageSet(2, 2, pixels, new byte[count]));
    assertEquals(count, predictions.size());
    for (int i = 0; i < count; i++) {
      for (int label = 0; label < 3; label++) {
        assertEquals(evaluated.output(i, label), predictions.get(i).probabilities().get(label));
      }
    }
  }

  @Test
  void noImagesHaveNoPredictions() {
    assertEquals(List.of(), new Classifier(model).predict(List.of()));
  }
}
