package io.mnist4j.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mnist4j.eval.Evaluation;
import io.mnist4j.run.RunSummary;
import io.mnist4j.train.EpochMetrics;
import io.mnist4j.train.StopReason;
import io.mnist4j.train.TrainingResult;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrainingTextTest {
  @Test
  void resultIsOneLine() {
    TrainingResult training =
        new TrainingResult(
            List.of(
                new EpochMetrics(1, 0.5, 0.4, 0.9, 1.25, 0.85, 0.01, null, null, 60_000, 10_000),
                new EpochMetrics(2, 0.25, 0.3, 0.95, 2.5, 0.93, 0.001, null, null, 60_000, 10_000)),
            StopReason.COMPLETED);
    RunSummary summary =
        new RunSummary(
            "mnist",
            60_000,
            new Evaluation(10_000, 9_802, 0.0625),
            null,
            training,
            2,
            Optional.empty(),
            false,
            "test",
            7,
            null,
            null,
            1,
            null,
            Optional.empty(),
            Instant.EPOCH,
            Path.of("model.zip"));
    assertEquals(
        "Test accuracy: 0.98 (0.9802 on 10,000 mnist images; 3.8 s, 32,000 samples/s; model.zip)",
        TrainingText.of(summary).strip());
  }
}
