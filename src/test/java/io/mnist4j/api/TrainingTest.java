package io.mnist4j.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.idx.IdxFixture;
import io.mnist4j.errors.ConfigException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
  @TempDir Path directory;
  private Path data;
  private Path config;

  @BeforeEach
  void write() throws Exception {
    data = IdxFixture.write(directory.resolve("rows"), IdxFixture.rows(300, 60, 28, 28));
    config =
        Files.writeString(
            directory.resolve("mine.yaml"),
            "data: {dataset: '%s', validation: 0.1}\ntraining: {epochs: 3, batch-size: 10}\n"
                .formatted(data));
  }

  /** Keeps what it is told, and cancels where it is asked to. */
  private static final class Recorder implements TrainingWatch {
    final List<TrainedEpoch> epochs = new ArrayList<>();
    final List<String> notes = new ArrayList<>();
    private final int cancelAfter;
    private int steps;

    Recorder(int cancelAfter) {
      this.cancelAfter = cancelAfter;
    }

    @Override
    public void onNote(String note) {
      notes.add(note);
    }

    @Override
    public void onStep(int epoch, int step, int stepsPerEpoch, double meanLoss) {
      steps++;
      assertEquals(27, stepsPerEpoch);
    }

    @Override
    public void onEpoch(TrainedEpoch epoch) {
      epochs.add(epoch);
    }

    @Override
    public boolean cancelled() {
      return steps >= cancelAfter;
    }
  }

  @Test
  void cancelledAndResumedIsTheSameAsNeverCut() throws Exception {
    Recorder whole = new Recorder(Integer.MAX_VALUE);
    TrainedRun uncut = Training.into(directory.resolve("a/uncut")).config(config).run(whole);
    assertEquals(uncut.epochs(), whole.epochs);
    assertEquals(3, uncut.epochs().size());
    assertEquals(3, uncut.bestEpoch());
    assertEquals(81, whole.steps);

    Path folder = directory.resolve("cut");
    assertThrows(
        CancellationException.class,
        () -> Training.into(folder).config(config).run(new Recorder(40)));
    assertFalse(Files.exists(folder.resolve("model.zip")));
    TrainedRun resumed = Training.resume(folder).run(TrainingWatch.SILENT);
    assertEquals(uncut.testLoss(), resumed.testLoss());
    assertEquals(
        MultiLayerNetwork.load(uncut.model().toFile(), false).params(),
        MultiLayerNetwork.load(resumed.model().toFile(), false).params());
    assertEquals(resumed, Training.resume(folder).run(TrainingWatch.SILENT), "finished");
    TrainedRun longer = Training.resume(folder).set("training.epochs", 4).run(TrainingWatch.SILENT);
    assertEquals(4, longer.epochs().size());
    assertEquals(
        longer.testAccuracy(), DigitModel.load(folder).evaluate(data.toString()).accuracy());
  }

  @Test
  void settingsGoOverFilesAndAreChecked() throws Exception {
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () ->
                Training.into(directory.resolve("x"))
                    .set("training.epochz", 3)
                    .run(TrainingWatch.SILENT));
    assertTrue(e.getMessage().contains("did you mean epochs?"), e.getMessage());
    assertFalse(Files.exists(directory.resolve("x")));
    Recorder watch = new Recorder(Integer.MAX_VALUE);
    Training training =
        Training.into(directory.resolve("y"))
            .config(config)
            .set("training.epochs", 1)
            .set("model.layers", List.of("dense"))
            .dataFolder(directory);
    assertEquals(1, training.run(watch).epochs().size());
    assertThrows(FileAlreadyExistsException.class, () -> training.run(watch));
  }
}
