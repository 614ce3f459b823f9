package io.mnist4j.model.foreign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.WritableGroup;
import io.mnist4j.errors.ModelException;
import io.mnist4j.model.InputRange;
import io.mnist4j.model.TrainedModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/** Files that Keras wrote: our outputs are Keras' own. */
class KerasFileTest {
  /** What mnist4j does not read: refused, with this in the message. */
  private static final Map<String, String> REFUSED =
      Map.of(
          "layernorm", "its layer 'layer_normalization' (LayerNormalization) is of a kind",
          "lstm", "its layer 'lstm' (LSTM) is of a kind that mnist4j does not read");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "keras2-mlp.h5",
        "keras2-cnn.h5",
        "keras3-mlp.h5",
        "keras3-cnn.h5",
        "keras3-rescaling.h5",
        "keras3-functional.h5"
      })
  void wholeModelsGiveWhatKerasGives(String name) throws Exception {
    TrainedModel model = ModelFile.read(ModelFiles.file(name));
    ModelFiles.assertOutputs(ModelFiles.expected(name.replace(".h5", "")), model, name);
    assertEquals(10, model.provenance().labels().size());
    assertEquals("unknown", model.provenance().dataset());
    String version = name.startsWith("keras2") ? "Keras 2.15.0" : "Keras 3.15.1";
    assertEquals(version, model.origin().orElseThrow().format());
  }

  @Test
  void zipOfKeras3() throws Exception {
    TrainedModel model = ModelFile.read(ModelFiles.file("keras3-cnn.keras"));
    ModelFiles.assertOutputs(ModelFiles.expected("keras3-cnn"), model, "keras3-cnn.keras");
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 2048})
  void userBlockIsNamed(int length) throws Exception {
    byte[] model = Files.readAllBytes(ModelFiles.file("keras3-mlp.h5"));
    byte[] file = new byte[length + model.length];
    System.arraycopy(model, 0, file, length, model.length);
    assertRefused(
        Files.write(directory.resolve("block.h5"), file),
        "is HDF5 behind a user block of %d bytes; take that off with h5unjam".formatted(length));
  }

  /**
   * Where the versions of Keras put the weights of convolutions 0 and 1: a layer's path is its
   * class with a number.
   */
  @ParameterizedTest
  @CsvSource({
    "2.13.1, '_layer_checkpoint_dependencies\\', 2, false", // on Windows
    "2.14.0, _layer_checkpoint_dependencies/, 2, false",
    "2.15.0, 'layers\\', 1, false",
    "3.1.1, layers/, 1, false",
    "3.5.0, layers/, 1, false",
    "3.6.0, layers/, 1, true",
  })
  void zipsOfEveryVersion(String version, String folder, int step, boolean named) throws Exception {
    Path file = zip(version, folder, step, named ? "conv2d" : null);
    ModelFiles.assertOutputs(ModelFiles.expected("keras3-cnn"), ModelFile.read(file), version);
  }

  /**
   * Where Keras keeps the weights of a model that is a layer: below its own, and all in one group.
   */
  @Test
  void weightsOfAModelInAModel() throws Exception {
    Path zipped = directory.resolve("weights.h5");
    Path nested = directory.resolve("nested.h5");
    String config;
    try (HdfFile old = new HdfFile(ModelFiles.file("keras3-mlp.h5"));
        WritableHdfFile zip = HdfFile.write(zipped);
        WritableHdfFile hdf5 = HdfFile.write(nested)) {
      JsonNode model =
          new ObjectMapper().readTree((String) old.getAttribute("model_config").getData());
      JsonNode input = model.path("config").path("layers").path(0);
      ((ObjectNode) model.path("config")).put("name", "inner");
      config =
          "{\"class_name\": \"Sequential\", \"config\": {\"name\": \"outer\", \"layers\": [%s, %s]}}"
              .formatted(input, model);
      hdf5.putAttribute("keras_version", "3.5.0");
      hdf5.putAttribute("model_config", config);
      WritableGroup group = hdf5.putGroup("model_weights").putGroup("inner");
      WritableGroup layers = zip.putGroup("layers").putGroup("sequential").putGroup("layers");
      List<String> names = new ArrayList<>();
      List<String> dense = new ArrayList<>();
      for (JsonNode layer : model.path("config").path("layers")) {
        if (layer.path("class_name").asText().equals("Dense")) {
          dense.add(layer.path("config").path("name").asText());
        }
      }
      for (String name : dense) {
        Group from = (Group) old.getByPath("model_weights/" + name);
        String[] arrays = (String[]) from.getAttribute("weight_names").getData();
        WritableGroup own = group.putGroup(name);
        WritableGroup vars =
            layers.putGroup(names.isEmpty() ? "dense" : "dense_1").putGroup("vars");
        for (int i = 0; i < arrays.length; i++) {
          Object data = from.getDatasetByPath(arrays[i]).getData();
          names.add(name + "/" + i);
          own.putDataset(String.valueOf(i), data);
          vars.putDataset(String.valueOf(i), data);
        }
      }
      group.putAttribute("weight_names", names.toArray(String[]::new));
    }
    Path file = directory.resolve("model.keras");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      out.putNextEntry(new ZipEntry("config.json"));
      out.write(config.getBytes(UTF_8));
      out.putNextEntry(new ZipEntry("metadata.json"));
      out.write("{\"keras_version\": \"3.5.0\"}".getBytes(UTF_8));
      out.putNextEntry(new ZipEntry("model.weights.h5"));
      out.write(Files.readAllBytes(zipped));
    }
    for (Path each : List.of(nested, file)) {
      ModelFiles.assertOutputs(
          ModelFiles.expected("keras3-mlp"), ModelFile.read(each), each.toString());
    }
  }

  /** A name that contradicts the place: which of the two is meant cannot be known. */
  @Test
  void weightsOfAnotherLayerAreNotTaken() throws Exception {
    assertRefused(
        zip("3.6.0", "layers/", 1, "another"), "has the weights of 'another' in its place");
  }

  /** The weights of keras3-cnn.keras in a file as another version has it. */
  private Path zip(String version, String folder, int step, String nameOfFirst) throws Exception {
    Path weights = directory.resolve("weights.h5");
    Path file = directory.resolve("model.keras");
    try (ZipFile zip = new ZipFile(ModelFiles.file("keras3-cnn.keras").toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      byte[] old = zip.getInputStream(zip.getEntry("model.weights.h5")).readAllBytes();
      try (HdfFile read = HdfFile.fromBytes(old);
          WritableHdfFile hdf5 = HdfFile.write(weights)) {
        Group layers = (Group) read.getChild("layers");
        boolean nested = folder.endsWith("/");
        WritableGroup root = nested ? hdf5.putGroup(folder.replace("/", "")) : hdf5;
        for (Node layer : layers.getChildren().values()) {
          Matcher number = Pattern.compile("(.*)_(\\d+)").matcher(layer.getName());
          String name =
              number.matches()
                  ? number.group(1) + "_" + step * Integer.parseInt(number.group(2))
                  : layer.getName();
          WritableGroup vars = root.putGroup(nested ? name : folder + name).putGroup("vars");
          if (name.equals("conv2d") && nameOfFirst != null) {
            vars.putAttribute("name", nameOfFirst);
          }
          for (Node array : ((Group) ((Group) layer).getChild("vars")).getChildren().values()) {
            vars.putDataset(array.getName(), ((Dataset) array).getData());
          }
        }
      }
      out.putNextEntry(new ZipEntry("config.json"));
      zip.getInputStream(zip.getEntry("config.json")).transferTo(out);
      out.putNextEntry(new ZipEntry("metadata.json"));
      out.write("{\"keras_version\": \"%s\"}".formatted(version).getBytes(UTF_8));
      out.putNextEntry(new ZipEntry("model.weights.h5"));
      out.write(Files.readAllBytes(weights));
    }
    return file;
  }

  @Test
  void rawPixelsInAndLogitsOut() throws Exception {
    Path file = ModelFiles.file("keras3-bytes.h5");
    TrainedModel model = ModelFile.read(file, Optional.of(InputRange.BYTES));
    assertEquals(InputRange.BYTES, model.range());
    INDArray logits = ModelFiles.table(ModelFiles.expected("keras3-bytes"));
    ModelFiles.assertOutputs(Transforms.softmax(logits, true), model, "keras3-bytes");
  }

  /** The file says by its first layer what it takes, whatever the user does not say. */
  @Test
  void rescalingTellsTheRange() throws Exception {
    TrainedModel model = ModelFile.read(ModelFiles.file("keras3-rescaling.h5"));
    assertEquals(InputRange.BYTES, model.range());
    assertTrue(model.origin().orElseThrow().rangeKnown());
  }

  @Test
  void everyKindOfLayerIsRightOrRefused() throws Exception {
    Set<String> refused = new HashSet<>();
    for (String name : ModelFiles.layerModels()) {
      Path file = ModelFiles.layerModel(name, directory);
      if (REFUSED.containsKey(name)) {
        assertRefused(file, REFUSED.get(name));
        refused.add(name);
      } else {
        ModelFiles.assertOutputs(
            ModelFiles.layerModelOutputs(name),
            ModelFile.read(file).outputs(ModelFiles.images()),
            name);
      }
    }
    assertEquals(REFUSED.keySet(), refused);
  }

  @Test
  void branchesAreRefused() throws Exception {
    assertRefused(
        ModelFiles.file("keras3-branches.h5"),
        "its layer 'conv2d_6' (Conv2D) has the same input as 'conv2d_5'");
  }

  @Test
  void weightsAloneAreRefused() throws Exception {
    Path file = directory.resolve("weights.h5");
    try (WritableHdfFile hdf5 = HdfFile.write(file)) {
      hdf5.putGroup("dense").putDataset("kernel", new float[] {1, 2});
    }
    assertRefused(file, "save the whole model with model.save('model.h5')");
  }

  /** Whatever is broken, it is said in the one way that the program turns into a line. */
  @Test
  void damageIsNeverABug() throws Exception {
    byte[] whole = Files.readAllBytes(ModelFiles.file("keras3-functional.h5"));
    Path file = directory.resolve("damaged.h5");
    // The last bytes are filling.
    for (int length = 8; length < whole.length - 100; length += 997) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThrows(ModelException.class, () -> ModelFile.read(file), "length " + length);
    }
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < 100; i++) {
      byte[] flipped = whole.clone();
      flipped[8 + random.nextInt(whole.length - 8)] ^= (byte) (1 + random.nextInt(255));
      Files.write(file, flipped);
      try {
        ModelFile.read(file);
      } catch (ModelException e) {
        refused++;
      }
    }
    assertTrue(refused > 0, "no flipped byte was noticed");
  }

  @Test
  void otherFilesAreNamedForWhatTheyAre() throws Exception {
    assertRefused(directory.resolve("none.h5"), "no such file");
    assertRefused(directory, "is a folder");
    assertRefused(Files.write(directory.resolve("a.txt"), new byte[0]), "is no model");
    Path pickle = Files.write(directory.resolve("a.pkl"), new byte[] {(byte) 0x80, 4, 1, 2});
    assertRefused(pickle, "a Python pickle");
    assertRefused(
        Files.writeString(directory.resolve("a.h5"), "<!DOCTYPE html>"), "but an HTML page");
    assertRefused(ModelFiles.file("keras3-layers.zip"), "is a zip with no model in it");
    Files.write(
        Files.createDirectory(directory.resolve("tf")).resolve("saved_model.pb"), new byte[1]);
    assertRefused(directory.resolve("tf"), "TensorFlow's SavedModel");
  }

  private static void assertRefused(Path file, String expected) {
    ModelException refused = assertThrows(ModelException.class, () -> ModelFile.read(file));
    assertTrue(refused.getMessage().contains(expected), refused.getMessage());
    assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
  }
}
