package io.mnist4j.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.digits.Box;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

class PredictionJsonTest {
  private final Prediction prediction =
      new Prediction(List.of("a", "b", "c"), List.of(0.25f, 0.625f, 0.125f));

  @Test
  void allClassesAreInTheOrderOfTheNetwork() {
    ObjectNode object = PredictionJson.of(prediction);
    PredictionJson.putBox(object, new Box(3, 4, 20, 30));
    PredictionJson.putImage(object, new GreyImage(1, 2, new byte[] {0, (byte) 255}));
    assertEquals(
        "{\"digit\":\"b\",\"probability\":0.625,"
            + "\"probabilities\":{\"a\":0.25,\"b\":0.625,\"c\":0.125},"
            + "\"box\":{\"x\":3,\"y\":4,\"width\":20,\"height\":30},\"image\":[0,255]}",
        object.toString());
  }

  @Test
  void theTopClassesAreInTheOrderOfTheirProbabilities() {
    assertEquals(
        "{\"digit\":\"b\",\"probability\":0.625,\"probabilities\":{\"b\":0.625,\"a\":0.25}}",
        PredictionJson.top(prediction, 2).toString());
    assertEquals(
        "{\"b\":0.625,\"a\":0.25,\"c\":0.125}",
        PredictionJson.top(prediction, 9).get("probabilities").toString());
  }

  @Test
  void noDigitHasTheSameFields() {
    assertEquals(
        "{\"digit\":null,\"probability\":null,\"probabilities\":{},\"box\":null}",
        PredictionJson.none().toString());
  }
}
