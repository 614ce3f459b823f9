package io.mnist4j.train.learner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.backend.StartedBackend;
import io.mnist4j.data.Dataset;
import io.mnist4j.eval.Predictions;
import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.Networks;
import io.mnist4j.model.layers.Dense;
import io.mnist4j.model.layers.Dropout;
import io.mnist4j.model.layers.LayerSpec;
import io.mnist4j.model.layers.OutputSpec;
import io.mnist4j.train.Learner;
import io.mnist4j.train.TinyData;
import io.mnist4j.train.TrainingGroups;
import io.mnist4j.train.TrainingSpec;
import io.mnist4j.train.TrainingSpecs;
import io.mnist4j.train.TrainingTask;
import io.mnist4j.train.WeightAverage;
import io.mnist4j.train.optimizer.ClippingSpec;
import io.mnist4j.train.optimizer.OptimizerSpec;
import io.mnist4j.train.optimizer.RegularizationSpec;
import io.mnist4j.train.optimizer.ScheduleSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The learners for graphics cards, on the CPU: what they compute is the same there, against the
 * learner that is tested against the published formulas.
 */
class DeviceLearnersTest {
  private static final long SEED = 4;
  private static final int BATCH = 16;

  /** The last batch of an epoch has 8 images, so that all parts are of one size. */
  private static final Dataset DATA = TinyData.create(104, 20);

  private static final NetworkSpec PLAIN = network(Dense.DEFAULT);

  private static NetworkSpec network(LayerSpec... layers) {
    return new NetworkSpec(List.of(layers), OutputSpec.DEFAULT);
  }

  private static TrainingSpec spec(OptimizerSpec.OptimizerName optimizer, ClippingSpec clipping) {
    return TrainingSpecs.of(
        1,
        BATCH,
        new OptimizerSpec(optimizer, 0.005, 0.9, 0.999, 1e-7, 0.9, 0.9),
        ScheduleSpec.DEFAULT,
        new RegularizationSpec(0, 0.01, 0),
        clipping);
  }

  private static MultiLayerNetwork fresh(NetworkSpec model, TrainingSpec spec) {
    return Networks.create(model, 3, 3, 3, spec::configure, SEED);
  }

  private static Learner stock(MultiLayerNetwork network, TrainingSpec spec) {
    return new Dl4jLearner(task(network, 3, spec));
  }

  private static TrainingTask task(MultiLayerNetwork network, int classes, TrainingSpec spec) {
    return task(DATA, network, classes, spec);
  }

  private static TrainingTask task(
      Dataset data, MultiLayerNetwork network, int classes, TrainingSpec spec) {
    return new TrainingTask(
        network, OutputSpec.DEFAULT, data.train(), classes, spec, SEED, StartedBackend.cpu());
  }

  /** Three epochs with a rate that falls; returns the losses. */
  private static double[] train(Learner learner, TrainingSpec spec) {
    int steps = spec.stepsPerEpoch(DATA.train().size());
    double[] losses = new double[3 * steps];
    for (int epoch = 1; epoch <= 3; epoch++) {
      learner.shuffle(epoch);
      for (int step = 0; step < steps; step++) {
        int all = (epoch - 1) * steps + step;
        losses[all] = learner.trainBatch(step, 0.1 / (1 + all), SEED + all).loss();
      }
    }
    return losses;
  }

  @Test
  void residentImagesGiveTheSameBits() {
    NetworkSpec model = network(Dense.DEFAULT, Dropout.DEFAULT);
    TrainingSpec spec = spec(OptimizerSpec.OptimizerName.ADAM, new ClippingSpec(0.5, 0));
    MultiLayerNetwork one = fresh(model, spec);
    MultiLayerNetwork other = fresh(model, spec);
    try (Learner stock = stock(one, spec);
        Learner resident = new ResidentLearner(task(other, 3, spec))) {
      assertArrayEquals(train(stock, spec), train(resident, spec));
      assertEquals(
          stock.predict(DATA.test()).evaluation(), resident.predict(DATA.test()).evaluation());
    }
    assertArrayEquals(one.params().toFloatVector(), other.params().toFloatVector());
  }

  /** The mean of parameters after one plain step is a step by the mean of the gradients. */
  @Test
  void devicesTogetherMakeTheStepOfTheWholeBatch() {
    TrainingSpec spec = spec(OptimizerSpec.OptimizerName.SGD, ClippingSpec.DEFAULT);
    MultiLayerNetwork one = fresh(PLAIN, spec);
    MultiLayerNetwork other = fresh(PLAIN, spec);
    try (Learner stock = stock(one, spec);
        Learner parallel = parallel(other, spec, 2)) {
      assertArrayEquals(train(stock, spec), train(parallel, spec), 1e-5);
    }
    assertArrayEquals(one.params().toFloatVector(), other.params().toFloatVector(), 1e-5f);
    assertEquals(one.getIterationCount(), other.getIterationCount());
  }

  @Test
  void classesMayHaveWeightsOnDevices() {
    assertAllLearnersWeigh(DeviceLearnersTest::weighted);
  }

  /** All learn alike from weighted images, and otherwise than without weights. */
  private static void assertAllLearnersWeigh(
      BiFunction<MultiLayerNetwork, TrainingSpec, TrainingTask> weighted) {
    TrainingSpec spec = spec(OptimizerSpec.OptimizerName.SGD, ClippingSpec.DEFAULT);
    MultiLayerNetwork plain = fresh(PLAIN, spec);
    MultiLayerNetwork one = fresh(PLAIN, spec);
    MultiLayerNetwork resident = fresh(PLAIN, spec);
    MultiLayerNetwork parallel = fresh(PLAIN, spec);
    try (Learner ofPlain = stock(plain, spec);
        Learner ofOne = new Dl4jLearner(weighted.apply(one, spec));
        Learner ofResident = new ResidentLearner(weighted.apply(resident, spec));
        Learner ofParallel = new ParallelLearner(weighted.apply(parallel, spec), 2)) {
      train(ofPlain, spec);
      double[] losses = train(ofOne, spec);
      assertArrayEquals(losses, train(ofResident, spec));
      assertArrayEquals(losses, train(ofParallel, spec), 1e-5);
    }
    assertArrayEquals(one.params().toFloatVector(), resident.params().toFloatVector());
    assertArrayEquals(one.params().toFloatVector(), parallel.params().toFloatVector(), 1e-5f);
    assertFalse(one.params().equalsWithEps(plain.params(), 1e-3));
  }

  private static TrainingTask weighted(MultiLayerNetwork network, TrainingSpec spec) {
    List<Double> weights = List.of(3.0, 0.5, 1.0);
    return new TrainingTask(
        network,
        OutputSpec.DEFAULT,
        DATA.train(),
        3,
        spec,
        SEED,
        StartedBackend.cpu(),
        weights,
        Optional.empty(),
        0);
  }

  @Test
  void groupsMayHaveWeightsOnDevices() {
    assertAllLearnersWeigh(DeviceLearnersTest::grouped);
  }

  private static TrainingTask grouped(MultiLayerNetwork network, TrainingSpec spec) {
    int[] ofImages = IntStream.range(0, DATA.train().size()).map(i -> i % 5 / 3).toArray();
    return new TrainingTask(
        network,
        OutputSpec.DEFAULT,
        DATA.train(),
        3,
        spec,
        SEED,
        StartedBackend.cpu(),
        List.of(),
        Optional.empty(),
        0,
        Optional.of(new TrainingGroups(ofImages, 2, List.of(3.0, 0.5), true)));
  }

  @Test
  void weightsAreAveragedOnDevices() {
    TrainingSpec spec = spec(OptimizerSpec.OptimizerName.SGD, ClippingSpec.DEFAULT);
    MultiLayerNetwork[] networks = {fresh(PLAIN, spec), fresh(PLAIN, spec), fresh(PLAIN, spec)};
    WeightAverage[] averages = new WeightAverage[networks.length];
    TrainingTask[] tasks = new TrainingTask[networks.length];
    for (int i = 0; i < networks.length; i++) {
      averages[i] = WeightAverage.begin(networks[i], 0.9);
      tasks[i] = averaged(networks[i], spec, averages[i]);
    }
    double lossOfParameters;
    try (Learner stock = new Dl4jLearner(tasks[0]);
        Learner resident = new ResidentLearner(tasks[1]);
        Learner parallel = new ParallelLearner(tasks[2], 2)) {
      train(stock, spec);
      train(resident, spec);
      train(parallel, spec);
      lossOfParameters = Predictions.of(networks[0], DATA.test()).loss();
      assertEquals(stock.predict(DATA.test()).loss(), resident.predict(DATA.test()).loss());
      assertEquals(stock.predict(DATA.test()).loss(), parallel.predict(DATA.test()).loss(), 1e-5);
      assertNotEquals(lossOfParameters, stock.predict(DATA.test()).loss(), 1e-4);
    }
    float[] expected = averages[0].values().toFloatVector();
    assertArrayEquals(expected, averages[1].values().toFloatVector());
    assertArrayEquals(expected, averages[2].values().toFloatVector(), 1e-5f);
    // Predicting left the parameters as they were.
    assertEquals(lossOfParameters, Predictions.of(networks[0], DATA.test()).loss());
  }

  private static TrainingTask averaged(
      MultiLayerNetwork network, TrainingSpec spec, WeightAverage average) {
    return new TrainingTask(
        network,
        OutputSpec.DEFAULT,
        DATA.train(),
        3,
        spec,
        SEED,
        StartedBackend.cpu(),
        List.of(),
        Optional.of(average),
        0);
  }

  @Test
  void devicesTogetherLeaveFrozenLayersAsTheyAre() {
    TrainingSpec spec = spec(OptimizerSpec.OptimizerName.SGD, ClippingSpec.DEFAULT);
    MultiLayerNetwork one = fresh(PLAIN, spec);
    MultiLayerNetwork other = fresh(PLAIN, spec);
    INDArray before = one.getLayer(0).params().dup();
    try (Learner stock = new Dl4jLearner(frozen(one, spec));
        Learner parallel = new ParallelLearner(frozen(other, spec), 2)) {
      assertArrayEquals(train(stock, spec), train(parallel, spec), 1e-5);
    }
    assertEquals(before, one.getLayer(0).params());
    assertEquals(before, other.getLayer(0).params());
    assertArrayEquals(one.params().toFloatVector(), other.params().toFloatVector(), 1e-5f);
  }

  private static TrainingTask frozen(MultiLayerNetwork network, TrainingSpec spec) {
    return new TrainingTask(
        network,
        OutputSpec.DEFAULT,
        DATA.train(),
        3,
        spec,
        SEED,
        StartedBackend.cpu(),
        List.of(),
        Optional.empty(),
        1);
  }

  /** Each device begins with the network as it is, however quickly another one learns. */
  @Test
  void devicesBeginTogether() {
    TrainingSpec spec = spec(OptimizerSpec.OptimizerName.ADAM, ClippingSpec.DEFAULT);
    double[] first = null;
    for (int i = 0; i < 8; i++) {
      try (Learner parallel = parallel(fresh(PLAIN, spec), spec, 5)) {
        double[] losses = train(parallel, spec);
        first = first == null ? losses : first;
        assertArrayEquals(first, losses, 1e-5);
      }
    }
  }

  @Test
  void devicesTogetherLearnWithStateAndMoreDevicesThanTheLastBatchHasImages() {
    TrainingSpec spec = spec(OptimizerSpec.OptimizerName.ADAM, new ClippingSpec(1, 0));
    MultiLayerNetwork network = fresh(PLAIN, spec);
    Dataset data = TinyData.create(100, 20);
    try (Learner parallel = new ParallelLearner(task(data, network, 3, spec), 5)) {
      double[] losses = train(parallel, spec);
      assertTrue(losses[losses.length - 1] < losses[0] / 2, losses[losses.length - 1] + "");
    }
  }

  @Test
  void failureOfADeviceEndsTheTraining() {
    TrainingSpec spec = spec(OptimizerSpec.OptimizerName.ADAM, ClippingSpec.DEFAULT);
    MultiLayerNetwork network = fresh(network(Dense.DEFAULT), spec);
    try (Learner wrong = new ParallelLearner(task(network, 5, spec), 2)) {
      wrong.shuffle(1);
      assertThrows(IllegalStateException.class, () -> wrong.trainBatch(0, 0.1, SEED));
    }
  }

  private static Learner parallel(MultiLayerNetwork network, TrainingSpec spec, int devices) {
    return new ParallelLearner(task(network, 3, spec), devices);
  }
}
