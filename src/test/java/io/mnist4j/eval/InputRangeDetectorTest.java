package io.mnist4j.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.strokes.Strokes;
import io.mnist4j.model.InputRange;
import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.Networks;
import io.mnist4j.model.Origin;
import io.mnist4j.model.Provenance;
import io.mnist4j.model.Tensors;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.model.foreign.ModelFile;
import io.mnist4j.model.foreign.ModelFiles;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;

class InputRangeDetectorTest {
  private static final ImageSet DIGITS = Strokes.generate(9, 300);

  @Test
  void findsRawPixelsAndSaysSo() throws Exception {
    TrainedModel read = ModelFile.read(ModelFiles.file("keras3-bytes.h5"));
    TrainedModel model = InputRangeDetector.on(read, DIGITS, "test");
    assertEquals(InputRange.BYTES, model.range());
    String note = model.origin().orElseThrow().notes().get(0);
    assertTrue(
        note.matches(
            "it seems to take pixels of 0\\.\\.255: it names [0-9.]+ % of 300 test images right so"
                + " \\(loss [0-9.]+\\), and [0-9.]+ % with 0\\.\\.1 \\(loss [0-9.]+\\)"),
        note);
    assertEquals(InputRange.BYTES, InputRangeDetector.onStrokes(read).range());
  }

  @Test
  void leavesTheUsualRangeAlone() throws Exception {
    TrainedModel read = ModelFile.read(ModelFiles.file("keras3-cnn.h5"));
    TrainedModel model = InputRangeDetector.onStrokes(read);
    assertEquals(InputRange.UNIT, model.range());
    assertSame(read.network(), model.network());
    assertTrue(
        model.notes().get(0).startsWith("it seems to take pixels of 0..1: it names"),
        model.notes().toString());
  }

  /** Small networks that hardly mind which range they get, as most with ReLU. */
  @ParameterizedTest
  @ValueSource(strings = {"0..1", "0..255", "-1..1", "-0.5..0.5", "1..0", "-0.4242..2.8215"})
  void findsTheRangeThatANetworkWasTrainedWith(String text) {
    InputRange range = InputRange.parse(text);
    MultiLayerNetwork network = trained(range);
    TrainedModel model =
        new TrainedModel(
            network,
            Provenance.unknown(10, 28, 28, "test"),
            Optional.of(new Origin("test", false, List.of())));
    TrainedModel found = InputRangeDetector.on(model, DIGITS, "test");
    // The strokes' own mean and deviation are nearly those of MNIST.
    double near = 0.05 * Math.abs(range.ink() - range.paper());
    assertEquals(range.paper(), found.range().paper(), near, found.notes().toString());
    assertEquals(range.ink(), found.range().ink(), near, found.notes().toString());
    assertEquals(1, found.notes().size());
  }

  private static MultiLayerNetwork trained(InputRange range) {
    ImageSet images = Strokes.generate(5, 2_000);
    double rate = Math.abs(range.ink() - range.paper()) > 100 ? 0.001 : 0.004;
    MultiLayerNetwork network =
        Networks.create(
            NetworkSpec.DEFAULT, 28, 28, 10, training -> training.updater(new Adam(rate)), 1);
    INDArray features =
        Tensors.features(images).muli(range.ink() - range.paper()).addi(range.paper());
    for (int epoch = 0; epoch < 8; epoch++) {
      for (int first = 0; first < images.size(); first += 100) {
        INDArray targets = Nd4j.zeros(100, 10);
        for (int i = 0; i < 100; i++) {
          targets.putScalar(i, images.label(first + i), 1);
        }
        network.fit(features.get(NDArrayIndex.interval(first, first + 100)).dup(), targets);
      }
    }
    return network;
  }

  @Test
  void believesWhatIsSaid() throws Exception {
    TrainedModel read =
        ModelFile.read(ModelFiles.file("keras3-bytes.h5"), Optional.of(InputRange.UNIT));
    assertSame(read, InputRangeDetector.on(read, DIGITS, "test"));
  }

  /** A network of fewer classes than there are digits is asked nothing. */
  @Test
  void passesOverWhatIsNotForDigits() throws Exception {
    TrainedModel read = ModelFile.read(ModelFiles.file("keras3-bytes.h5"));
    TrainedModel two =
        new TrainedModel(read.network(), Provenance.unknown(2, 28, 28, "test"), read.origin());
    TrainedModel model = InputRangeDetector.onStrokes(two);
    assertSame(two.network(), model.network());
    assertEquals(
        List.of("its file does not say which range of pixels it takes: 0..1 is assumed"),
        model.notes());
  }

  @Test
  void saysWhenNothingSuits() throws Exception {
    TrainedModel read = ModelFile.read(ModelFiles.file("keras3-functional.h5"));
    TrainedModel model = InputRangeDetector.on(read, DIGITS, "test");
    assertEquals(InputRange.UNIT, model.range());
    List<String> notes = model.origin().orElseThrow().notes();
    assertTrue(notes.get(0).contains("and 0..1 is assumed"), notes.toString());
  }
}
