package io.mnist4j.train.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.backend.StartedBackend;
import io.mnist4j.backend.driver.CudaContext;
import io.mnist4j.backend.driver.StandInDriver;
import io.mnist4j.data.ImageSet;
import io.mnist4j.eval.Evaluation;
import io.mnist4j.eval.Predictions;
import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.Networks;
import io.mnist4j.train.Learner;
import io.mnist4j.train.TrainingGroups;
import io.mnist4j.train.TrainingSpec;
import io.mnist4j.train.TrainingTask;
import io.mnist4j.train.WeightAverage;
import io.mnist4j.train.engine.cuda.CudaLearner;
import io.mnist4j.train.learner.Dl4jLearner;
import io.mnist4j.train.learner.Optimizer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * A network in training, by the fused step, by DL4J's own, and by DL4J's in double precision, all
 * from the same parameters on the same images.
 */
record StepComparison(
    NetworkSpec model,
    TrainingSpec training,
    ImageSet images,
    int classes,
    List<Double> classWeights,
    int frozenLayers,
    Optional<TrainingGroups> groups) {
  static final long SEED = 5;
  static final double RATE = 0.002;

  StepComparison(NetworkSpec model, TrainingSpec training, ImageSet images, int classes) {
    this(model, training, images, classes, List.of(), 0, Optional.empty());
  }

  /** The same with some entries of the model's layers frozen. */
  StepComparison frozen(int entries) {
    int layers = model.layersWithoutFlattening(entries);
    return new StepComparison(model, training, images, classes, classWeights, layers, groups);
  }

  /** The same with weights of the classes. */
  StepComparison weighted(Double... weights) {
    return new StepComparison(
        model, training, images, classes, List.of(weights), frozenLayers, groups);
  }

  /** The same with images in groups in turn, which have these weights; balanced where asked. */
  StepComparison grouped(boolean balanced, Double... weights) {
    int count = Math.max(3, weights.length);
    int[] ofImages = IntStream.range(0, images.size()).map(i -> i * i % 7 % count).toArray();
    TrainingGroups grouped = new TrainingGroups(ofImages, count, List.of(weights), balanced);
    return new StepComparison(
        model, training, images, classes, classWeights, frozenLayers, Optional.of(grouped));
  }

  MultiLayerNetwork network() {
    return Networks.create(
        model, images.height(), images.width(), classes, training::configure, SEED);
  }

  Learner stock(MultiLayerNetwork network) {
    return new Dl4jLearner(task(network));
  }

  DoublePrecisionLearner exact() {
    return new DoublePrecisionLearner(network(), images, model.output(), training, SEED);
  }

  Learner fused(MultiLayerNetwork network, int threads) throws Exception {
    Optimizer.attach(network, training, frozenLayers);
    FusedLearner learner = new FusedLearner(task(network), NetworkPlan.of(model, classes), threads);
    learner.setThreads(threads);
    return learner;
  }

  private TrainingTask task(MultiLayerNetwork network) {
    return task(network, Optional.empty());
  }

  private TrainingTask task(MultiLayerNetwork network, Optional<WeightAverage> average) {
    return new TrainingTask(
        network,
        model.output(),
        images,
        classes,
        training,
        SEED,
        StartedBackend.cpu(),
        classWeights,
        average,
        frozenLayers,
        groups);
  }

  /** A learner that keeps an average. */
  private Learner averaging(MultiLayerNetwork network, WeightAverage average, int threads) {
    if (threads == 0) {
      return new Dl4jLearner(task(network, Optional.of(average)));
    }
    Optimizer.attach(network, training, frozenLayers);
    NetworkPlan plan = NetworkPlan.of(model, classes);
    Learner learner = new FusedLearner(task(network, Optional.of(average)), plan, threads);
    learner.setThreads(threads);
    return learner;
  }

  /**
   * Asserts that either step, on any number of threads, keeps the average that the formula gives,
   * and evaluates with it; and that either goes on with the other's.
   */
  void assertAverages(double decay, int steps, ImageSet others) throws Exception {
    float[] bits = null;
    for (int threads = 0; threads <= 3; threads++) {
      MultiLayerNetwork network = network();
      WeightAverage average = WeightAverage.begin(network, decay);
      INDArray expected = network.params().castTo(DataType.DOUBLE);
      for (int part = 0; part < 2; part++) {
        try (Learner learner = averaging(network, average, threads)) {
          for (int step = part * steps; step < (part + 1) * steps; step++) {
            run(learner, step, 1);
            learner.syncParameters();
            double d = Math.min(decay, (2.0 + step) / (11.0 + step));
            expected.muli(d).addi(network.params().castTo(DataType.DOUBLE).mul(1 - d));
          }
          Evaluation own = learner.predict(others).evaluation();
          MultiLayerNetwork averaged = network.clone();
          averaged.setParams(average.values());
          Evaluation stock = Predictions.of(averaged, others).evaluation();
          assertEquals(stock.correct(), own.correct());
          assertEquals(stock.loss(), own.loss(), 1e-5 * stock.loss());
        }
      }
      assertClose(expected, average.values(), 1e-6, "average of " + this);
      assertTrue(
          network.params().distance2(average.values()) > 1e-3, "the average is another network");
      if (threads > 0) {
        float[] values = average.values().toFloatVector();
        bits = bits == null ? values : bits;
        assertArrayEquals(bits, values, threads + " threads");
      }
    }
  }

  /** Asserts that the fused step does what DL4J's does. */
  void assertSame(int steps, double tolerance) throws Exception {
    MultiLayerNetwork expected = network();
    MultiLayerNetwork actual = network();
    try (Learner stock = stock(expected);
        Learner fused = fused(actual, 2)) {
      Learner.StepResult expectedResult = run(stock, 0, steps);
      Learner.StepResult actualResult = run(fused, 0, steps);
      double loss = expectedResult.loss();
      assertEquals(loss, actualResult.loss(), 10 * tolerance * loss, toString());
      assertEquals(expectedResult.correct(), actualResult.correct(), toString());
      fused.syncParameters();
    }
    assertClose(expected, actual, tolerance, toString());
  }

  private Learner onCard(TrainingTask task) throws Exception {
    Optimizer.attach(task.network(), training, frozenLayers);
    CudaContext card = new CudaContext(StandInDriver.load(), 0, CudaLearner.kernels());
    return LearnerChoice.onCard(task, NetworkPlan.of(model, classes), card);
  }

  /**
   * Asserts that the step on a card does what the CPU's does, and judges images alike; and that
   * either goes on with the other's.
   */
  void assertSameOnCard(int steps, double tolerance) throws Exception {
    MultiLayerNetwork expected = network();
    MultiLayerNetwork actual = network();
    for (int part = 0; part < 2; part++) {
      try (Learner cpu = fused(expected, 2);
          Learner card = onCard(task(actual))) {
        Learner.StepResult expectedResult = run(cpu, part * steps, steps);
        Learner.StepResult actualResult = run(card, part * steps, steps);
        double loss = expectedResult.loss();
        assertEquals(loss, actualResult.loss(), 10 * tolerance * loss, toString());
        assertEquals(expectedResult.correct(), actualResult.correct(), toString());
        Evaluation judged = cpu.predict(images).evaluation();
        assertEquals(judged.loss(), card.predict(images).evaluation().loss(), 1e-3 * loss);
        cpu.syncParameters();
        card.syncParameters();
      }
      assertClose(expected, actual, tolerance, toString());
      MultiLayerNetwork other = expected;
      expected = actual;
      actual = other;
    }
  }

  /** The parameters after some steps on a card, as text. */
  String parametersOnCard(int steps) throws Exception {
    MultiLayerNetwork network = network();
    try (Learner card = onCard(task(network))) {
      run(card, 0, steps);
      card.syncParameters();
    }
    return Arrays.toString(network.params().toFloatVector());
  }

  /** Asserts that the card keeps the average that the CPU keeps, and judges images by it. */
  void assertSameAverageOnCard(double decay, int steps, double tolerance) throws Exception {
    MultiLayerNetwork expected = network();
    MultiLayerNetwork actual = network();
    WeightAverage ofCpu = WeightAverage.begin(expected, decay);
    WeightAverage ofCard = WeightAverage.begin(actual, decay);
    try (Learner cpu = averaging(expected, ofCpu, 2);
        Learner card = onCard(task(actual, Optional.of(ofCard)))) {
      run(cpu, 0, steps);
      run(card, 0, steps);
      double loss = cpu.predict(images).evaluation().loss();
      assertEquals(loss, card.predict(images).evaluation().loss(), 1e-3 * loss);
      cpu.syncParameters();
      card.syncParameters();
    }
    assertClose(expected, actual, tolerance, toString());
    assertClose(ofCpu.values(), ofCard.values(), tolerance, "average of " + this);
  }

  /** Asserts that the fused step does what double precision does. */
  void assertExact(int steps, double tolerance) throws Exception {
    MultiLayerNetwork actual = network();
    try (DoublePrecisionLearner exact = exact();
        Learner fused = fused(actual, 2)) {
      run(exact, 0, steps);
      run(fused, 0, steps);
      fused.syncParameters();
      assertClose(exact.network(), actual, tolerance, toString());
    }
  }

  /** Asserts that a network after some steps says the same of images by either step. */
  void assertSameEvaluation(int steps, ImageSet others) throws Exception {
    MultiLayerNetwork network = network();
    try (Learner learner = fused(network, 2)) {
      run(learner, 0, steps);
      Evaluation own = learner.predict(others).evaluation();
      learner.syncParameters();
      Evaluation stock = Predictions.of(network, others).evaluation();
      assertEquals(stock.correct(), own.correct());
      assertEquals(stock.loss(), own.loss(), 1e-5 * stock.loss());
      assertEquals(others.size(), own.images());
    }
  }

  /** Asserts that three times so many steps, DL4J's between ours, are those of DL4J alone. */
  void assertSameInTurns(int steps, double tolerance) throws Exception {
    MultiLayerNetwork stock = network();
    run(stock(stock), 0, 3 * steps);
    MultiLayerNetwork mixed = network();
    for (int part = 0; part < 3; part++) {
      try (Learner learner = part == 1 ? stock(mixed) : fused(mixed, 2)) {
        run(learner, part * steps, steps);
        learner.syncParameters();
      }
    }
    assertEquals(3 * steps, mixed.getIterationCount());
    assertClose(stock, mixed, tolerance, "in turns: " + model);
  }

  /** Asserts that the steps are those of another comparison, to the bit. */
  void assertSameAs(StepComparison other, int steps) throws Exception {
    assertArrayEquals(other.parameters(steps, 2), parameters(steps, 2));
  }

  /** Asserts that the weights of classes do what weights of the outputs do in DL4J's loss. */
  void assertSameAsOutputsWeighted(int steps, double tolerance) throws Exception {
    StepComparison plain = new StepComparison(model, training, images, classes);
    MultiLayerNetwork expected = network();
    float[] weights = new float[classes];
    for (int c = 0; c < classes; c++) {
      weights[c] = classWeights.get(c).floatValue();
    }
    BaseOutputLayer last = (BaseOutputLayer) expected.getOutputLayer().conf().getLayer();
    last.setLossFn(new LossMCXENT(Nd4j.createFromArray(weights).reshape(1, classes)));
    MultiLayerNetwork actual = network();
    try (Learner stock = plain.stock(expected);
        Learner fused = fused(actual, 2)) {
      Learner.StepResult expectedResult = run(stock, 0, steps);
      assertEquals(expectedResult.loss(), run(fused, 0, steps).loss(), 1e-4);
      fused.syncParameters();
    }
    assertClose(expected, actual, tolerance, toString());
  }

  /** Asserts that either step leaves the frozen layers, and no others, as they are. */
  void assertFrozen(int steps) throws Exception {
    for (boolean own : new boolean[] {true, false}) {
      MultiLayerNetwork before = network();
      MultiLayerNetwork after = network();
      try (Learner learner = own ? fused(after, 2) : stock(after)) {
        run(learner, 0, steps);
        learner.syncParameters();
      }
      for (int i = 0; i < after.getnLayers(); i++) {
        if (after.getLayer(i).numParams() > 0) {
          boolean same = before.getLayer(i).params().equals(after.getLayer(i).params());
          assertEquals(i < frozenLayers, same, "layer %d of %s".formatted(i, this));
        }
      }
    }
  }

  /** Asserts that the bits do not depend on the number of threads. */
  void assertSameBits(int steps) throws Exception {
    float[] expected = parameters(steps, 1);
    for (int threads = 2; threads <= 5; threads++) {
      assertArrayEquals(expected, parameters(steps, threads), threads + " threads");
    }
  }

  /** The parameters after some steps of the fused step. */
  private float[] parameters(int steps, int threads) throws Exception {
    MultiLayerNetwork network = network();
    try (Learner learner = fused(network, threads)) {
      run(learner, 0, steps);
      learner.syncParameters();
    }
    return network.params().toFloatVector();
  }

  /** Returns the loss of the last step, and the images that were named rightly in all of them. */
  Learner.StepResult run(Learner learner, int done, int steps) {
    int perEpoch = training.stepsPerEpoch(images.size());
    double loss = 0;
    int correct = 0;
    int images = 0;
    for (int step = done; step < done + steps; step++) {
      if (step == done || step % perEpoch == 0) {
        learner.shuffle(1 + step / perEpoch);
      }
      Learner.StepResult result = learner.trainBatch(step % perEpoch, RATE, SEED + step);
      loss = result.loss();
      correct += result.correct();
      images += result.images();
    }
    return new Learner.StepResult(loss, correct, images);
  }

  static void assertClose(
      MultiLayerNetwork expected, MultiLayerNetwork actual, double tolerance, String message) {
    assertClose(expected.params(), actual.params(), tolerance, "parameters of " + message);
    INDArray state = expected.getUpdater().getStateViewArray();
    if (state != null) {
      assertClose(state, actual.getUpdater().getStateViewArray(), tolerance, "state of " + message);
    }
  }

  /** The Euclidean norm of the difference, relative to that of what is expected. */
  private static void assertClose(INDArray expected, INDArray actual, double tolerance, String of) {
    INDArray same = actual.castTo(expected.dataType());
    double difference = expected.sub(same).norm2Number().doubleValue();
    double norm = expected.norm2Number().doubleValue();
    assertTrue(difference <= tolerance * norm, () -> "by %s: %s".formatted(difference / norm, of));
  }
}
