package io.mnist4j.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.TrainedRuns;
import io.mnist4j.data.ImageSet;
import io.mnist4j.data.strokes.Strokes;
import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.Networks;
import io.mnist4j.model.Provenance;
import io.mnist4j.model.Tensors;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.model.export.ExportFormat;
import io.mnist4j.model.export.Exporter;
import io.mnist4j.model.foreign.ModelFile;
import io.mnist4j.model.layers.Activation;
import io.mnist4j.model.layers.Avgpool2d;
import io.mnist4j.model.layers.Batchnorm;
import io.mnist4j.model.layers.Conv2d;
import io.mnist4j.model.layers.Dense;
import io.mnist4j.model.layers.Flatten;
import io.mnist4j.model.layers.Maxpool2d;
import io.mnist4j.model.layers.OutputSpec;
import io.mnist4j.model.layers.Padding;
import io.mnist4j.model.layers.WeightInit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.shade.jackson.databind.JsonNode;

/** An exported page, opened from the disk in a real browser. */
@EnabledIf("hasBrowser")
class ExportedPageTest {
  private static final double[] SEVEN = {.3, .25, .7, .25, .5, .55, .42, .8};
  private static final double[] SMALL_SEVEN = {.1, .3, .35, .3, .22, .55, .2, .65};
  private static final double[] ONE_BESIDE = {.75, .3, .73, .65};

  @TempDir static Path folder;
  private static Chromium browser;

  static boolean hasBrowser() {
    return Chromium.find().isPresent();
  }

  @BeforeAll
  static void start() throws Exception {
    browser =
        new Chromium(
            Chromium.find().orElseThrow(), Files.createDirectory(folder.resolve("profile")));
  }

  @AfterAll
  static void stop() throws Exception {
    browser.close();
  }

  private static Path exported(TrainedModel model) throws Exception {
    Path file = folder.resolve("digits.html");
    Exporter.export(model, ExportFormat.HTML, file);
    browser.open(file.toUri());
    return file;
  }

  @Test
  void readsWhatIsDrawn() throws Exception {
    Path file = exported(ModelFile.read(TrainedRuns.strokesModel()));
    DrawingPage page = new DrawingPage(browser);
    page.window(1000, 720, false);
    assertTrue(browser.text("#model").startsWith("digits.html · trained on strokes · 101,770"));
    page.drawByMouse(SEVEN);
    page.awaitAnswer("7");
    browser.evaluate("document.querySelector('#clear').click()");
    page.drawByMouse(SMALL_SEVEN);
    page.drawByMouse(ONE_BESIDE);
    browser.await(
        "[...document.querySelectorAll('#digits button')].map((b) => b.textContent).join('') ==="
            + " '71'");
    assertTrue(Files.size(file) < 700_000, Files.size(file) + " bytes");
  }

  @Test
  void asksNobody() throws Exception {
    String html = Files.readString(exported(ModelFile.read(TrainedRuns.strokesModel())));
    assertFalse(html.matches("(?s).*(src|href)=\"[^#].*"), "the page names another file");
    assertEquals(0, browser.evaluate("performance.getEntriesByType('resource').length").asInt());
  }

  @Test
  void computesWhatTheNetworkDoes() throws Exception {
    NetworkSpec spec =
        new NetworkSpec(
            List.of(
                new Conv2d(4, 5, 1, Padding.SAME, Activation.RELU, WeightInit.GLOROT_UNIFORM),
                Batchnorm.DEFAULT,
                Maxpool2d.DEFAULT,
                new Conv2d(6, 3, 2, Padding.SAME, Activation.SWISH, WeightInit.GLOROT_UNIFORM),
                new Avgpool2d(3, 2),
                Flatten.DEFAULT,
                Batchnorm.DEFAULT,
                new Dense(12, Activation.ELU, WeightInit.GLOROT_UNIFORM),
                new Dense(12, Activation.TANH, WeightInit.GLOROT_UNIFORM)),
            OutputSpec.DEFAULT);
    TrainedModel model =
        new TrainedModel(
            Networks.create(spec, 28, 28, 10, training -> training.updater(new Adam(0.01)), 3),
            Provenance.unknown(10, 28, 28, "test"));
    exported(model);
    ImageSet images = Strokes.generate(8, 5);
    INDArray outputs = model.outputs(Tensors.features(images));
    for (int image = 0; image < images.size(); image++) {
      int first = image * 784;
      String pixels =
          IntStream.range(first, first + 784)
              .mapToObj(i -> String.valueOf(Byte.toUnsignedInt(images.pixels()[i])))
              .collect(Collectors.joining(",", "[", "]"));
      JsonNode shares = browser.evaluate("window.exportedNetwork.probabilities(" + pixels + ")");
      float[] computed = new float[10];
      for (int i = 0; i < computed.length; i++) {
        computed[i] = (float) shares.get(i).asDouble();
      }
      assertArrayEquals(outputs.getRow(image).toFloatVector(), computed, 1e-5f);
    }
  }
}
