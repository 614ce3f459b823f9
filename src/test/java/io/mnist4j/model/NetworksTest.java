package io.mnist4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import io.mnist4j.model.layers.ShapeException;
import io.mnist4j.model.layers.WeightInit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class NetworksTest {
  @TempDir Path directory;

  /** As DL4J's own example would write the default network. */
  @Test
  void defaultIsTheNetworkThatDl4jBuilds() {
    MultiLayerNetwork stock =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(7)
                .dataType(DataType.FLOAT)
                .weightInit(org.deeplearning4j.nn.weights.WeightInit.XAVIER_UNIFORM)
                .updater(new Adam(1e-3))
                .list()
                .layer(
                    new DenseLayer.Builder()
                        .nIn(784)
                        .nOut(128)
                        .activation(org.nd4j.linalg.activations.Activation.RELU)
                        .build())
                .layer(
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(128)
                        .nOut(10)
                        .activation(org.nd4j.linalg.activations.Activation.SOFTMAX)
                        .build())
                .build());
    stock.init();
    MultiLayerNetwork ours = create(NetworkSpec.DEFAULT, 28, 28, 7);
    assertArrayEquals(stock.params().toFloatVector(), ours.params().toFloatVector());
    assertEquals(
        stock.getLayerWiseConfigurations().toJson(), ours.getLayerWiseConfigurations().toJson());
  }

  /** We put the conversions between the layers ourselves; DL4J would put the same ones. */
  @Test
  void lenetIsTheNetworkThatDl4jBuilds() {
    MultiLayerNetwork stock =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(7)
                .dataType(DataType.FLOAT)
                .weightInit(org.deeplearning4j.nn.weights.WeightInit.XAVIER_UNIFORM)
                .activation(org.nd4j.linalg.activations.Activation.RELU)
                .updater(new Adam(1e-3))
                .list()
                .layer(new ConvolutionLayer.Builder(5, 5).nOut(20).build())
                .layer(new SubsamplingLayer.Builder(new int[] {2, 2}, new int[] {2, 2}).build())
                .layer(new ConvolutionLayer.Builder(5, 5).nOut(50).build())
                .layer(new SubsamplingLayer.Builder(new int[] {2, 2}, new int[] {2, 2}).build())
                .layer(new DenseLayer.Builder().nOut(500).build())
                .layer(
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(10)
                        .activation(org.nd4j.linalg.activations.Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutionalFlat(28, 28, 1))
                .build());
    stock.init();
    MultiLayerNetwork ours = create(lenet(), 28, 28, 7);
    assertArrayEquals(stock.params().toFloatVector(), ours.params().toFloatVector());
    INDArray images = Nd4j.rand(DataType.FLOAT, 3, 784);
    assertEquals(stock.output(images), ours.output(images));
  }

  @Test
  void lenetLearnsAndIsReadBack() throws Exception {
    MultiLayerNetwork network = create(lenet(), 28, 28, 1);
    INDArray images = Nd4j.rand(DataType.FLOAT, 16, 784);
    INDArray labels = Nd4j.zeros(DataType.FLOAT, 16, 10);
    for (int image = 0; image < 16; image++) {
      labels.putScalar(image, image % 10, 1);
    }
    network.fit(images, labels);
    double first = network.score();
    for (int step = 0; step < 10; step++) {
      network.fit(images, labels);
    }
    assertTrue(network.score() < first, network.score() + " after " + first);

    Path file = directory.resolve("lenet.zip");
    ModelSerializer.writeModel(network, file.toFile(), true);
    MultiLayerNetwork read = MultiLayerNetwork.load(file.toFile(), true);
    assertEquals(network.output(images), read.output(images));
  }

  @Test
  void shapesAndParametersAreDl4js() {
    SplittableRandom random = new SplittableRandom(4);
    int built = 0;
    for (int attempt = 0; attempt < 300; attempt++) {
      NetworkSpec spec = randomNetwork(random);
      int height = 1 + random.nextInt(14);
      int width = 1 + random.nextInt(14);
      ModelSummary summary;
      try {
        summary = ModelSummary.of(spec, height, width, 10);
      } catch (ShapeException e) {
        continue;
      }
      assertSameAsDl4j(spec, summary, create(spec, height, width, 1), height * width);
      built++;
    }
    assertTrue(built >= 100, built + " networks");
  }

  private static void assertSameAsDl4j(
      NetworkSpec spec, ModelSummary summary, MultiLayerNetwork network, int inputs) {
    assertEquals(network.numParams(), summary.parameters(), spec::toString);
    List<INDArray> activations = network.feedForward(Nd4j.rand(DataType.FLOAT, 2, inputs));
    int layer = 0;
    for (ModelSummary.LayerRow row : summary.rows()) {
      if (row.name().equals("flatten")) {
        continue;
      }
      assertEquals(network.getLayer(layer).numParams(), row.parameters(), spec::toString);
      layer++;
      long[] shape =
          row.output() instanceof Shape.Image image
              ? new long[] {2, image.channels(), image.height(), image.width()}
              : new long[] {2, row.output().size()};
      assertArrayEquals(shape, activations.get(layer).shape(), spec::toString);
    }
    assertEquals(network.getnLayers(), layer);
  }

  /** Layers for images, or none; a flatten; layers for rows. */
  private static NetworkSpec randomNetwork(SplittableRandom random) {
    List<LayerSpec> layers = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      int kernel = 1 + random.nextInt(5);
      int stride = 1 + random.nextInt(3);
      layers.add(
          switch (random.nextInt(5)) {
            case 0 -> new Maxpool2d(kernel, stride);
            case 1 -> new Avgpool2d(kernel, stride);
            case 2 -> Batchnorm.DEFAULT;
            case 3 -> Dropout.DEFAULT;
            default ->
                new Conv2d(
                    1 + random.nextInt(4),
                    kernel,
                    stride,
                    random.nextBoolean() || stride > kernel ? Padding.VALID : Padding.SAME,
                    Activation.RELU,
                    WeightInit.HE_NORMAL);
          });
    }
    layers.add(Flatten.DEFAULT);
    for (int i = random.nextInt(4); i > 0; i--) {
      layers.add(
          switch (random.nextInt(4)) {
            case 0 -> Batchnorm.DEFAULT;
            case 1 -> Dropout.DEFAULT;
            case 2 -> Flatten.DEFAULT;
            default -> new Dense(1 + random.nextInt(9), Activation.TANH, WeightInit.GLOROT_NORMAL);
          });
    }
    return new NetworkSpec(layers, OutputSpec.DEFAULT);
  }

  /** LeCun et al. (1998) as DL4J's and Caffe's examples have it. */
  private static NetworkSpec lenet() {
    return new NetworkSpec(
        List.of(
            new Conv2d(20, 5, 1, Padding.VALID, Activation.RELU, WeightInit.GLOROT_UNIFORM),
            Maxpool2d.DEFAULT,
            new Conv2d(50, 5, 1, Padding.VALID, Activation.RELU, WeightInit.GLOROT_UNIFORM),
            Maxpool2d.DEFAULT,
            Flatten.DEFAULT,
            new Dense(500, Activation.RELU, WeightInit.GLOROT_UNIFORM)),
        OutputSpec.DEFAULT);
  }

  private static MultiLayerNetwork create(NetworkSpec spec, int height, int width, long seed) {
    return Networks.create(
        spec, height, width, 10, training -> training.updater(new Adam(1e-3)), seed);
  }
}
