package io.mnist4j.model.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.errors.ModelException;
import io.mnist4j.model.InputRange;
import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.Networks;
import io.mnist4j.model.Provenance;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.model.archive.ModelArchive;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Zips that other programs on Deeplearning4j wrote, of its versions from 0.9 on. */
class Dl4jFileTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("model.zip");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dl4j-0.9.1-mlp", "dl4j-1.0.0-beta3-mlp", "dl4j-1.0.0-beta3-cnn"})
  void oldVersions(String name) throws Exception {
    TrainedModel model = ModelFile.read(ModelFiles.file(name + ".zip"));
    ModelFiles.assertOutputs(ModelFiles.expected(name), model, name);
  }

  /** 0.9 left epsilon out when its batch normalisation was done with training. */
  @Test
  void oldVersionWithBatchNormalization() throws Exception {
    INDArray expected = ModelFiles.table(ModelFiles.expected("dl4j-0.9.1-cnn"));
    INDArray outputs =
        ModelFile.read(ModelFiles.file("dl4j-0.9.1-cnn.zip")).outputs(ModelFiles.images());
    assertTrue(outputs.equalsWithEps(expected, 1e-3), outputs + " is not " + expected);
  }

  @Test
  void rows() throws Exception {
    MultiLayerNetwork network =
        network(
            layers()
                .layer(new DenseLayer.Builder().nIn(784).nOut(5).build())
                .layer(output().nIn(5).build()));
    assertSame(network, write(network), 784);
  }

  @Test
  void doublePrecision() throws Exception {
    MultiLayerNetwork network =
        network(
            new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .list()
                .layer(new DenseLayer.Builder().nIn(784).nOut(5).build())
                .layer(output().nIn(5).build()));
    assertSame(network, write(network), 784);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NCHW", "NHWC"})
  void images(String order) throws Exception {
    CNN2DFormat format = CNN2DFormat.valueOf(order);
    MultiLayerNetwork network =
        network(convolutions(format).setInputType(InputType.convolutional(28, 28, 1, format)));
    assertSame(network, write(network), shape(format, 28));
  }

  /** Nothing in the file says their size but what the dense layer expects. */
  @Test
  void imagesOfAnotherSize() throws Exception {
    MultiLayerNetwork network =
        network(convolutions(CNN2DFormat.NCHW).setInputType(InputType.convolutional(20, 20, 1)));
    TrainedModel model = write(network);
    assertEquals(20, model.provenance().height());
    assertEquals(20, model.provenance().width());
    assertEquals(3, model.outputs(Nd4j.rand(3, 400)).size(0));
  }

  @Test
  void rowsForConvolutions() throws Exception {
    MultiLayerNetwork network =
        network(
            convolutions(CNN2DFormat.NCHW).setInputType(InputType.convolutionalFlat(28, 28, 1)));
    assertSame(network, write(network), 784);
  }

  @Test
  void imagesForDenseLayers() throws Exception {
    MultiLayerNetwork network =
        network(
            layers()
                .layer(new DenseLayer.Builder().nOut(5).build())
                .layer(output().build())
                .setInputType(InputType.convolutional(28, 28, 1)));
    assertSame(network, write(network), 1, 28, 28);
  }

  @Test
  void chainThatIsAGraph() throws Exception {
    ComputationGraph graph =
        new ComputationGraph(
            graph()
                .addLayer("c", new ConvolutionLayer.Builder(5, 5).nOut(3).build(), "in")
                .addLayer("p", new GlobalPoolingLayer(PoolingType.AVG), "c")
                .addLayer("out", output().build(), "p")
                .setOutputs("out")
                .setInputTypes(InputType.convolutional(28, 28, 1))
                .build());
    graph.init();
    INDArray expected = graph.output(ModelFiles.images().reshape(5, 1, 28, 28))[0];
    ModelFiles.assertOutputs(expected, write(graph).outputs(ModelFiles.images()), "graph");
  }

  @Test
  void graphWithBranchesIsRefused() throws Exception {
    ComputationGraph graph =
        new ComputationGraph(
            graph()
                .addLayer("a", new DenseLayer.Builder().nIn(784).nOut(3).build(), "in")
                .addLayer("b", new DenseLayer.Builder().nIn(784).nOut(3).build(), "in")
                .addVertex("both", new MergeVertex(), "a", "b")
                .addLayer("out", output().nIn(6).build(), "both")
                .setOutputs("out")
                .build());
    graph.init();
    assertRefused(graph, "it is a graph in which 'in' feeds both");
  }

  @Test
  void logitsBecomeProbabilities() throws Exception {
    MultiLayerNetwork network =
        network(
            layers()
                .layer(new DenseLayer.Builder().nIn(784).nOut(5).build())
                .layer(output().nIn(5).activation(Activation.IDENTITY).build())
                .validateOutputLayerConfig(false));
    INDArray sums = write(network).outputs(ModelFiles.images()).sum(1);
    assertTrue(sums.equalsWithEps(Nd4j.ones(5), 1e-5), sums.toString());
  }

  @Test
  void scalerOfPixelsIsRead() throws Exception {
    TrainedModel model = write(dense(), new ImagePreProcessingScaler(-1, 1));
    assertEquals(new InputRange(-1, 1), model.range());
    assertTrue(model.origin().orElseThrow().rangeKnown());
  }

  @Test
  void otherNormalizersAreNamed() throws Exception {
    NormalizerStandardize standardize = new NormalizerStandardize();
    standardize.fit(new DataSet(ModelFiles.images(), ModelFiles.images()));
    TrainedModel model = write(dense(), standardize);
    assertEquals(InputRange.UNIT, model.range());
    assertEquals(
        List.of(
            "its normalizer.bin is of the kind STANDARDIZE and is ignored: say which range of"
                + " pixels it was trained with"),
        model.origin().orElseThrow().notes());
  }

  @Test
  void coloursAndSequencesAreRefused() throws Exception {
    assertRefused(
        network(
            layers()
                .layer(new ConvolutionLayer.Builder(5, 5).name("eyes").nIn(3).nOut(2).build())
                .layer(new GlobalPoolingLayer(PoolingType.MAX))
                .layer(output().nIn(2).build())),
        "its layer 'eyes' (ConvolutionLayer) takes images of 3 channels");
    assertRefused(
        network(
            layers()
                .layer(new LSTM.Builder().name("rows").nIn(28).nOut(4).build())
                .layer(
                    new RnnOutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nIn(4)
                        .nOut(10)
                        .build())),
        "its layer 'rows' (LSTM) cannot be the first that sees an image");
    assertRefused(
        network(layers().layer(output().nIn(100 * 7).build())),
        "its layer 'layer0' (OutputLayer) takes 700 numbers, which are no square image");
  }

  @Test
  void brokenContentIsRefused() throws Exception {
    write(dense());
    edit("coefficients.bin", new byte[] {0, 4, 'H', 'E', 'A', 'P', 127, 127, 127, 127});
    assertRefused("its entry coefficients.bin ends too early");
    edit("coefficients.bin", "nonsense".getBytes(StandardCharsets.UTF_8));
    assertRefused("coefficients.bin");
    edit("configuration.json", "{}".getBytes(StandardCharsets.UTF_8));
    assertRefused("cannot be used");
  }

  /** DL4J itself would run what its author put there. */
  @Test
  void objectsInAFileAreNotLoaded() throws Exception {
    MultiLayerNetwork network = dense();
    write(network);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new Bomb());
    }
    edit("preprocessor.bin", bytes.toByteArray());
    assertRefused("its entry preprocessor.bin holds Java objects");

    Provenance provenance = Provenance.unknown(2, 2, 3, "test");
    MultiLayerNetwork ours =
        Networks.create(NetworkSpec.DEFAULT, 2, 3, 2, training -> training.updater(new Adam()), 1);
    ModelArchive.write(file, new TrainedModel(ours, provenance));
    edit("preprocessor.bin", bytes.toByteArray());
    assertRefused("its entry preprocessor.bin holds Java objects");
    assertFalse(Bomb.exploded, "an object of the file was loaded");
    assertThrows(
        ClassCastException.class,
        () -> ModelSerializer.restoreMultiLayerNetwork(file.toFile()),
        "the test's own check: DL4J does load it");
    assertTrue(Bomb.exploded);
  }

  /** Notes that somebody deserialised it. */
  static final class Bomb implements Serializable {
    private static final long serialVersionUID = 1L;
    static boolean exploded;

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      exploded = true;
    }
  }

  private static NeuralNetConfiguration.ListBuilder layers() {
    return new NeuralNetConfiguration.Builder().seed(5).list();
  }

  private static GraphBuilder graph() {
    return new NeuralNetConfiguration.Builder().seed(5).graphBuilder().addInputs("in");
  }

  private static OutputLayer.Builder output() {
    return new OutputLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX).nOut(10);
  }

  private static NeuralNetConfiguration.ListBuilder convolutions(CNN2DFormat format) {
    return layers()
        .layer(
            new ConvolutionLayer.Builder(5, 5)
                .nOut(3)
                .convolutionMode(ConvolutionMode.Same)
                .activation(Activation.RELU)
                .dataFormat(format)
                .build())
        .layer(new BatchNormalization.Builder().dataFormat(format).build())
        .layer(
            new SubsamplingLayer.Builder(2, 2)
                .stride(2, 2)
                .poolingType(SubsamplingLayer.PoolingType.MAX)
                .dataFormat(format)
                .build())
        .layer(new DenseLayer.Builder().nOut(7).activation(Activation.TANH).build())
        .layer(output().build());
  }

  private static MultiLayerNetwork dense() {
    return network(layers().layer(output().nIn(784).build()));
  }

  private static MultiLayerNetwork network(NeuralNetConfiguration.ListBuilder layers) {
    MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
    network.init();
    return network;
  }

  private static long[] shape(CNN2DFormat format, int side) {
    return format == CNN2DFormat.NHWC ? new long[] {side, side, 1} : new long[] {1, side, side};
  }

  private TrainedModel write(Model network) throws Exception {
    ModelSerializer.writeModel(network, file.toFile(), true);
    return ModelFile.read(file);
  }

  private TrainedModel write(Model network, DataNormalization normalizer) throws Exception {
    write(network);
    ModelSerializer.addNormalizerToModel(file.toFile(), normalizer);
    return ModelFile.read(file);
  }

  private void edit(String entry, byte[] content) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(file)) {
      Files.write(zip.getPath(entry), content);
    }
  }

  /**
   * The model says what the network says of images in its own shape.
   *
   * @param shape of one image
   */
  private static void assertSame(MultiLayerNetwork network, TrainedModel model, long... shape) {
    long[] batch = new long[shape.length + 1];
    batch[0] = 5;
    System.arraycopy(shape, 0, batch, 1, shape.length);
    DataType type = network.getLayerWiseConfigurations().getDataType();
    INDArray expected = network.output(ModelFiles.images().castTo(type).reshape(batch));
    ModelFiles.assertOutputs(expected, model.outputs(ModelFiles.images()), "outputs");
  }

  private void assertRefused(Model network, String expected) throws IOException {
    ModelSerializer.writeModel(network, file.toFile(), false);
    assertRefused(expected);
  }

  private void assertRefused(String expected) {
    ModelException refused = assertThrows(ModelException.class, () -> ModelFile.read(file));
    assertTrue(refused.getMessage().contains(expected), refused.getMessage());
    assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
  }
}
