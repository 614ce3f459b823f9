package io.mnist4j.report;

import io.mnist4j.backend.Backend;
import io.mnist4j.data.ImageSet;
import io.mnist4j.eval.ClassificationReport;
import io.mnist4j.eval.Predictions;
import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.Networks;
import io.mnist4j.model.Provenance;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.model.layers.OutputSpec;
import io.mnist4j.run.EvaluationSummary;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.learning.config.Adam;

/**
 * The test of a model on six images of 6 rows and 5 columns, whose outputs are given.
 *
 * <pre>
 * image  label  said  confidence
 * 0      cat    cat   0.90
 * 1      cat    dog   0.60
 * 2      cat    dog   0.80
 * 3      dog    dog   0.95
 * 4      &lt;3&gt;    cat   0.70
 * 5      &lt;3&gt;    &lt;3&gt;   1.00
 * </pre>
 */
public final class TestedModel {
  private static final int HEIGHT = 6;
  private static final int WIDTH = 5;
  private static final float[] OUTPUTS = {
    0.90f, 0.05f, 0.05f, 0.30f, 0.60f, 0.10f, 0.10f, 0.80f, 0.10f, 0.05f, 0.95f, 0, 0.70f, 0.20f,
    0.10f, 0, 0, 1
  };

  private TestedModel() {}

  /** The one that is described above; the file of the model need not exist. */
  public static EvaluationSummary at(Path model) {
    return at(model, new byte[] {0, 0, 0, 1, 2, 2});
  }

  /** The same where every image is what it was taken for. */
  public static EvaluationSummary withoutMistakes(Path model) {
    return at(model, new byte[] {0, 1, 1, 1, 0, 2});
  }

  private static EvaluationSummary at(Path model, byte[] labels) {
    byte[] pixels = new byte[labels.length * HEIGHT * WIDTH];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i % WIDTH == 2 ? 255 : 0);
    }
    Provenance provenance =
        new Provenance(
            Map.of(),
            "pets",
            Map.of("images", "abc123"),
            List.of("cat", "dog", "<3>"),
            HEIGHT,
            WIDTH,
            7,
            Map.of(),
            Map.of("mnist4j", "0.1.0"),
            Map.of("os", "TestOS"));
    MultiLayerNetwork network =
        Networks.create(
            new NetworkSpec(List.of(), OutputSpec.DEFAULT),
            HEIGHT,
            WIDTH,
            3,
            training -> training.updater(new Adam(0.01)),
            1);
    Predictions predictions =
        Predictions.of(network, new ImageSet(HEIGHT, WIDTH, pixels, labels), OUTPUTS);
    return new EvaluationSummary(
        "pets",
        predictions,
        List.of(),
        ClassificationReport.of(predictions, provenance.labels()),
        new TrainedModel(network, provenance),
        Backend.cpu(),
        1,
        model);
  }
}
