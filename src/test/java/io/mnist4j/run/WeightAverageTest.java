package io.mnist4j.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.errors.ModelException;
import io.mnist4j.eval.Predictions;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.model.archive.ModelArchive;
import io.mnist4j.train.TrainingControl;
import io.mnist4j.train.TrainingInterruptedException;
import io.mnist4j.train.TrainingListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Runs that keep an exponential moving average of their weights. */
class WeightAverageTest {
  private static final String[] EMA = {"training.ema=0.9", "training.batch-size=20"};
  @TempDir Path directory;
  private RunFixture runs;

  @BeforeEach
  void makeDataset() throws Exception {
    runs = new RunFixture(directory);
  }

  @Test
  void averagedNetworkIsTestedAndSavedAndBothAreKept() throws Exception {
    RunSummary run = runs.train("run", EMA);
    RunFolder folder = RunFolder.of(directory.resolve("run"));
    INDArray saved = ModelArchive.read(folder.model()).network().params();
    Checkpoint checkpoint = Checkpoint.read(folder.checkpoint());
    assertArrayEquals(
        saved.toFloatVector(), checkpoint.average().orElseThrow().values().toFloatVector());
    INDArray trained = checkpoint.model().network().params();
    assertTrue(trained.reshape(saved.shape()).distance2(saved) > 1e-3);
    // The weights that are trained are those of a run without an average.
    RunSummary plain = runs.train("plain", "training.batch-size=20");
    assertEquals(plain.trained().network().params(), trained);
    assertFalse(Checkpoint.read(directory.resolve("plain/checkpoint.zip")).average().isPresent());

    Predictions predictions =
        Predictions.of(ModelArchive.read(folder.model()).network(), run.predictions().images());
    assertEquals(predictions.evaluation().correct(), run.test().correct());
    assertEquals(predictions.loss(), run.test().loss(), 1e-6);
    assertEquals(
        run.test().accuracy(), run.training().last().validationAccuracy(), "the last validation");
  }

  @Test
  void cutRunGoesOnToTheSameBits() throws Exception {
    RunSummary whole = runs.train("whole", EMA);
    Path folder = Files.createDirectories(directory.resolve("cut"));
    int[] steps = {0};
    TrainingControl cut = new TrainingControl(new TrainingListener() {}, 0, () -> ++steps[0] == 13);
    assertThrows(
        TrainingInterruptedException.class,
        () ->
            runs.session(runs.experiment(EMA))
                .runIn(RunFolder.of(folder), cut, false, new ResourceUse.Meter()));
    RunSummary resumed = runs.train("cut", EMA);
    assertArrayEquals(parameters(whole), parameters(resumed));
    assertEquals(whole.test(), resumed.test());
    assertEquals(
        Checkpoint.read(directory.resolve("whole/checkpoint.zip")).average().get().values(),
        Checkpoint.read(folder.resolve("checkpoint.zip")).average().get().values());
  }

  private static float[] parameters(RunSummary run) {
    return run.trained().network().params().toFloatVector();
  }

  @Test
  void bestNetworkIsTheAveragedOne() throws Exception {
    RunSummary run =
        runs.train(
            "best",
            "training.ema=0.9",
            "training.batch-size=20",
            "training.epochs=9",
            "data.validation=test",
            "training.stopping={patience: 2, metric: validation-accuracy, min-delta: 1}");
    assertEquals(1, run.bestEpoch());
    assertEquals(run.training().epochs().get(0).validation(), run.test());
    RunFolder folder = RunFolder.of(directory.resolve("best"));
    float[] best = ModelArchive.read(folder.best()).network().params().toFloatVector();
    assertArrayEquals(best, ModelArchive.read(folder.model()).network().params().toFloatVector());
    assertEquals(
        run.test().correct(),
        Predictions.of(run.trained().network(), run.predictions().images()).evaluation().correct());
  }

  @Test
  void averageThatDoesNotBelongToTheNetworkIsRefused() throws Exception {
    runs.train("run", EMA);
    Path file = directory.resolve("run/checkpoint.zip");
    String state = ModelArchive.readText(file, "training.json");
    TrainedModel model = ModelArchive.read(file);
    long count = model.network().numParams();
    INDArray noNumber = Nd4j.zeros(1, count);
    noNumber.putScalar(7, Float.NaN);
    for (INDArray wrong : new INDArray[] {Nd4j.zeros(1, count - 1), noNumber}) {
      ModelArchive.write(file, model, Map.of("training.json", state), Map.of("average.bin", wrong));
      assertRefused("its average.bin does not belong to its network");
    }
    ModelArchive.write(file, model, Map.of("training.json", state));
    assertRefused("has no average of the parameters, and this run has training.ema 0.9");
  }

  private void assertRefused(String message) {
    ModelException refused =
        assertThrows(
            ModelException.class,
            () ->
                runs.train(
                    "run", "training.ema=0.9", "training.batch-size=20", "training.epochs=3"));
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
  }
}
