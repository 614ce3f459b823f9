package io.mnist4j.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.digits.Box;
import io.mnist4j.digits.Digit;
import io.mnist4j.explain.AnswerExplainer;
import io.mnist4j.explain.Saliency;
import io.mnist4j.predict.Classifier;
import io.mnist4j.predict.Prediction;
import io.mnist4j.predict.RecognizedDigit;
import io.mnist4j.serve.http.Problem;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.NanoTime;
import org.junit.jupiter.api.Test;

class ExplainerTest {

  @Test
  void explainsThePredictedClass() throws Exception {
    ModelInstance model = TinyModel.create();
    Classifier classifier = new Classifier(model.model());
    GreyImage image =
        new GreyImage(TinyModel.HEIGHT, TinyModel.WIDTH, new byte[] {0, 90, 0, 0, 20, 0});
    Prediction prediction = classifier.predict(List.of(image)).get(0);
    RecognizedDigit digit = new RecognizedDigit(new Digit(new Box(0, 0, 3, 2), image), prediction);
    try (Explainer explainer = new Explainer(model)) {
      List<Saliency> found =
          explainer
              .explain(List.of(digit, digit), NanoTime.now() + 20_000_000_000L)
              .get(20, TimeUnit.SECONDS);
      assertEquals(2, found.size());
      Saliency expected = AnswerExplainer.of(model.model()).explain(digit);
      assertTrue(expected.strongest() > 0);
      for (int row = 0; row < TinyModel.HEIGHT; row++) {
        for (int column = 0; column < TinyModel.WIDTH; column++) {
          assertEquals(expected.at(row, column), found.get(1).at(row, column));
        }
      }
    }
  }

  @Test
  void refusesWhatItHasNoRoomFor() {
    Explainer explainer = new Explainer(TinyModel.create());
    explainer.close();
    ExecutionException refused =
        assertThrows(
            ExecutionException.class, () -> explainer.explain(List.of(), NanoTime.now()).get());
    assertEquals(503, ((Problem) refused.getCause()).status());
  }
}
