import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
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

/**
 * The same network and data in plain Deeplearning4j, for comparison: epochs of 468 batches of 128,
 * held in memory.
 *
 * <p>java -cp 'target/lib/*' docs/StockDl4j.java FOLDER_OF_MNIST [EPOCHS]
 */
class StockDl4j {
  private static final int BATCH = 128;
  private static final int BATCHES = 60_000 / BATCH;

  public static void main(String[] args) throws IOException {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .weightInit(WeightInit.XAVIER_UNIFORM)
            .updater(new Adam(1e-3))
            .list()
            .layer(new DenseLayer.Builder().nIn(784).nOut(128).activation(Activation.RELU).build())
            .layer(
                new OutputLayer.Builder(LossFunction.MCXENT)
                    .nIn(128)
                    .nOut(10)
                    .activation(Activation.SOFTMAX)
                    .build())
            .build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    byte[] pixels = read(args[0] + "/train-images-idx3-ubyte.gz", 16);
    byte[] labels = read(args[0] + "/train-labels-idx1-ubyte.gz", 8);
    INDArray[] features = new INDArray[BATCHES];
    INDArray[] targets = new INDArray[BATCHES];
    for (int b = 0; b < BATCHES; b++) {
      float[][] x = new float[BATCH][784];
      float[][] y = new float[BATCH][10];
      for (int row = 0; row < BATCH; row++) {
        int image = b * BATCH + row;
        y[row][labels[image]] = 1;
        for (int i = 0; i < 784; i++) {
          x[row][i] = (pixels[image * 784 + i] & 0xff) / 255f;
        }
      }
      features[b] = Nd4j.create(x);
      targets[b] = Nd4j.create(y);
    }
    int epochs = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    for (int epoch = 1; epoch <= epochs; epoch++) {
      long start = System.nanoTime();
      for (int b = 0; b < BATCHES; b++) {
        network.fit(features[b], targets[b]);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(Locale.ROOT, "epoch %d: %.1f s%n", epoch, seconds);
    }
  }

  private static byte[] read(String file, int header) throws IOException {
    try (InputStream in = new GZIPInputStream(new FileInputStream(file), 1 << 16)) {
      in.skipNBytes(header);
      return in.readAllBytes();
    }
  }
}
