package io.mnist4j.train.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.augment.AugmentationSpec;
import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.layers.Activation;
import io.mnist4j.model.layers.Avgpool2d;
import io.mnist4j.model.layers.Batchnorm;
import io.mnist4j.model.layers.Conv2d;
import io.mnist4j.model.layers.Dense;
import io.mnist4j.model.layers.Dropout;
import io.mnist4j.model.layers.Flatten;
import io.mnist4j.model.layers.LayerSpec;
import io.mnist4j.model.layers.Loss;
import io.mnist4j.model.layers.Maxpool2d;
import io.mnist4j.model.layers.OutputSpec;
import io.mnist4j.model.layers.Padding;
import io.mnist4j.model.layers.WeightInit;
import io.mnist4j.train.StoppingSpec;
import io.mnist4j.train.TrainingSpec;
import io.mnist4j.train.TrainingSpecs;
import io.mnist4j.train.optimizer.ClippingSpec;
import io.mnist4j.train.optimizer.OptimizerSpec;
import io.mnist4j.train.optimizer.OptimizerSpec.OptimizerName;
import io.mnist4j.train.optimizer.RegularizationSpec;
import io.mnist4j.train.optimizer.ScheduleSpec;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The step on a graphics card, by the stand-in for one, against the CPU's. */
class CudaLearnerTest {
  private static final int HEIGHT = 9;
  private static final int WIDTH = 8;
  private static final int CLASSES = 4;
  private static final int IMAGES = 90;
  private static final int BATCH = 16;
  private static final WeightInit INIT = WeightInit.GLOROT_UNIFORM;

  private static ImageSet images() {
    Random random = new Random(3);
    byte[] pixels = new byte[IMAGES * HEIGHT * WIDTH];
    byte[] labels = new byte[IMAGES];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : 0);
    }
    for (int i = 0; i < IMAGES; i++) {
      labels[i] = (byte) random.nextInt(CLASSES);
    }
    return new ImageSet(HEIGHT, WIDTH, pixels, labels);
  }

  private static TrainingSpec training(
      OptimizerSpec optimizer,
      RegularizationSpec regularization,
      ClippingSpec clipping,
      AugmentationSpec augmentation) {
    return TrainingSpecs.of(
        5,
        BATCH,
        0,
        optimizer,
        ScheduleSpec.DEFAULT,
        regularization,
        clipping,
        augmentation,
        StoppingSpec.DEFAULT,
        List.of());
  }

  private static TrainingSpec training() {
    return training(
        OptimizerSpec.DEFAULT,
        RegularizationSpec.DEFAULT,
        ClippingSpec.DEFAULT,
        AugmentationSpec.DEFAULT);
  }

  private static StepComparison comparison(TrainingSpec training, LayerSpec... layers) {
    return comparison(training, OutputSpec.DEFAULT, layers);
  }

  private static StepComparison comparison(
      TrainingSpec training, OutputSpec output, LayerSpec... layers) {
    return new StepComparison(
        new NetworkSpec(List.of(layers), output), training, images(), CLASSES);
  }

  private static Dense dense(int units, Activation activation) {
    return new Dense(units, activation, INIT);
  }

  private static Conv2d conv(int filters, int kernel, int stride, Padding padding) {
    return new Conv2d(filters, kernel, stride, padding, Activation.TANH, INIT);
  }

  @ParameterizedTest
  @EnumSource(OptimizerName.class)
  void everyOptimizer(OptimizerName name) throws Exception {
    OptimizerSpec optimizer = new OptimizerSpec(name, 0.002, 0.9, 0.999, 1e-7, 0.9, 0.9);
    RegularizationSpec penalties = new RegularizationSpec(1e-4, 1e-3, 1e-2);
    TrainingSpec training =
        training(optimizer, penalties, ClippingSpec.DEFAULT, AugmentationSpec.DEFAULT);
    comparison(training, dense(20, Activation.TANH)).assertSameOnCard(20, 3e-5);
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void everyActivationOfADenseLayer(Activation activation) throws Exception {
    comparison(training(), dense(30, activation), dense(70, activation)).assertSameOnCard(12, 3e-5);
  }

  @ParameterizedTest
  @EnumSource(value = Activation.class, mode = EnumSource.Mode.EXCLUDE, names = "SOFTMAX")
  void everyActivationOfAConvolution(Activation activation) throws Exception {
    Conv2d layer = new Conv2d(5, 3, 1, Padding.VALID, activation, INIT);
    comparison(training(), layer, layer, new Flatten()).assertSameOnCard(12, 3e-5);
  }

  @ParameterizedTest
  @CsvSource({
    "SOFTMAX, CROSS_ENTROPY, 0",
    "SOFTMAX, CROSS_ENTROPY, 0.1",
    "SIGMOID, CROSS_ENTROPY, 0",
    "SOFTMAX, MSE, 0",
    "GELU, MSE, 0",
    "TANH, MSE, 0"
  })
  void everyLossWithWeightsOfClassesAndGroups(Activation activation, Loss loss, double smoothing)
      throws Exception {
    OutputSpec output = new OutputSpec(activation, loss, smoothing, INIT);
    StepComparison plain = comparison(training(), output, dense(20, Activation.TANH));
    plain.assertSameOnCard(12, 3e-5);
    plain.weighted(2.0, 0.25, 1.0, 7.5).grouped(false, 2.0, 0.25, 1.0).assertSameOnCard(12, 3e-5);
    plain.grouped(true).assertSameOnCard(12, 3e-5);
  }

  @ParameterizedTest
  @CsvSource({"3, 1, VALID", "3, 1, SAME", "4, 1, SAME", "3, 2, VALID", "3, 2, SAME", "2, 2, SAME"})
  void everyWindowOfAConvolution(int kernel, int stride, Padding padding) throws Exception {
    comparison(
            training(),
            conv(3, kernel, stride, padding),
            conv(40, kernel, stride, padding),
            conv(2, 2, 1, Padding.SAME),
            new Flatten())
        .assertSameOnCard(10, 3e-5);
  }

  @ParameterizedTest
  @CsvSource({"2, 2", "3, 1", "3, 2", "2, 3"})
  void poolingOfEverySize(int kernel, int stride) throws Exception {
    comparison(
            training(),
            conv(3, 2, 1, Padding.SAME),
            new Maxpool2d(kernel, stride),
            conv(4, 2, 1, Padding.SAME),
            new Avgpool2d(kernel, stride),
            new Flatten(),
            dense(10, Activation.RELU))
        .assertSameOnCard(10, 3e-5);
  }

  @Test
  void normalisationAndDropoutOfBothKinds() throws Exception {
    comparison(
            training(),
            new Dropout(0.1),
            conv(4, 3, 1, Padding.SAME),
            Batchnorm.DEFAULT,
            new Dropout(0.2),
            new Maxpool2d(2, 2),
            new Flatten(),
            new Dropout(0.3),
            dense(30, Activation.SWISH),
            Batchnorm.DEFAULT,
            new Dropout(0.5),
            dense(20, Activation.SOFTMAX))
        .assertSameOnCard(10, 1e-4);
  }

  @Test
  void clippingByNormAndByValue() throws Exception {
    for (ClippingSpec clipping : List.of(new ClippingSpec(0.1, 0), new ClippingSpec(0, 0.01))) {
      TrainingSpec training =
          training(
              OptimizerSpec.DEFAULT,
              RegularizationSpec.DEFAULT,
              clipping,
              AugmentationSpec.DEFAULT);
      comparison(training, dense(20, Activation.TANH), Batchnorm.DEFAULT)
          .assertSameOnCard(10, 1e-4);
    }
  }

  @Test
  void augmentedImagesAreTheCpus() throws Exception {
    TrainingSpec training =
        training(
            OptimizerSpec.DEFAULT,
            RegularizationSpec.DEFAULT,
            ClippingSpec.DEFAULT,
            new AugmentationSpec(1, 10, 0.1, 0));
    comparison(training, dense(20, Activation.TANH)).assertSameOnCard(12, 3e-5);
  }

  @Test
  void imagesMayBeBlended() throws Exception {
    TrainingSpec blended = TrainingSpecs.blended(training(), 0.4, 0);
    comparison(blended, dense(20, Activation.TANH)).assertSameOnCard(12, 3e-5);
    comparison(blended, dense(20, Activation.TANH))
        .weighted(2.0, 0.25, 1.0, 7.5)
        .grouped(false, 2.0, 0.25, 1.0)
        .assertSameOnCard(12, 3e-5);
  }

  @Test
  void layersMayBeFrozen() throws Exception {
    comparison(
            training(),
            conv(3, 3, 1, Padding.SAME),
            Batchnorm.DEFAULT,
            new Dropout(0.4),
            new Flatten(),
            dense(20, Activation.TANH),
            dense(10, Activation.TANH))
        .frozen(5)
        .assertSameOnCard(10, 3e-5);
  }

  /** With tiles that are full, and sums that are made in slices. */
  @Test
  void largeLayers() throws Exception {
    comparison(training(), dense(300, Activation.TANH), dense(530, Activation.TANH))
        .assertSameOnCard(6, 3e-5);
  }

  @Test
  void aRunGivesTheSameBitsAgain() throws Exception {
    StepComparison test =
        comparison(
            training(), conv(3, 3, 1, Padding.SAME), new Flatten(), dense(300, Activation.RELU));
    assertEquals(test.parametersOnCard(20), test.parametersOnCard(20));
  }

  @Test
  void theAverageIsKeptAndJudged() throws Exception {
    comparison(training(), dense(20, Activation.TANH), Batchnorm.DEFAULT)
        .assertSameAverageOnCard(0.9, 12, 3e-5);
  }
}
