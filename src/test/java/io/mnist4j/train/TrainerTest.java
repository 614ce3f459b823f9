package io.mnist4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.backend.StartedBackend;
import io.mnist4j.data.DataSplit;
import io.mnist4j.data.Dataset;
import io.mnist4j.data.augment.AugmentationSpec;
import io.mnist4j.errors.DivergedException;
import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.Networks;
import io.mnist4j.model.layers.OutputSpec;
import io.mnist4j.train.learner.Dl4jLearner;
import io.mnist4j.train.optimizer.ClippingSpec;
import io.mnist4j.train.optimizer.OptimizerSpec;
import io.mnist4j.train.optimizer.RegularizationSpec;
import io.mnist4j.train.optimizer.ScheduleSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;

class TrainerTest {
  private static final Dataset TINY = TinyData.create(100, 50);
  private static final DataSplit IMAGES =
      new DataSplit(TINY, TINY.classNames(), TINY.train(), TINY.test(), TINY.test());
  private static final TrainingListener NOBODY = new TrainingListener() {};

  @Test
  void learnsAndReportsEachStepAndEpoch() throws Exception {
    List<TrainingListener.TrainingStep> steps = new ArrayList<>();
    List<EpochMetrics> epochs = new ArrayList<>();
    List<TrainingState> checkpoints = new ArrayList<>();
    TrainingListener recorder =
        new TrainingListener() {
          @Override
          public void onStep(TrainingStep step) {
            steps.add(step);
          }

          @Override
          public void onEpoch(EpochMetrics metrics) {
            epochs.add(metrics);
          }

          @Override
          public void onCheckpoint(TrainingState state) {
            checkpoints.add(state);
          }
        };
    TrainingSpec spec = spec(3, 0, StoppingSpec.DEFAULT);
    MultiLayerNetwork network = network(spec, 1);
    TrainingResult result = trainer(network, spec, 1, recorder, () -> false).train(START);
    assertEquals(12, steps.size());
    // The last, smaller batch is used: 32 + 32 + 32 + 4.
    assertEquals(100, steps.get(3).samples());
    assertEquals(epochs, result.epochs());
    assertEquals(12, network.getIterationCount());
    assertEquals(3, network.getEpochCount());
    assertTrue(epochs.get(2).trainLoss() < epochs.get(0).trainLoss());
    assertTrue(epochs.get(0).trainAccuracy() > 1 / 3.0 - 0.2 && epochs.get(0).trainAccuracy() < 1);
    assertTrue(epochs.get(2).trainAccuracy() > epochs.get(0).trainAccuracy());
    assertTrue(result.last().validation().accuracy() > 0.9);
    assertEquals(50, result.last().validation().images());
    assertEquals(StopReason.COMPLETED, result.ending());
    assertEquals(3, checkpoints.size());
    assertEquals(epochs, checkpoints.get(2).history());
  }

  @Test
  void sameSeedGivesTheSameBits() throws Exception {
    assertArrayEquals(train(7), train(7));
    assertFalse(Arrays.equals(train(7), train(8)));
  }

  @Test
  void maxBatchesEndsEachEpochEarly() throws Exception {
    TrainingSpec spec = spec(2, 3, StoppingSpec.DEFAULT);
    MultiLayerNetwork network = network(spec, 1);
    TrainingResult result = trainer(network, spec, 1, NOBODY, () -> false).train(START);
    assertEquals(6, network.getIterationCount());
    assertEquals(96, result.last().samples());
  }

  @Test
  void stopsAfterTheStepAndSavesFirst() {
    List<TrainingState> checkpoints = new ArrayList<>();
    TrainingListener keeper =
        new TrainingListener() {
          @Override
          public void onCheckpoint(TrainingState state) {
            checkpoints.add(state);
          }
        };
    TrainingSpec spec = spec(3, 0, StoppingSpec.DEFAULT);
    MultiLayerNetwork network = network(spec, 1);
    TrainingInterruptedException interrupted =
        assertThrows(
            TrainingInterruptedException.class,
            () ->
                trainer(network, spec, 1, keeper, () -> network.getIterationCount() == 6)
                    .train(START));
    assertEquals(2, interrupted.state().epoch());
    assertEquals(2, interrupted.state().step());
    assertEquals(interrupted.state(), checkpoints.get(checkpoints.size() - 1));
  }

  @Test
  void endsWhereTheTargetIsReached() throws Exception {
    StoppingSpec atAccuracy =
        new StoppingSpec(StoppingSpec.MonitoredMetric.VALIDATION_LOSS, 0, 0, 0.5, 0, 0);
    TrainingSpec spec = spec(50, 0, atAccuracy);
    TrainingResult result = trainer(network(spec, 1), spec, 1, NOBODY, () -> false).train(START);
    assertEquals(StopReason.TARGET_REACHED, result.ending());
    assertTrue(result.epochs().size() < 50);
    assertTrue(result.last().validation().accuracy() >= 0.5);

    StoppingSpec atLoss =
        new StoppingSpec(StoppingSpec.MonitoredMetric.VALIDATION_LOSS, 0, 0, 0, 0.5, 0);
    spec = spec(50, 0, atLoss);
    result = trainer(network(spec, 1), spec, 1, NOBODY, () -> false).train(START);
    assertEquals(StopReason.TARGET_REACHED, result.ending());
    assertTrue(result.last().trainLoss() <= 0.5);
  }

  @Test
  void endsWhereTheWatchedMetricNoLongerImproves() throws Exception {
    // No change is as large as this margin, so that the first epoch stays the best.
    StoppingSpec stopping =
        new StoppingSpec(StoppingSpec.MonitoredMetric.VALIDATION_ACCURACY, 2, 1.0, 0, 0, 0);
    TrainingSpec spec = spec(50, 0, stopping);
    TrainingResult result = trainer(network(spec, 1), spec, 1, NOBODY, () -> false).train(START);
    assertEquals(StopReason.EARLY_STOPPED, result.ending());
    assertEquals(3, result.epochs().size());
    assertEquals(1, stopping.bestEpoch(result.epochs()));
  }

  @Test
  void endsWhenTheTimeIsUp() throws Exception {
    StoppingSpec stopping =
        new StoppingSpec(StoppingSpec.MonitoredMetric.VALIDATION_LOSS, 0, 0, 0, 0, 1e-9);
    TrainingSpec spec = spec(50, 0, stopping);
    TrainingResult result = trainer(network(spec, 1), spec, 1, NOBODY, () -> false).train(START);
    assertEquals(StopReason.TIME_LIMIT, result.ending());
    assertEquals(1, result.epochs().size());
    assertEquals(32, result.last().samples());
  }

  @Test
  void divergenceStopsWithTheStep() {
    TrainingSpec spec = spec(3, 0, StoppingSpec.DEFAULT);
    MultiLayerNetwork network = network(spec, 1);
    network.params().muli(Float.MAX_VALUE);
    DivergedException diverged =
        assertThrows(
            DivergedException.class,
            () -> trainer(network, spec, 1, NOBODY, () -> false).train(START));
    assertTrue(
        diverged.getMessage().startsWith("training diverged: the loss is"), diverged.getMessage());
    assertTrue(diverged.getMessage().contains("step 1 (epoch 1)"), diverged.getMessage());
  }

  private static final TrainingState START = TrainingState.START;

  private static float[] train(long seed) throws Exception {
    TrainingSpec spec = spec(3, 0, StoppingSpec.DEFAULT);
    MultiLayerNetwork network = network(spec, seed);
    trainer(network, spec, seed, NOBODY, () -> false).train(START);
    return network.params().toFloatVector();
  }

  private static Trainer trainer(
      MultiLayerNetwork network,
      TrainingSpec spec,
      long seed,
      TrainingListener listener,
      BooleanSupplier stopRequested) {
    TrainingTask task =
        new TrainingTask(
            network,
            OutputSpec.DEFAULT,
            IMAGES.train(),
            IMAGES.classes(),
            spec,
            seed,
            StartedBackend.cpu());
    return new Trainer(
        task,
        IMAGES.validation(),
        new Dl4jLearner(task),
        ThreadTuner.fixed(1),
        new TrainingControl(listener, 0, stopRequested));
  }

  private static TrainingSpec spec(int epochs, int maxBatches, StoppingSpec stopping) {
    return TrainingSpecs.of(
        epochs,
        32,
        maxBatches,
        OptimizerSpec.DEFAULT,
        ScheduleSpec.DEFAULT,
        RegularizationSpec.DEFAULT,
        ClippingSpec.DEFAULT,
        AugmentationSpec.DEFAULT,
        stopping,
        List.of());
  }

  private static MultiLayerNetwork network(TrainingSpec spec, long seed) {
    return Networks.create(NetworkSpec.DEFAULT, 3, 3, 3, spec::configure, seed);
  }
}
