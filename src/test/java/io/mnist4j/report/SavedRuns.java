package io.mnist4j.report;

import io.mnist4j.run.RunFolder;
import io.mnist4j.run.RunFormat;
import io.mnist4j.run.SavedRun;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders of runs of two epochs, as {@code train} leaves them. */
public final class SavedRuns {
  private SavedRuns() {}

  /** A run that was cut before its end. */
  public static SavedRun cut(Path folder) throws Exception {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("config.yaml"), "training: {epochs: 2}\n");
    Files.writeString(
        folder.resolve("metrics.csv"),
        """
        epoch,train-loss,validation-loss,validation-accuracy,seconds,train-accuracy,learning-rate
        1,0.5,0.4,0.9,1.25,0.85,0.01
        2,0.25,0.3,0.95,1.5,0.93,0.001
        """);
    return RunFormat.read(RunFolder.of(folder));
  }

  /** A run that has ended, with so many of 1,000 test images named rightly. */
  public static SavedRun ended(Path folder, String dataset, int right) throws Exception {
    cut(folder);
    Files.writeString(
        folder.resolve("summary.json"),
        """
        {"dataset": "%s", "images": 1000, "test-accuracy": %s, "test-loss": 0.125,
         "epochs": [], "ending": "early-stopped", "best-epoch": 1, "train-seconds": 150.0,
         "samples-per-second": 12345.6, "wall-seconds": 4.0, "cpu-seconds": 5.0, "threads": 2,
         "backend": "CPU", "seed": 7, "parameters": 93, "finished": "2026-01-02T03:04:05Z",
         "model": "model.zip"}
        """
            .formatted(dataset, right / 1000.0));
    return RunFormat.read(RunFolder.of(folder));
  }
}
