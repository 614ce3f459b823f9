package io.mnist4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mnist4j.model.layers.Activation;
import io.mnist4j.model.layers.Avgpool2d;
import io.mnist4j.model.layers.Batchnorm;
import io.mnist4j.model.layers.Conv2d;
import io.mnist4j.model.layers.Dropout;
import io.mnist4j.model.layers.Flatten;
import io.mnist4j.model.layers.Maxpool2d;
import io.mnist4j.model.layers.OutputSpec;
import io.mnist4j.model.layers.Padding;
import io.mnist4j.model.layers.WeightInit;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelSummaryTest {

  @Test
  void defaultNetwork() {
    assertEquals(
        """
        layer  type        output shape      parameters
        -----------------------------------------------
               input       784                        0
        0      dense       128                  100,480
               output      10                     1,290
        -----------------------------------------------
        parameters: 101,770
        """,
        ModelSummary.of(NetworkSpec.DEFAULT, 28, 28, 10).toText());
  }

  /**
   * conv2d: (3 · 3 · 1 + 1) · 32 = 320 and (3 · 3 · 32 + 1) · 64 = 18,496; batchnorm: 2 · 64
   * trained and 2 · 64 running averages; output: (5 · 5 · 64 + 1) · 10 = 16,010.
   */
  @Test
  void everyLayer() {
    Conv2d second = new Conv2d(64, 3, 1, Padding.VALID, Activation.RELU, WeightInit.HE_NORMAL);
    NetworkSpec spec =
        new NetworkSpec(
            List.of(
                Conv2d.DEFAULT,
                Maxpool2d.DEFAULT,
                second,
                Batchnorm.DEFAULT,
                Avgpool2d.DEFAULT,
                Dropout.DEFAULT,
                Flatten.DEFAULT),
            OutputSpec.DEFAULT);
    assertEquals(
        """
        layer  type        output shape      parameters
        -----------------------------------------------
               input       28x28x1                    0
        0      conv2d      26x26x32                 320
        1      maxpool2d   13x13x32                   0
        2      conv2d      11x11x64              18,496
        3      batchnorm   11x11x64                 256
        4      avgpool2d   5x5x64                     0
        5      dropout     5x5x64                     0
        6      flatten     1600                       0
               output      10                    16,010
        -----------------------------------------------
        parameters: 35,082 (34,954 trained, 128 running averages)
        """,
        ModelSummary.of(spec, 28, 28, 10).toText());
  }
}
