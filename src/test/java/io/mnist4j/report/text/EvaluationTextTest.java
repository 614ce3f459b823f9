package io.mnist4j.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.report.TestedModel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EvaluationTextTest {
  /** One cat of three was named rightly, so recall is 1/3; precision is 1 of 2. */
  @Test
  void classesConfusionsAndFiguresAreListed() {
    String figures = EvaluationText.of(TestedModel.at(Path.of("model.zip"))).replace("\r", "");
    assertEquals(
        """
        class       images  precision  95 %           recall  95 %               F1
        cat              3     0.5000  0.0945-0.9055  0.3333  0.0615-0.7923  0.4000
        dog              1     0.3333  0.0615-0.7923  1.0000  0.2065-1.0000  0.5000
        <3>              2     1.0000  0.2065-1.0000  0.5000  0.0945-0.9055  0.6667
        mean             6     0.6111                 0.6111                 0.5222

        is \\ said   cat   dog   <3>
        cat           1     2     .
        dog           .     1     .
        <3>           1     .     1

        Loss: 0.9943
        """,
        figures.substring(0, figures.indexOf("Accuracy: ")));
    assertTrue(figures.contains("\nAccuracy: 0.5000 (95 % interval 0.1876-0.8124)\n"), figures);
    assertTrue(figures.endsWith("\nTest accuracy: 0.50 (0.5000: 3 of 6 pets images)\n"), figures);
  }

  @Test
  void worstClassIsNamed() {
    String figures = EvaluationText.of(TestedModel.at(Path.of("model.zip")));
    assertTrue(
        figures.contains("Worst class: cat (F1 0.4000, precision 0.5000, recall 0.3333)"), figures);
  }
}
