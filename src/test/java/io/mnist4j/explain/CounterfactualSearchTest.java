package io.mnist4j.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.TrainedRuns;
import io.mnist4j.data.ImageSet;
import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.data.strokes.Strokes;
import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.Networks;
import io.mnist4j.model.Provenance;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.model.archive.ModelArchive;
import io.mnist4j.model.layers.OutputSpec;
import io.mnist4j.predict.Classifier;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

class CounterfactualSearchTest {

  /**
   * Of two classes without hidden layers the least change is that of a knapsack: class 1 leads by
   * the sum of weight times ink less a bias, and the heaviest pixels are moved first.
   *
   * @param weights of the four pixels, for class 1
   */
  private static Classifier linear(float[] weights, float bias) {
    MultiLayerNetwork network =
        Networks.create(
            new NetworkSpec(List.of(), OutputSpec.DEFAULT),
            2,
            2,
            2,
            training -> training.updater(new Sgd(0.01)),
            1);
    network.getParam("0_W").assign(0);
    for (int i = 0; i < weights.length; i++) {
      network.getParam("0_W").putScalar(i, 1, weights[i]);
    }
    network.getParam("0_b").assign(Nd4j.createFromArray(0f, bias).reshape(1, 2));
    return new Classifier(new TrainedModel(network, Provenance.unknown(2, 2, 2, "test")));
  }

  @Test
  void isTheKnapsackOfALinearModel() throws Exception {
    // Class 1 leads by 4 a - 3 b + 2 c + d - 5.25, and the image has a = 0.2, b = 0.4, c = 0, d =
    // 0:
    // -5.65. The cheapest way: all of a (0.8 of ink, 3.2), all of b away (0.4, 1.2), then 0.625 of
    // c.
    Classifier classifier = linear(new float[] {4, -3, 2, 1}, -5.25f);
    GreyImage image = new GreyImage(2, 2, new byte[] {51, 102, 0, 0});
    Counterfactual found = CounterfactualSearch.with(classifier).find(image, 1).orElseThrow();
    assertEquals(1, found.prediction().best());
    assertEquals(255, found.after().at(0, 0));
    assertEquals(0, found.after().at(0, 1));
    assertEquals(0.625 * 255, found.after().at(1, 0), 2.5);
    assertEquals(0, found.after().at(1, 1));
    assertEquals(0.8 + 0.625, found.added(), 0.01);
    assertEquals(0.4, found.removed(), 1e-9);
    assertEquals(3, found.pixels());
    assertEquals(found.added() + found.removed(), found.ink(), 1e-12);
  }

  @Test
  void whatCannotBeReachedIsNotFound() throws Exception {
    Classifier classifier = linear(new float[] {1, 1, 1, 1}, -5);
    GreyImage image = new GreyImage(2, 2, new byte[4]);
    assertEquals(Optional.empty(), CounterfactualSearch.with(classifier).find(image, 1));
    Counterfactual same = CounterfactualSearch.with(classifier).find(image, 0).orElseThrow();
    assertEquals(0, same.pixels(), "it is that already");
  }

  /** From each of some digits to two others: the answer changes, by little, and the same again. */
  @Test
  void littleInkChangesTheAnswerOfANetwork() throws Exception {
    Classifier classifier = new Classifier(ModelArchive.read(TrainedRuns.strokesModel()));
    CounterfactualSearch search = CounterfactualSearch.with(classifier);
    ImageSet images = Strokes.generate(11, 4);
    double ink = 0;
    for (int n = 0; n < images.size(); n++) {
      GreyImage image = new GreyImage(images.height(), images.width(), images.pixels(n));
      for (int shift : new int[] {1, 5}) {
        int target = (images.label(n) + shift) % 10;
        Counterfactual found = search.find(image, target).orElseThrow();
        assertEquals(target, classifier.predict(List.of(found.after())).get(0).best());
        assertEquals(image, found.before());
        assertTrue(found.pixels() > 0 && found.pixels() < 200, "pixels " + found.pixels());
        ink += found.ink() / 8;
      }
    }
    assertTrue(ink > 1 && ink < 25, "mean ink " + ink);
  }
}
