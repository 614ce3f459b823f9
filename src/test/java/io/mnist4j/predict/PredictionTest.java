package io.mnist4j.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionTest {

  @Test
  void ofEqualOutputsTheFirstComesFirst() {
    Prediction prediction =
        new Prediction(List.of("a", "b", "c", "d"), List.of(0.25f, 0.35f, 0.05f, 0.35f));
    assertEquals(1, prediction.best());
    assertEquals("b", prediction.label());
    assertEquals(0.35f, prediction.probability());
    assertEquals(List.of(1, 3, 0, 2), prediction.ranking());
  }

  @Test
  void labelsAndOutputsMustBeAsMany() {
    assertThrows(
        IllegalArgumentException.class, () -> new Prediction(List.of("a"), List.of(0.5f, 0.5f)));
    assertThrows(IllegalArgumentException.class, () -> new Prediction(List.of(), List.of()));
  }
}
