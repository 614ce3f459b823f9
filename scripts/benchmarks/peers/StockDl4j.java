import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The recipe in plain Deeplearning4j, with all images in memory. */
class StockDl4j implements Recipe.Epoch {
  private final MultiLayerNetwork network;
  private final int batchSize;
  private final IdxFiles data;
  private final int classes;
  private final INDArray testImages;
  private final byte[] testLabels;

  private StockDl4j(Recipe recipe, IdxFiles train, IdxFiles test) {
    data = train;
    classes = train.classes();
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed(recipe.seed())
            .weightInit(WeightInit.XAVIER_UNIFORM)
            .updater(new Adam(1e-3, 0.9, 0.999, 1e-7))
            .list();
    int inputs = train.width();
    for (int units : recipe.hidden()) {
      layers.layer(
          new DenseLayer.Builder().nIn(inputs).nOut(units).activation(Activation.RELU).build());
      inputs = units;
    }
    layers.layer(
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nIn(inputs)
            .nOut(classes)
            .activation(Activation.SOFTMAX)
            .build());
    network = new MultiLayerNetwork(layers.build());
    network.init();
    batchSize = recipe.batchSize();
    testImages = Nd4j.create(test.pixels(), new int[] {test.count(), test.width()});
    testLabels = test.labels();
  }

  @Override
  public void train(int[] order) {
    for (int from = 0; from < order.length; from += batchSize) {
      int[] rows = Arrays.copyOfRange(order, from, Math.min(from + batchSize, order.length));
      network.fit(
          Nd4j.create(data.pixels(rows), new int[] {rows.length, data.width()}),
          Nd4j.create(data.oneHot(rows, classes), new int[] {rows.length, classes}));
    }
  }

  @Override
  public double accuracy() {
    int[] predicted = network.predict(testImages);
    int right = 0;
    for (int i = 0; i < predicted.length; i++) {
      right += predicted[i] == testLabels[i] ? 1 : 0;
    }
    return (double) right / predicted.length;
  }

  /** As in the name of its jar, deeplearning4j-nn-1.0.0-M2.1.jar. */
  private static String version() {
    String location =
        MultiLayerNetwork.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return location.replaceAll(".*deeplearning4j-nn-|\\.jar$", "");
  }

  public static void main(String[] args) throws IOException {
    Recipe recipe = Recipe.of(args);
    IdxFiles train = IdxFiles.read(recipe.folder(), "train");
    StockDl4j stock = new StockDl4j(recipe, train, IdxFiles.read(recipe.folder(), "t10k"));
    recipe.run(train.count(), stock, Map.of("Deeplearning4j", version()));
    stock.network.save(new File(recipe.model()));
  }
}
