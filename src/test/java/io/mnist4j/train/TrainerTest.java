package io.mnist4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.Dataset;
import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.Networks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;

class TrainerTest {
  private static final Dataset TINY = TinyData.create(100, 50);
  private static final TrainingSpec SPEC =
      new TrainingSpec(
          3,
          32,
          OptimizerSpec.DEFAULT,
          ScheduleSpec.DEFAULT,
          RegularizationSpec.DEFAULT,
          ClippingSpec.DEFAULT);

  @Test
  void learnsAndReportsEachStepAndEpoch() throws Exception {
    List<TrainingListener.Step> steps = new ArrayList<>();
    List<EpochMetrics> epochs = new ArrayList<>();
    MultiLayerNetwork network = network(SPEC, 1);
    TrainingResult result = Trainer.train(network, TINY, SPEC, 1, recorder(steps, epochs));
    assertEquals(12, steps.size());
    assertEquals(100, steps.get(3).samples());
    assertEquals(100, steps.get(11).samples());
    assertEquals(epochs, result.epochs());
    assertEquals(300, result.samples());
    assertEquals(12, network.getIterationCount());
    assertEquals(3, network.getEpochCount());
    assertTrue(epochs.get(2).trainLoss() < epochs.get(0).trainLoss());
    assertTrue(result.last().validation().accuracy() > 0.9);
    assertEquals(50, result.last().validation().images());
  }

  @Test
  void sameSeedGivesTheSameBits() throws Exception {
    assertArrayEquals(train(7), train(7));
    assertFalse(Arrays.equals(train(7), train(8)));
  }

  @Test
  void divergenceStopsWithTheStep() {
    TrainingSpec wild =
        new TrainingSpec(
            50,
            32,
            new OptimizerSpec(OptimizerSpec.Name.ADAM, 100, 0.9, 0.999, 1e-7, 0.9, 0.9),
            ScheduleSpec.of(ScheduleSpec.Name.CONSTANT),
            RegularizationSpec.DEFAULT,
            ClippingSpec.DEFAULT);
    MultiLayerNetwork network = network(wild, 1);
    network.params().muli(Float.MAX_VALUE);
    DivergedException diverged =
        assertThrows(
            DivergedException.class,
            () ->
                Trainer.train(
                    network, TINY, wild, 1, recorder(new ArrayList<>(), new ArrayList<>())));
    assertTrue(
        diverged.getMessage().startsWith("training diverged: the loss is"), diverged.getMessage());
    assertTrue(diverged.getMessage().contains("step 1 (epoch 1)"), diverged.getMessage());
  }

  private static float[] train(long seed) throws Exception {
    MultiLayerNetwork network = network(SPEC, seed);
    Trainer.train(network, TINY, SPEC, seed, recorder(new ArrayList<>(), new ArrayList<>()));
    return network.params().toFloatVector();
  }

  private static MultiLayerNetwork network(TrainingSpec spec, long seed) {
    return Networks.create(NetworkSpec.DEFAULT, 9, 3, spec.optimizer().updater(), seed);
  }

  private static TrainingListener recorder(
      List<TrainingListener.Step> steps, List<EpochMetrics> epochs) {
    return new TrainingListener() {
      @Override
      public void onStep(Step step) {
        steps.add(step);
      }

      @Override
      public void onEpoch(EpochMetrics metrics) {
        epochs.add(metrics);
      }
    };
  }
}
