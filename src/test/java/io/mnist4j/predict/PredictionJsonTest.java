package io.mnist4j.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mnist4j.text.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionJsonTest {
  private final Prediction prediction =
      new Prediction(List.of("a", "b", "c"), List.of(0.25f, 0.625f, 0.125f));

  @Test
  void allClassesAreInTheOrderOfTheNetwork() {
    assertEquals(
        "{\"digit\":\"b\",\"probability\":0.625,"
            + "\"probabilities\":{\"a\":0.25,\"b\":0.625,\"c\":0.125}}",
        Json.line(PredictionJson.of(prediction)));
  }

  @Test
  void theTopClassesAreInTheOrderOfTheirProbabilities() {
    assertEquals(
        "{\"digit\":\"b\",\"probability\":0.625,\"probabilities\":{\"b\":0.625,\"a\":0.25}}",
        Json.line(PredictionJson.top(prediction, 2)));
    assertEquals(
        "{b=0.625, a=0.25, c=0.125}", PredictionJson.top(prediction, 9).probabilities().toString());
  }

  @Test
  void noDigitHasTheSameFields() {
    assertEquals(
        "{\"digit\":null,\"probability\":null,\"probabilities\":{}}",
        Json.line(PredictionJson.NONE));
  }
}
