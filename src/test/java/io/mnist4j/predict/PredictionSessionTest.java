package io.mnist4j.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.pictures.Picture;
import io.mnist4j.digits.Rendering;
import io.mnist4j.errors.DataException;
import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.Networks;
import io.mnist4j.model.Provenance;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.model.layers.OutputSpec;
import io.mnist4j.predict.DigitReader.Scope;
import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.learning.config.Sgd;

class PredictionSessionTest {
  @TempDir Path folder;
  private final List<String> told = new ArrayList<>();
  private final byte[] sheet = Rendering.file(Rendering.sheet(30, 20, Color.WHITE), "png");
  private final Classifier classifier =
      new Classifier(
          new TrainedModel(
              Networks.create(
                  new NetworkSpec(List.of(), OutputSpec.DEFAULT),
                  4,
                  4,
                  2,
                  training -> training.updater(new Sgd(0.1)),
                  7),
              Provenance.unknown(2, 4, 4, "test")));

  @Test
  void picturesAreReadInTheirOrderAndTheStreamToo() throws Exception {
    Files.write(folder.resolve("b.png"), sheet);
    Files.write(folder.resolve("a.png"), sheet);
    assertTrue(run(new ByteArrayInputStream(sheet), "-", folder.toString()));
    assertEquals(List.of("start", "- 1", "a.png 1", "b.png 1"), told);
  }

  @Test
  void whatCannotBeReadDoesNotKeepTheRestBack() throws Exception {
    Files.write(folder.resolve("a.png"), new byte[] {1});
    Files.write(folder.resolve("b.png"), sheet);
    assertFalse(run(InputStream.nullInputStream(), folder + "/*.gif", folder.toString(), "-"));
    assertEquals(List.of("start", "no file matches", "not a picture", "b.png 1", "is empty"), told);
  }

  private boolean run(InputStream stream, String... files) throws IOException {
    return PredictionSession.run(
        List.of(files),
        stream,
        Scope.AS_IS,
        classifier,
        new PredictionListener() {
          @Override
          public void onStart(Classifier ready) {
            told.add("start");
          }

          @Override
          public void onPicture(Picture picture, PicturePrediction prediction) {
            String name = Path.of(prediction.file()).getFileName().toString();
            told.add(name + " " + prediction.readings().size());
          }

          @Override
          public void onUnreadable(DataException e) {
            told.add(e.getMessage().replaceFirst(".*: ", "").replaceFirst("; .*", ""));
          }
        });
  }
}
