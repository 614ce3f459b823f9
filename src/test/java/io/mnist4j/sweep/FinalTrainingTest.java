package io.mnist4j.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.backend.StartedBackend;
import io.mnist4j.run.Experiment;
import io.mnist4j.sweep.journal.JournalEntry;
import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.search.TrialState;
import io.mnist4j.sweep.workers.TrialImages;
import io.mnist4j.train.ThreadTuner;
import io.mnist4j.train.TinyData;
import io.mnist4j.train.TrainingListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FinalTrainingTest {
  private static final String STOPPING =
      "experiment: {training: {epochs: 7, stopping: {patience: 2, at-accuracy: 0.9}}}\n";

  @TempDir Path directory;
  private final TrialImages images = new TrialImages(TinyData.create(60, 20), 1);

  private SweepFolder create(String sweep) throws Exception {
    return SweepFolder.create(
        directory.resolve("sweeps"), "a", Sweeps.read(directory, "trials: 1\n" + sweep));
  }

  private FinalTraining training(SweepFolder folder) throws Exception {
    return new FinalTraining(folder, folder.summary().best().orElseThrow(), images);
  }

  @Test
  void trialOfOursIsTrainedAsLongAsItsBestEpochOnAllImages() throws Exception {
    try (SweepFolder folder = create(STOPPING + "space: {seed: [7]}\n")) {
      folder.journal().append(new JournalEntry.Started(0, Map.of("seed", 7), 0));
      for (int epoch = 1; epoch <= 5; epoch++) {
        folder.journal().append(new JournalEntry.Progressed(0, epoch, 0.5, 0.5, 0.5, 1));
      }
      folder.journal().append(new JournalEntry.Ended(0, TrialState.COMPLETE, 3, "", 1, false));
      FinalTraining training = training(folder);
      Experiment experiment = training.experiment();
      assertEquals(3, experiment.training().epochs());
      assertEquals("test", experiment.data().validation());
      assertEquals(0, experiment.training().stopping().patience());
      assertEquals(7, experiment.seed());
      assertEquals(60, training.images().train().size());
      assertEquals(20, training.images().test().size());
    }
  }

  @Test
  void toldTrialIsTrainedForTheEpochsOfItsExperiment() throws Exception {
    try (SweepFolder folder = create(STOPPING + "space: {seed: [7]}\n")) {
      folder.ask();
      folder.tell(0, 0.9);
      assertEquals(7, training(folder).experiment().training().epochs());
    }
  }

  @Test
  void toldTrialIsTrainedForTheEpochsThatTheSpaceGaveIt() throws Exception {
    try (SweepFolder folder = create("space: {training.epochs: [5]}\n")) {
      Trial trial = folder.ask().orElseThrow();
      assertEquals(5, trial.point().values().get("training.epochs"));
      folder.tellEpoch(0, 0.5);
      folder.tell(0, 0.9);
      assertEquals(5, training(folder).experiment().training().epochs());
    }
  }

  @Test
  void leavesTheModelAndItsExperimentAlone() throws Exception {
    try (SweepFolder folder = create("space: {training.epochs: [60]}\n")) {
      folder.ask();
      folder.tell(0, 0.9);
      AtomicInteger epochs = new AtomicInteger();
      TrainingListener counter =
          new TrainingListener() {
            @Override
            public void onStep(TrainingStep step) {
              epochs.set(step.epoch());
            }
          };
      training(folder).run(StartedBackend.cpu(), ThreadTuner.fixed(1), counter, () -> false);
      assertEquals(60, epochs.get());
      SweepDirectory files = folder.directory();
      assertTrue(Files.exists(files.model()));
      assertTrue(Files.readString(files.best()).contains("epochs: 60"));
      assertFalse(Files.exists(files.last().path()));
      assertTrue(folder.lastTrainingIsDone());
      JournalEntry.Finished result = folder.journal().trials().finish().orElseThrow();
      assertEquals(20, result.images());
      assertTrue(result.testAccuracy() > 0.5, result.toString());
    }
  }
}
