package io.mnist4j.train.engine.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mnist4j.backend.StartedBackend;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.random.impl.DropOutInverted;
import org.nd4j.linalg.factory.Nd4j;

class DropoutMaskTest {
  private static final int IMAGES = 37;
  private static final int UNITS = 1_001;

  @BeforeAll
  static void start() throws Exception {
    StartedBackend.cpu();
  }

  /** Several draws in a row, bit by bit: so the generator goes on as ND4J's does, too. */
  @ParameterizedTest
  @CsvSource({"1, 0.5", "42, 0.75", "-7, 0.9", "123456789012345, 0.3", "3, 1", "5, 0.00001"})
  void drawsWhatNd4jDraws(long seed, double keepProbability) {
    DropoutMask mask = new DropoutMask(keepProbability, UNITS);
    INDArray expected = Nd4j.create(DataType.FLOAT, 3, IMAGES, UNITS);
    Nd4j.getRandom().setSeed(seed);
    for (int draw = 0; draw < 3; draw++) {
      INDArray one = expected.slice(draw).assign(1.0);
      Nd4j.getExecutioner().exec(new DropOutInverted(one, one, keepProbability));
    }
    float after = Nd4j.rand(DataType.FLOAT, 1).getFloat(0);
    float[] drawn = expected.data().asFloat();
    Nd4j.getRandom().setSeed(seed);
    int next = 0;
    for (int draw = 0; draw < 3; draw++) {
      mask.draw(IMAGES);
      for (int image = 0; image < IMAGES; image++) {
        for (int unit = 0; unit < UNITS; unit++) {
          assertEquals(drawn[next++], mask.factor(image, unit));
        }
      }
    }
    assertEquals(after, Nd4j.rand(DataType.FLOAT, 1).getFloat(0));
  }
}
