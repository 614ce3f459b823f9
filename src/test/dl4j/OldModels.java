import java.io.DataInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.PrintWriter;
import java.util.zip.GZIPInputStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * Writes the zips of old Deeplearning4j versions that the tests read, with what that version makes of
 * five images. Run it with the jars of deeplearning4j-nn and nd4j-native 0.9.1 or 1.0.0-beta3 as class
 * path: {@code java -cp 'lib/*' OldModels.java VERSION TARGET_FOLDER MNIST_FOLDER}.
 */
class OldModels {
  public static void main(String[] args) throws Exception {
    float[][] pixels = images(args[2] + "/train-images-idx3-ubyte.gz", 60000);
    float[][] targets = targets(args[2] + "/train-labels-idx1-ubyte.gz", 60000);
    write(mlp(), pixels, targets, args[1] + "/dl4j-" + args[0] + "-mlp");
    write(cnn(), pixels, targets, args[1] + "/dl4j-" + args[0] + "-cnn");
  }

  static MultiLayerConfiguration mlp() {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .updater(new Adam(3e-3, 0.9, 0.999, 1e-8))
        .list()
        .layer(0, new DenseLayer.Builder().nIn(784).nOut(12).activation(Activation.RELU).build())
        .layer(1, output().nIn(12).build())
        .build();
  }

  static MultiLayerConfiguration cnn() {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .updater(new Adam(3e-3, 0.9, 0.999, 1e-8))
        .list()
        .layer(0, new ConvolutionLayer.Builder(5, 5).nIn(1).nOut(4).activation(Activation.RELU).build())
        .layer(1, new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX).kernelSize(2, 2).stride(2, 2).build())
        .layer(2, new BatchNormalization.Builder().build())
        .layer(3, new DenseLayer.Builder().nOut(12).activation(Activation.TANH).build())
        .layer(4, output().build())
        .setInputType(InputType.convolutionalFlat(28, 28, 1))
        .build();
  }

  static OutputLayer.Builder output() {
    return new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT).nOut(10).activation(Activation.SOFTMAX);
  }

  static void write(MultiLayerConfiguration configuration, float[][] pixels, float[][] targets, String file)
      throws Exception {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    int batch = 100;
    for (int first = 0; first < 20000; first += batch) {
      float[][] x = java.util.Arrays.copyOfRange(pixels, first, first + batch);
      float[][] y = java.util.Arrays.copyOfRange(targets, first, first + batch);
      network.fit(Nd4j.create(x), Nd4j.create(y));
    }
    ModelSerializer.writeModel(network, new File(file + ".zip"), true);
    float[][] five = new float[5][784];
    for (int n = 0; n < 5; n++) {
      for (int i = 0; i < 784; i++) {
        five[n][i] = (37 * i + 53 * n + i * i / 7) % 256 / 255f;
      }
    }
    INDArray outputs = network.output(Nd4j.create(five));
    try (PrintWriter csv = new PrintWriter(file + ".csv")) {
      for (int n = 0; n < 5; n++) {
        StringBuilder line = new StringBuilder();
        for (int c = 0; c < 10; c++) {
          line.append(c == 0 ? "" : ",").append(outputs.getDouble(n, c));
        }
        csv.println(line);
      }
    }
  }

  static float[][] images(String file, int n) throws Exception {
    try (DataInputStream in = new DataInputStream(new GZIPInputStream(new FileInputStream(file), 1 << 16))) {
      in.readFully(new byte[16]);
      byte[] row = new byte[784];
      float[][] images = new float[n][784];
      for (float[] image : images) {
        in.readFully(row);
        for (int i = 0; i < 784; i++) {
          image[i] = (row[i] & 0xff) / 255f;
        }
      }
      return images;
    }
  }

  static float[][] targets(String file, int n) throws Exception {
    try (DataInputStream in = new DataInputStream(new GZIPInputStream(new FileInputStream(file)))) {
      in.readFully(new byte[8]);
      float[][] targets = new float[n][10];
      for (float[] target : targets) {
        target[in.readByte()] = 1;
      }
      return targets;
    }
  }
}
