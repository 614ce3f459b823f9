package io.mnist4j.model.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.errors.ModelException;
import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.Networks;
import io.mnist4j.model.Provenance;
import io.mnist4j.model.TrainedModel;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

class ModelArchiveTest {
  private static final Provenance PROVENANCE =
      new Provenance(
          Map.of("training", Map.of("epochs", 1), "model", List.of("a", "b")),
          "tiny",
          Map.of("images", "ab12"),
          List.of("yes", "no"),
          2,
          3,
          -5,
          Map.of("test-accuracy", 0.1 + 0.2),
          Map.of("mnist4j", "0.1.0"),
          Map.of("os", "Linux"));

  @TempDir Path directory;
  private Path file;
  private MultiLayerNetwork network;

  @BeforeEach
  void writeOne() throws Exception {
    file = directory.resolve("model.zip");
    network =
        Networks.create(
            NetworkSpec.DEFAULT, 2, 3, 2, training -> training.updater(new Adam(1e-3)), 1);
    network.fit(Nd4j.ones(DataType.FLOAT, 4, 6), Nd4j.ones(DataType.FLOAT, 4, 2));
    ModelArchive.write(file, new TrainedModel(network, PROVENANCE));
  }

  @Test
  void readsWhatItWrote() throws Exception {
    TrainedModel read = ModelArchive.read(file);
    assertEquals(PROVENANCE, read.provenance());
    assertArrayEquals(network.params().toFloatVector(), read.network().params().toFloatVector());
    assertArrayEquals(
        network.getUpdater().getStateViewArray().toFloatVector(),
        read.network().getUpdater().getStateViewArray().toFloatVector());
    assertEquals(1, read.network().getIterationCount());
  }

  @Test
  void numbersAreThoseOfNd4j() throws Exception {
    assertArrayEquals(written(network.params()), entry(ModelSerializer.COEFFICIENTS_BIN));
    assertArrayEquals(
        written(network.getUpdater().getStateViewArray()), entry(ModelSerializer.UPDATER_BIN));
  }

  private static byte[] written(INDArray array) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Nd4j.write(array, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private byte[] entry(String name) throws Exception {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.getInputStream(zip.getEntry(name)).readAllBytes();
    }
  }

  @Test
  void leavesNothingButTheFileAndReplacesAnOldOne() throws Exception {
    ModelArchive.write(file, new TrainedModel(network, PROVENANCE));
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  /** In a JVM that has DL4J's jars on its class path and no class of ours. */
  @Test
  void stockDl4jReadsIt() throws Exception {
    Path program = directory.resolve("Stock.java");
    Files.writeString(
        program,
        """
        import java.io.File;
        import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
        import org.nd4j.linalg.api.buffer.DataType;
        import org.nd4j.linalg.factory.Nd4j;

        class Stock {
          public static void main(String[] args) throws Exception {
            MultiLayerNetwork network = MultiLayerNetwork.load(new File(args[0]), true);
            System.out.println(network.output(Nd4j.ones(DataType.FLOAT, 1, 6)).getFloat(0, 1));
          }
        }
        """);
    String jars =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> entry.endsWith(".jar"))
            .collect(Collectors.joining(File.pathSeparator));
    Path output = directory.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-cp",
                jars,
                program.toString(),
                file.toString())
            // JDK 24 and later warn there about what stock DL4J does.
            .redirectError(directory.resolve("errors.txt").toFile())
            .redirectOutput(output.toFile())
            .start();
    assertEquals(0, process.waitFor(), Files.readString(directory.resolve("errors.txt")));
    INDArray expected = network.output(Nd4j.ones(DataType.FLOAT, 1, 6));
    assertEquals(String.valueOf(expected.getFloat(0, 1)), Files.readString(output).strip());
  }

  @Test
  void missingFile() {
    assertRefused(directory.resolve("other.zip"), "other.zip: no such file");
  }

  @Test
  void textFile() throws Exception {
    Files.writeString(file, "not a zip");
    assertRefused(file, "is damaged or not a model archive");
  }

  @Test
  void truncatedFile() throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertRefused(file, "is damaged or not a model archive");
  }

  @Test
  void flippedBit() throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertRefused(file, "is damaged or not a model archive");
  }

  @Test
  void emptyZip() throws Exception {
    try (OutputStream out = Files.newOutputStream(file)) {
      new ZipOutputStream(out).finish();
    }
    assertRefused(file, "has no entry mnist4j.json: it was not written by mnist4j");
  }

  @Test
  void laterFormat() throws Exception {
    edit(
        "mnist4j.json",
        PROVENANCE.toJson().replace("\"formatVersion\" : 1", "\"formatVersion\" : 2"));
    assertRefused(file, "has format version 2; this program reads version 1");
  }

  @Test
  void provenanceThatLacksAKey() throws Exception {
    edit("mnist4j.json", "{\"formatVersion\": 1}");
    assertRefused(file, "its mnist4j.json lacks \"config\"");
  }

  @Test
  void provenanceThatIsNotJson() throws Exception {
    edit("mnist4j.json", "{");
    assertRefused(file, "its mnist4j.json is not JSON");
  }

  @Test
  void configurationThatIsNotDl4js() throws Exception {
    edit("configuration.json", "{}");
    assertRefused(file, "the network in it cannot be used");
  }

  @Test
  void unwritableTarget() throws Exception {
    Path blocked = file.resolve("model.zip");
    FileSystemException refused =
        assertThrows(
            FileSystemException.class,
            () -> ModelArchive.write(blocked, new TrainedModel(network, PROVENANCE)));
    assertEquals(blocked.toString(), refused.getFile());
  }

  private void edit(String entry, String content) throws Exception {
    try (FileSystem zip = FileSystems.newFileSystem(file)) {
      Files.writeString(zip.getPath(entry), content);
    }
  }

  private static void assertRefused(Path file, String expected) {
    ModelException refused = assertThrows(ModelException.class, () -> ModelArchive.read(file));
    assertTrue(refused.getMessage().contains(expected), refused.getMessage());
    assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
  }
}
