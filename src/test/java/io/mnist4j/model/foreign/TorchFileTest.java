package io.mnist4j.model.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.errors.ModelException;
import io.mnist4j.model.InputRange;
import io.mnist4j.model.TrainedModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What PyTorch exports, read as PyTorch computes it. */
class TorchFileTest {
  @TempDir Path directory;

  private static Path file(String name) {
    return ModelFiles.file("torch/" + name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mlp-script.onnx",
        "mlp-dynamo.onnx",
        "cnn-script.onnx",
        "cnn-dynamo.onnx",
        "cnn-half.safetensors"
      })
  void networkGivesWhatPyTorchGives(String name) throws Exception {
    TrainedModel model = ModelFile.read(file(name), Optional.of(InputRange.UNIT));
    String expected = name.endsWith("s") ? "torch/cnn-half" : "torch/" + name.substring(0, 3);
    ModelFiles.assertOutputs(ModelFiles.expected(expected), model, name);
  }

  @Test
  void logarithmsAreReadAsProbabilities() throws Exception {
    TrainedModel model = ModelFile.read(file("cnn-script.onnx"));
    assertEquals(
        List.of("it gives logarithms of probabilities, and is read as giving the probabilities"),
        model.notes());
    assertTrue(model.origin().orElseThrow().format().startsWith("ONNX of pytorch "));
  }

  @Test
  void meanAndDeviationInTheNetworkSayTheRange() throws Exception {
    assertTrue(ModelFile.read(file("mlp-script.onnx")).origin().orElseThrow().rangeKnown());
  }

  @Test
  void weightsInAnotherFileMustBeThere() throws Exception {
    Path alone = Files.copy(file("mlp-dynamo.onnx"), directory.resolve("alone.onnx"));
    ModelException e = assertThrows(ModelException.class, () -> ModelFile.read(alone));
    assertTrue(
        e.getMessage().contains("mlp-dynamo.onnx.data, which cannot be read"), e.getMessage());
  }

  @Test
  void pickleIsRefusedWithTheLineThatMakesSafetensorsOfIt() {
    ModelException e = assertThrows(ModelException.class, () -> ModelFile.read(file("cnn.pt")));
    assertTrue(
        e.getMessage()
            .endsWith(
                "python3 -c \"import torch, safetensors.torch as s; s.save_file({k: v.contiguous()"
                    + " for k, v in torch.load('cnn.pt', weights_only=True).items()},"
                    + " 'cnn.safetensors')\""),
        e.getMessage());
  }

  @Test
  void weightsWithoutLayersAreRefused() throws Exception {
    Path alone = Files.copy(file("cnn-half.safetensors"), directory.resolve("w.safetensors"));
    ModelException e = assertThrows(ModelException.class, () -> ModelFile.read(alone));
    assertTrue(e.getMessage().contains("a config.json beside it has to say"), e.getMessage());
    assertTrue(ModelFile.isModel(alone));
  }

  @Test
  void eachLayerOfAConfigIsReadOrRefused() throws Exception {
    Files.copy(file("cnn-half.safetensors"), directory.resolve("w.safetensors"));
    assertRefused("[{\"type\": \"LSTM\"}]", "layer '0' (LSTM) is of a kind");
    assertRefused(
        "[{\"type\": \"Conv2d\", \"name\": \"conv1\", \"padding_mode\": \"reflect\"}]",
        "has the padding_mode reflect");
    assertRefused(
        "[{\"type\": \"Conv2d\", \"name\": \"conv1\", \"padding\": 1, \"wings\": 2}]",
        "has wings 2");
    assertRefused("[{\"type\": \"Linear\", \"name\": \"fc2\"}]", "has no array 'fc2.weight'");
    assertRefused("[{\"type\": \"Linear\", \"name\": \"fc\"}]", "");
  }

  private void assertRefused(String layers, String why) throws Exception {
    Files.writeString(
        directory.resolve("config.json"),
        "{\"input\": [1, 28, 28], \"layers\": %s}".formatted(layers));
    ModelException e =
        assertThrows(
            ModelException.class, () -> ModelFile.read(directory.resolve("w.safetensors")));
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }
}
