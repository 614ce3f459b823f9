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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Sgd;

class IntegratedGradientsTest {

  /** Of two classes without hidden layers a pixel contributes its ink times its weights. */
  @Test
  void isWeightTimesInkOfALinearModel() {
    TrainedModel model =
        new TrainedModel(
            Networks.create(
                new NetworkSpec(List.of(), OutputSpec.DEFAULT),
                2,
                3,
                2,
                training -> training.updater(new Sgd(0.01)),
                1),
            Provenance.unknown(2, 2, 3, "test"));
    INDArray weights = model.network().getParam("0_W");
    byte[] ink = {0, 51, (byte) 255, 0, 102, (byte) 204};
    Saliency saliency =
        IntegratedGradients.of(
                PixelGradient.of(model).orElseThrow(),
                List.of(new GreyImage(2, 3, ink)),
                new int[] {1})
            .get(0);
    for (int i = 0; i < ink.length; i++) {
      double expected =
          (ink[i] & 0xff) / 255.0 * (weights.getDouble(i, 1) - weights.getDouble(i, 0));
      assertEquals(expected, saliency.at(i), 1e-5);
    }
  }

  /** Proposition 1: all contributions are the log-odds of the image less those of white paper. */
  @Test
  void contributionsAreComplete() throws Exception {
    TrainedModel model = ModelArchive.read(TrainedRuns.strokesModel());
    PixelGradient gradient = PixelGradient.of(model).orElseThrow();
    ImageSet images = Strokes.generate(9, 60);
    List<GreyImage> grey = new ArrayList<>();
    int[] labels = new int[images.size()];
    float[] ends = new float[2 * images.pixels().length];
    int[] endLabels = new int[2 * labels.length];
    for (int n = 0; n < labels.length; n++) {
      GreyImage image = new GreyImage(images.height(), images.width(), images.pixels(n));
      grey.add(image);
      labels[n] = images.label(n);
      float[] tones = image.tones();
      for (int i = 0; i < tones.length; i++) {
        ends[2 * n * tones.length + i] = tones[i] / 255;
      }
      endLabels[2 * n] = labels[n];
      endLabels[2 * n + 1] = labels[n];
    }
    double[] margins = gradient.of(ends, endLabels, ClassMargin.LOG_ODDS).margins();
    List<Saliency> saliencies = IntegratedGradients.of(gradient, grey, labels);
    double gap = 0;
    double difference = 0;
    for (int n = 0; n < labels.length; n++) {
      double expected = margins[2 * n] - margins[2 * n + 1];
      assertEquals(expected, saliencies.get(n).sum(), 0.5, "image " + n);
      gap += Math.abs(expected - saliencies.get(n).sum());
      difference += Math.abs(expected);
      for (int i = 0; i < images.pixelsPerImage(); i++) {
        assertTrue(grey.get(n).pixels()[i] != 0 || saliencies.get(n).at(i) == 0, "no ink");
      }
    }
    assertTrue(gap < 0.01 * difference, gap + " of " + difference);
  }
}
