package io.mnist4j.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess;
import io.mnist4j.data.idx.IdxFixture;
import io.mnist4j.digits.Rendering;
import io.mnist4j.digits.StrokesDigit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * What runs for long takes no more memory in its second half than in its first, and, in the long
 * form, no more time. {@code target/long-runs} gets the plots.
 */
@EnabledIf(
    value = "io.mnist4j.hostile.MemoryWatch#isPossible",
    disabledReason = "this system does not say what memory a process holds")
class LongRunTest {
  private static final int EPOCHS = Soak.isOn() ? 500 : 40;
  private static final int PICTURES = Soak.isOn() ? 10_000 : 400;

  private static final Path PLOTS = Path.of("target/long-runs");

  @TempDir Path directory;

  @Test
  void trainingStaysAsItIs() throws Exception {
    Path rows = directory.resolve("rows");
    String data =
        Soak.isOn()
            ? "strokes"
            : IdxFixture.write(rows, IdxFixture.rows(5_000, 500, 28, 28)).toString();
    MemoryWatch memory =
        watch(
            "train",
            "--dataset",
            data,
            "--epochs",
            EPOCHS + "",
            "--name",
            "long",
            "--no-report",
            "--quiet");
    memory.plot(PLOTS.resolve("train.svg"), "Memory of a training of " + EPOCHS + " epochs");
    memory.assertFlat();
    List<Double> seconds = new ArrayList<>();
    List<String> lines = Files.readAllLines(directory.resolve("runs/long/metrics.csv"));
    int column = List.of(lines.get(0).split(",", -1)).indexOf("seconds");
    lines.stream().skip(1).forEach(row -> seconds.add(Double.valueOf(row.split(",", -1)[column])));
    assertEquals(EPOCHS, seconds.size());
    // The first epochs are still being compiled.
    double first = median(seconds.subList(5, 15));
    double last = median(seconds.subList(EPOCHS - 10, EPOCHS));
    System.out.printf("epochs 6 to 15: %.3f s; last ten: %.3f s each%n", first, last);
    if (Soak.isOn()) {
      assertTrue(last <= 1.1 * first, first + " s an epoch became " + last);
    }
  }

  @Test
  void predictionsStayAsTheyAre() throws Exception {
    Path pictures = Files.createDirectory(directory.resolve("pictures"));
    Rendering[] looks = Rendering.values();
    for (int i = 0; i < PICTURES; i++) {
      byte[] file = looks[i % looks.length].file(StrokesDigit.of(i % 200), new Random(i));
      Files.write(pictures.resolve(i + ".png"), file);
    }
    String model = Path.of("src/test/resources/models/keras3-mlp.h5").toAbsolutePath().toString();
    MemoryWatch memory = watch("predict", "-m", model, "pictures", "--format", "csv");
    memory.plot(PLOTS.resolve("predict.svg"), "Memory of " + PICTURES + " predictions");
    memory.assertFlat();
    assertEquals(PICTURES + 1, Files.readAllLines(directory.resolve("stdout.txt")).size());
  }

  private MemoryWatch watch(String... arguments) throws Exception {
    Process process = new Mnist4jProcess(directory).start(arguments);
    try (MemoryWatch memory = new MemoryWatch(process)) {
      assertTrue(process.waitFor(2, TimeUnit.HOURS));
      assertEquals(0, process.exitValue(), Files.readString(directory.resolve("stderr.txt")));
      return memory;
    }
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
