package io.mnist4j.train.engine;

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
import io.mnist4j.model.layers.Maxpool2d;
import io.mnist4j.model.layers.OutputSpec;
import io.mnist4j.model.layers.Padding;
import io.mnist4j.model.layers.Shape;
import io.mnist4j.model.layers.WeightInit;
import io.mnist4j.train.StoppingSpec;
import io.mnist4j.train.TrainingSpec;
import io.mnist4j.train.TrainingSpecs;
import io.mnist4j.train.optimizer.ClippingSpec;
import io.mnist4j.train.optimizer.OptimizerSpec;
import io.mnist4j.train.optimizer.OptimizerSpec.OptimizerName;
import io.mnist4j.train.optimizer.RegularizationSpec;
import io.mnist4j.train.optimizer.ScheduleSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fused step of networks with layers on images, against DL4J's own and double precision. */
class MapNetworksTest {
  private static final int HEIGHT = 9;
  private static final int WIDTH = 7;
  private static final int CLASSES = 4;
  private static final Flatten FLATTEN = Flatten.DEFAULT;

  /** Without a kink: where a sum is 0 but for rounding, both sides of a kink are right. */
  private static Conv2d conv(int filters, int kernel, int stride, Padding padding) {
    return new Conv2d(filters, kernel, stride, padding, Activation.TANH, WeightInit.GLOROT_UNIFORM);
  }

  static Stream<Arguments> networks() {
    Padding valid = Padding.VALID;
    Padding same = Padding.SAME;
    return Stream.of(
        network("a convolution", conv(5, 3, 1, valid)),
        network("of one pixel", conv(4, 1, 1, same), conv(3, 1, 2, valid)),
        network("same", conv(5, 3, 1, same), conv(3, 5, 1, same)),
        network("same with an even kernel", conv(3, 2, 1, same), conv(5, 4, 1, same)),
        network("stride", conv(5, 3, 2, valid), conv(4, 2, 2, valid)),
        network("stride with the padding same", conv(5, 3, 2, same), conv(4, 3, 3, same)),
        network("stride above the kernel", conv(5, 2, 1, valid), conv(4, 2, 3, valid)),
        network("kernel as large as the image", conv(5, 7, 1, valid)),
        network("kernel above the image", conv(5, 7, 1, same), conv(3, 11, 1, same)),
        network("largest of four", conv(5, 3, 1, same), new Maxpool2d(2, 2), conv(6, 3, 1, same)),
        network("largest, overlapping", conv(5, 3, 1, same), new Maxpool2d(3, 2)),
        network("largest, with gaps", conv(5, 3, 1, same), new Maxpool2d(2, 3)),
        network("means", conv(5, 3, 1, same), new Avgpool2d(2, 2), conv(6, 3, 1, same)),
        network("means, overlapping", conv(5, 3, 1, same), new Avgpool2d(3, 1)),
        network("pooling first", new Avgpool2d(2, 2), conv(5, 3, 1, same)),
        network("pooling alone", new Maxpool2d(2, 2)),
        network(
            "batch normalisation",
            conv(5, 3, 1, same),
            Batchnorm.DEFAULT,
            conv(6, 3, 1, same),
            new Batchnorm(0.5, 1e-2)),
        network("batch normalisation first", new Batchnorm(0.9, 1e-3), conv(5, 3, 1, same)),
        network("batch normalisation alone", Batchnorm.DEFAULT, new Maxpool2d(2, 2)),
        network(
            "all kinds of flat layers behind it",
            conv(5, 3, 2, valid),
            FLATTEN,
            new Dropout(0.2),
            Batchnorm.DEFAULT,
            new Dense(8, Activation.SOFTMAX, WeightInit.GLOROT_UNIFORM),
            Batchnorm.DEFAULT,
            new Dense(8, Activation.GELU, WeightInit.GLOROT_UNIFORM)),
        network("dropout", new Dropout(0.2), conv(5, 3, 1, same), new Dropout(0.3)),
        network(
            "dropout twice",
            conv(5, 3, 1, same),
            new Maxpool2d(2, 2),
            new Dropout(0.3),
            new Dropout(0),
            new Dropout(0.3)));
  }

  private static Arguments network(String name, LayerSpec... layers) {
    List<LayerSpec> all = new ArrayList<>(List.of(layers));
    all.add(FLATTEN);
    return Arguments.of(name, new NetworkSpec(all, OutputSpec.DEFAULT));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void stepsAreThoseOfDoublePrecision(String name, NetworkSpec model) throws Exception {
    comparison(model, training(OptimizerName.ADAM, 20), 90).assertExact(20, 1e-6);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void stepsAreThoseOfDl4j(String name, NetworkSpec model) throws Exception {
    comparison(model, training(OptimizerName.ADAM, 20), 90).assertSame(5, 1e-5);
  }

  /**
   * DL4J's arithmetic rounds otherwise, so a sum near the kink of ReLU may fall on its other side.
   */
  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"SOFTMAX"})
  void everyActivation(Activation activation) throws Exception {
    WeightInit init = WeightInit.HE_NORMAL;
    NetworkSpec model =
        new NetworkSpec(
            List.of(
                new Conv2d(5, 3, 1, Padding.SAME, activation, init),
                new Maxpool2d(2, 2),
                new Conv2d(6, 3, 1, Padding.VALID, activation, init),
                FLATTEN,
                new Dense(9, activation, init)),
            OutputSpec.DEFAULT);
    comparison(model, training(OptimizerName.ADAM, 20), 90).assertExact(5, 1e-5);
    comparison(model, training(OptimizerName.ADAM, 20), 90).assertSame(5, 1e-5);
  }

  @ParameterizedTest
  @EnumSource(OptimizerName.class)
  void everyOptimizerWithPenaltiesAndClipping(OptimizerName optimizer) throws Exception {
    double decay = optimizer == OptimizerName.ADAMW ? 0.01 : 0;
    RegularizationSpec penalties = new RegularizationSpec(0, 0.01 - decay, decay);
    NetworkSpec model =
        new NetworkSpec(
            List.of(conv(5, 3, 1, Padding.SAME), Batchnorm.DEFAULT, FLATTEN, Dense.DEFAULT),
            new OutputSpec(
                OutputSpec.DEFAULT.activation(),
                OutputSpec.DEFAULT.loss(),
                0.1,
                WeightInit.GLOROT_UNIFORM));
    for (ClippingSpec clipping : List.of(new ClippingSpec(0.5, 0), new ClippingSpec(0, 0.01))) {
      TrainingSpec training =
          training(optimizer(optimizer), penalties, clipping, AugmentationSpec.DEFAULT, 20);
      comparison(model, training, 90).assertExact(20, 5e-6);
    }
  }

  /** The last batch of 33 images has one; of 17, all but one are in a part of their own. */
  @ParameterizedTest
  @ValueSource(ints = {1, 16, 17, 32, 90})
  void everySizeOfBatch(int batch) throws Exception {
    NetworkSpec model =
        new NetworkSpec(
            List.of(conv(5, 3, 1, Padding.VALID), new Maxpool2d(2, 2), Batchnorm.DEFAULT, FLATTEN),
            OutputSpec.DEFAULT);
    int images = batch == 32 ? 33 : 90;
    comparison(model, training(OptimizerName.SGD, batch), images).assertExact(8, 1e-6);
  }

  @Test
  void randomNetworks() throws Exception {
    Random random = new Random(3);
    for (int i = 0; i < 40; i++) {
      NetworkSpec model = new NetworkSpec(randomLayers(random), OutputSpec.DEFAULT);
      OptimizerName optimizer = random.nextBoolean() ? OptimizerName.ADAM : OptimizerName.SGD;
      comparison(model, training(optimizer, 1 + random.nextInt(40)), 50).assertExact(5, 1e-5);
    }
  }

  private static List<LayerSpec> randomLayers(Random random) {
    List<LayerSpec> layers = new ArrayList<>();
    Shape shape = new Shape.Image(HEIGHT, WIDTH, 1);
    // One layer that needs an image, so that all of them get one.
    layers.add(conv(1 + random.nextInt(9), 1 + random.nextInt(5), 1, Padding.SAME));
    shape = layers.get(0).output(shape);
    for (int i = random.nextInt(4); i > 0; i--) {
      int kernel = 1 + random.nextInt(4);
      int stride = 1 + random.nextInt(kernel);
      LayerSpec layer =
          switch (random.nextInt(6)) {
            case 0 -> new Maxpool2d(kernel, 1 + random.nextInt(3));
            case 1 -> new Avgpool2d(kernel, 1 + random.nextInt(3));
            case 2 -> new Batchnorm(0.9, 1e-2);
            case 3 -> new Dropout(0.2);
            case 4 -> conv(1 + random.nextInt(9), kernel, 1 + random.nextInt(3), Padding.VALID);
            default -> conv(1 + random.nextInt(9), kernel, stride, Padding.SAME);
          };
      try {
        shape = layer.output(shape);
        layers.add(layer);
      } catch (IllegalArgumentException e) {
        // The image has become smaller than the kernel: the network does without this layer.
      }
    }
    layers.add(FLATTEN);
    if (random.nextBoolean()) {
      layers.add(new Dense(1 + random.nextInt(30), Activation.TANH, WeightInit.GLOROT_UNIFORM));
    }
    return layers;
  }

  @Test
  void augmentedImagesAreTheSameOnes() throws Exception {
    TrainingSpec training =
        training(
            optimizer(OptimizerName.ADAM),
            RegularizationSpec.DEFAULT,
            ClippingSpec.DEFAULT,
            new AugmentationSpec(1, 10, 0.1, 0),
            16);
    NetworkSpec model =
        new NetworkSpec(List.of(conv(5, 3, 1, Padding.VALID), FLATTEN), OutputSpec.DEFAULT);
    comparison(model, training, 90).assertSame(20, 1e-5);
  }

  @Test
  void bitsDoNotDependOnTheThreads() throws Exception {
    comparison(everything(), training(OptimizerName.ADAM, 60), 150).assertSameBits(8);
  }

  private static NetworkSpec everything() {
    return new NetworkSpec(
        List.of(
            conv(9, 3, 1, Padding.SAME),
            new Maxpool2d(2, 2),
            Batchnorm.DEFAULT,
            new Dropout(0.2),
            conv(6, 3, 2, Padding.SAME),
            new Avgpool2d(2, 1),
            FLATTEN,
            Dense.DEFAULT),
        OutputSpec.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void frozenLayersStayAsTheyAre(int frozen) throws Exception {
    StepComparison test =
        comparison(everything(), training(OptimizerName.ADAM, 20), 90).frozen(frozen);
    test.assertSame(10, 1e-5);
    test.assertFrozen(10);
    test.assertSameBits(8);
  }

  @Test
  void imagesAreBlendedAndErased() throws Exception {
    TrainingSpec spec = TrainingSpecs.blended(training(OptimizerName.ADAM, 20), 1, 0.5);
    StepComparison test = comparison(everything(), spec, 90);
    test.assertSame(10, 1e-5);
    test.assertSameBits(8);
  }

  @Test
  void weightsAreAveraged() throws Exception {
    comparison(everything(), training(OptimizerName.ADAM, 20), 90)
        .assertAverages(0.8, 10, images(301, 4));
  }

  @Test
  void eitherGoesOnFromTheOther() throws Exception {
    comparison(everything(), training(OptimizerName.ADAM, 20), 90).assertSameInTurns(10, 1e-5);
  }

  @Test
  void evaluationIsThatOfTheNetwork() throws Exception {
    comparison(everything(), training(OptimizerName.ADAM, 20), 90)
        .assertSameEvaluation(20, images(301, 4));
  }

  private static StepComparison comparison(NetworkSpec model, TrainingSpec training, int images) {
    return new StepComparison(model, training, images(images, 1), CLASSES);
  }

  private static OptimizerSpec optimizer(OptimizerName name) {
    return new OptimizerSpec(name, StepComparison.RATE, 0.9, 0.99, 1e-3, 0.9, 0.9);
  }

  private static TrainingSpec training(OptimizerName name, int batchSize) {
    return training(
        optimizer(name),
        RegularizationSpec.DEFAULT,
        ClippingSpec.DEFAULT,
        AugmentationSpec.DEFAULT,
        batchSize);
  }

  private static TrainingSpec training(
      OptimizerSpec optimizer,
      RegularizationSpec penalties,
      ClippingSpec clipping,
      AugmentationSpec augmentation,
      int batchSize) {
    return TrainingSpecs.of(
        50,
        batchSize,
        0,
        optimizer,
        ScheduleSpec.DEFAULT,
        penalties,
        clipping,
        augmentation,
        StoppingSpec.DEFAULT,
        List.of());
  }

  private static ImageSet images(int count, long seed) {
    Random random = new Random(seed);
    byte[] pixels = new byte[count * HEIGHT * WIDTH];
    byte[] labels = new byte[count];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (random.nextInt(5) < 2 ? 1 + random.nextInt(255) : 0);
    }
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) random.nextInt(CLASSES);
    }
    return new ImageSet(HEIGHT, WIDTH, pixels, labels);
  }
}
