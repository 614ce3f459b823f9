package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.run.ExperimentFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code train --print-config}. */
class PrintConfigTest {
  @TempDir Path directory;

  @Test
  void printsTheDefaultsAndTouchesNothing() throws Exception {
    Result result = train("--print-config");
    String shipped = Files.readString(Path.of("configs/default.yaml"));
    assertEquals(shipped.substring(shipped.indexOf('\n') + 1), lines(result.stdout()));
    assertFalse(Files.exists(directory.resolve("runs")));
    assertFalse(Files.exists(directory.resolve(".cache/mnist4j")));
  }

  @Test
  void fedBackItPrintsTheSameAndTrainsTheSame() throws Exception {
    Files.writeString(directory.resolve("first.yaml"), "training: {epochs: 7, batch-size: 500}\n");
    Files.writeString(directory.resolve("second.yaml"), "training: {epochs: 3}\nseed: 9\n");
    String printed =
        train(
                "--config",
                "first.yaml",
                "-c",
                "second.yaml",
                "--set",
                "model.layers=[{dense: {units: 8, activation: tanh}}, dense]",
                "--set",
                "model.layers.1.units=12",
                "--epochs",
                "1",
                "--lr",
                "3e-3",
                "--dataset",
                "strokes",
                "--print-config")
            .stdout();
    assertTrue(lines(printed).contains("\n  epochs: 1  # "), printed);
    assertTrue(lines(printed).contains("default 5\n"), printed);
    assertTrue(lines(printed).contains("\n  batch-size: 500  # "), printed);
    assertTrue(lines(printed).contains("\nseed: 9  # "), printed);
    Files.writeString(directory.resolve("printed.yaml"), printed);
    assertEquals(printed, train("--config", "printed.yaml", "--print-config").stdout());

    train("--config", "printed.yaml", "--name", "once", "--quiet");
    String kept = Files.readString(directory.resolve("runs/once/config.yaml"));
    assertEquals(lines(printed), kept);
  }

  @Test
  void textOfAnyAlphabetSurvives() throws Exception {
    String name = "Zürich: 数字 #1";
    Files.writeString(directory.resolve("a.yaml"), "data: {dataset: '" + name + "'}");
    String printed =
        new CommandLineRun(directory)
            .environment("LC_ALL", "C")
            .run("train", "--config", "a.yaml", "--print-config")
            .stdout();
    Files.writeString(directory.resolve("b.yaml"), printed);
    assertEquals(printed, train("--config", "b.yaml", "--print-config").stdout());
    assertEquals(
        name,
        ExperimentFile.read(List.of(directory.resolve("b.yaml")), List.of()).data().dataset());
  }

  @Test
  void wrongSettingsAreOneLineEach() throws Exception {
    Result result =
        new CommandLineRun(directory)
            .run(
                "train",
                "--print-config",
                "--set",
                "model.layers.7.dense.units=3",
                "--set",
                "seed.x=1",
                "--set",
                "training.bach-size=1",
                "--set",
                "epochs=2",
                "--epochs",
                "[1]");
    assertEquals(2, result.exitCode());
    assertEquals("", result.stdout());
    assertEquals(
        """
        mnist4j: --set model.layers.7.dense.units=3: model.layers.7 is not in the list: its only entry is 0
        mnist4j: --set seed.x=1: seed has no key 'x': it is a single value
        mnist4j: --set training.bach-size=1: training.bach-size is not a key; did you mean batch-size?
        mnist4j: --set epochs=2: epochs is not a key; did you mean training.epochs?
        mnist4j: --epochs: training.epochs must be a whole number, not '[1]'
        """,
        lines(result.stderr()));
  }

  private Result train(String... options) throws Exception {
    String[] args = new String[options.length + 1];
    args[0] = "train";
    System.arraycopy(options, 0, args, 1, options.length);
    Result result = new CommandLineRun(directory).run(args);
    assertEquals(0, result.exitCode(), result.stderr());
    assertEquals("", result.stderr());
    return result;
  }

  private static String lines(String text) {
    return text.replace("\r\n", "\n");
  }
}
