package io.mnist4j.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.mnist4j.backend.StartedBackend;
import io.mnist4j.data.ImageSet;
import io.mnist4j.data.strokes.Strokes;
import io.mnist4j.eval.Predictions;
import io.mnist4j.model.InputRange;
import io.mnist4j.model.Provenance;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.model.archive.ModelArchive;
import io.mnist4j.model.foreign.ModelFile;
import io.mnist4j.model.foreign.ModelFiles;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelPredictionsTest {
  private static final String LAYERS =
      "model.layers=[{conv2d: {filters: 4, kernel: 3}}, batchnorm, maxpool2d, flatten,"
          + " {dropout: {rate: 0.5}}]";

  @TempDir Path directory;
  private RunSummary run;
  private TrainedModel model;

  @BeforeEach
  void train() throws Exception {
    run = new RunFixture(directory).train("run", LAYERS);
    model = ModelArchive.read(run.model());
  }

  /** The bits of the training's own test, and DL4J's outputs but for rounding. */
  @Test
  void areThoseOfTheTraining() {
    Predictions found = predict(model);
    Predictions expected = Predictions.of(model.network(), found.images());
    boolean sameBits = true;
    for (int image = 0; image < found.size(); image++) {
      for (int label = 0; label < found.classes(); label++) {
        assertEquals(run.predictions().output(image, label), found.output(image, label));
        assertEquals(expected.output(image, label), found.output(image, label), 1e-5f);
        sameBits &= expected.output(image, label) == found.output(image, label);
      }
    }
    assertFalse(sameBits, "it was DL4J that computed");
  }

  /** A file of ours into which another program has put a network of the same size. */
  @Test
  void anotherNetworkThanTheSettingsSayIsComputedAsItIs() throws Exception {
    TrainedModel tanh =
        ModelArchive.read(
            new RunFixture(directory.resolve("other"))
                .train("tanh", LAYERS.replace("kernel: 3", "kernel: 3, activation: tanh"))
                .model());
    TrainedModel mixed = new TrainedModel(tanh.network(), model.provenance());
    assertSame(Predictions.of(tanh.network(), run.predictions().images()), predict(mixed));
  }

  /** By the same step, whose bits are not those of DL4J. */
  @Test
  void modelsOfOtherProgramsAreComputedByTheirNetwork() {
    Provenance unknown = Provenance.unknown(4, 4, 6, "another program");
    assertSame(predict(model), predict(new TrainedModel(model.network(), unknown)));
  }

  /** Its global pooling is no layer of ours. */
  @Test
  void networksThatAreNoneOfOursAreComputedByDl4j() throws Exception {
    TrainedModel keras =
        ModelFile.read(ModelFiles.file("keras3-functional.h5"), Optional.of(InputRange.UNIT))
            .fittingMnist();
    ImageSet images = Strokes.generate(1, 20);
    assertSame(
        Predictions.of(keras.network(), images),
        ModelPredictions.of(keras, images, StartedBackend.cpu(), 1));
  }

  private Predictions predict(TrainedModel tested) {
    ImageSet images = run.predictions().images();
    return ModelPredictions.of(tested, images, StartedBackend.cpu(), 2);
  }

  private static void assertSame(Predictions expected, Predictions found) {
    for (int image = 0; image < found.size(); image++) {
      for (int label = 0; label < found.classes(); label++) {
        assertEquals(expected.output(image, label), found.output(image, label));
      }
    }
  }
}
