package io.mnist4j.serve;

import io.mnist4j.backend.StartedBackend;
import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.Networks;
import io.mnist4j.model.Provenance;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.model.layers.OutputSpec;
import java.util.List;
import java.util.Set;
import org.nd4j.linalg.learning.config.Adam;

/** An untrained network of 2x3 pixels and three classes. */
final class TinyModel {
  static final int HEIGHT = 2;
  static final int WIDTH = 3;
  static final int CLASSES = 3;

  static final ServeSettings SETTINGS =
      new ServeSettings("127.0.0.1", 0, Set.of(), Set.of(), 1 << 20, 0, 5, 100, false);

  private TinyModel() {}

  static ModelInstance create() {
    TrainedModel model =
        new TrainedModel(
            Networks.create(
                new NetworkSpec(List.of(), OutputSpec.DEFAULT),
                HEIGHT,
                WIDTH,
                CLASSES,
                training -> training.updater(new Adam(0.01)),
                1),
            Provenance.unknown(CLASSES, HEIGHT, WIDTH, "test"));
    return new ModelInstance("tiny.zip", model, StartedBackend.cpu(), 1);
  }
}
