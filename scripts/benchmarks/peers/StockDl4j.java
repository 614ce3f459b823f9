import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.PolySchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** The recipe in plain Deeplearning4j, with all images in memory. */
class StockDl4j implements Recipe.Epoch {
  private static final int TEST_BATCH = 1000;

  private final MultiLayerNetwork network;
  private final int batchSize;
  private final IdxFiles data;
  private final int classes;
  private final IdxFiles test;

  private StockDl4j(Recipe recipe, IdxFiles train, IdxFiles test) {
    data = train;
    classes = train.classes();
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed(recipe.seed())
            .weightInit(WeightInit.XAVIER_UNIFORM)
            .updater(adam(recipe))
            .list();
    recipe.layers().forEach(layer -> layers.layer(layer(layer)));
    layers
        .layer(
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(classes)
                .activation(Activation.SOFTMAX)
                .build())
        .setInputType(
            recipe.convolutional()
                ? InputType.convolutionalFlat(train.height(), train.width(), 1)
                : InputType.feedForward(train.size()));
    network = new MultiLayerNetwork(layers.build());
    network.init();
    batchSize = recipe.batchSize();
    this.test = test;
  }

  private static Adam adam(Recipe recipe) {
    int steps = recipe.epochs() * recipe.steps();
    Adam.Builder adam = Adam.builder().epsilon(1e-7);
    return recipe.linear()
        ? adam.learningRateSchedule(
                new PolySchedule(ScheduleType.ITERATION, recipe.rate(), 1, steps))
            .build()
        : adam.learningRate(recipe.rate()).build();
  }

  private static Layer layer(Recipe.Layer layer) {
    return switch (layer.kind()) {
      case "conv" ->
          new ConvolutionLayer.Builder(layer.kernel(), layer.kernel())
              .nOut(layer.size())
              .activation(Activation.RELU)
              .build();
      case "pool" ->
          new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
              .kernelSize(layer.size(), layer.size())
              .stride(layer.size(), layer.size())
              .build();
      // Deeplearning4j's figure is the share that is kept.
      case "dropout" -> new DropoutLayer.Builder(1 - layer.numbers()[0]).build();
      default ->
          new DenseLayer.Builder().nOut(layer.size()).activation(Activation.RELU).build();
    };
  }

  @Override
  public void train(int[] order) {
    for (int from = 0; from < order.length; from += batchSize) {
      int[] rows = Arrays.copyOfRange(order, from, Math.min(from + batchSize, order.length));
      network.fit(
          Nd4j.create(data.pixels(rows), new int[] {rows.length, data.size()}),
          Nd4j.create(data.oneHot(rows, classes), new int[] {rows.length, classes}));
    }
  }

  @Override
  public double accuracy() {
    int right = 0;
    for (int from = 0; from < test.count(); from += TEST_BATCH) {
      int[] rows = IntStream.range(from, Math.min(from + TEST_BATCH, test.count())).toArray();
      int[] predicted =
          network.predict(Nd4j.create(test.pixels(rows), new int[] {rows.length, test.size()}));
      for (int i = 0; i < rows.length; i++) {
        right += predicted[i] == test.labels()[from + i] ? 1 : 0;
      }
    }
    return (double) right / test.count();
  }

  /** As in the name of its jar, deeplearning4j-nn-1.0.0-M2.1.jar. */
  private static String version() {
    String location =
        MultiLayerNetwork.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return location.replaceAll(".*deeplearning4j-nn-|\\.jar$", "");
  }

  public static void main(String[] args) throws IOException {
    Recipe recipe = Recipe.of(args);
    StockDl4j stock = new StockDl4j(recipe, IdxFiles.training(recipe), IdxFiles.test(recipe));
    recipe.run(stock, stock.network.numParams(), Map.of("Deeplearning4j", version()));
    stock.network.save(new File(recipe.model()));
  }
}
