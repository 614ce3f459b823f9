package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import org.apache.commons.io.output.BrokenOutputStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link Main#run} in one JVM, again and again. */
class MainTest {
  @TempDir Path directory;

  private static Result run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        Main.run(
            args,
            InputStream.nullInputStream(),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8));
    return new Result(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @RepeatedTest(2)
  void printsTheVersion() {
    Result result = run("--version");
    assertEquals(0, result.exitCode());
    assertTrue(result.stdout().startsWith("mnist4j "), result.stdout());
    assertEquals(4, result.stdout().lines().count());
    assertEquals("", result.stderr());
  }

  @RepeatedTest(2)
  void printsHelp() {
    Result result = run("train", "--help");
    assertEquals(0, result.exitCode());
    assertTrue(result.stdout().startsWith("Usage: mnist4j train "), result.stdout());
    assertEquals("", result.stderr());
  }

  @RepeatedTest(2)
  void refusesAWrongOption() {
    Mnist4jProcess.assertRefused(run("train", "--epoch", "3"), 2, "did you mean --epochs?");
  }

  @RepeatedTest(2)
  void refusesAMissingFile() {
    String missing = directory.resolve("none.zip").toString();
    Mnist4jProcess.assertRefused(
        run("evaluate", missing, "--dataset", "strokes", "--backend", "cpu"), 3, missing);
  }

  @Test
  void trainsTheSameModelTwiceAlsoOnAnotherThread() throws Exception {
    Result first = train("first");
    FutureTask<Result> second = new FutureTask<>(() -> train("second"));
    Thread thread = new Thread(second);
    thread.start();
    assertEquals(accuracy(first), accuracy(second.get()));
    assertArrayEquals(coefficients("first"), coefficients("second"));
  }

  private Result train(String name) throws IOException {
    Result result =
        new CommandLineRun(directory)
            .run(
                "train",
                "--dataset=strokes",
                "--backend=cpu",
                "--epochs=1",
                "--set=data.limit=600",
                "--name=" + name);
    assertEquals(0, result.exitCode(), result.stderr());
    assertTrue(result.stderr().startsWith("Training on strokes"), result.stderr());
    assertTrue(result.stdout().contains("Test accuracy: "), result.stdout());
    return result;
  }

  /** The printed line up to the time that the training took. */
  private static String accuracy(Result result) {
    return result.stdout().split(";", 2)[0];
  }

  private byte[] coefficients(String name) throws IOException {
    Path model = directory.resolve("runs").resolve(name).resolve("model.zip");
    try (ZipFile zip = new ZipFile(model.toFile());
        InputStream coefficients = zip.getInputStream(zip.getEntry("coefficients.bin"))) {
      return coefficients.readAllBytes();
    }
  }

  @Test
  void readsThePictureOnStdinAndPrintsUtf8() throws Exception {
    train("model");
    Path picture = directory.resolve("empty.png");
    BufferedImage black = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
    assertTrue(ImageIO.write(black, "png", picture.toFile()));
    Result result =
        new CommandLineRun(directory)
            .input(picture)
            .run("predict", "--show", "--as-is", "-m", "runs/model/model.zip", "-");
    assertEquals(0, result.exitCode(), result.stderr());
    assertTrue(result.stdout().startsWith("-"), result.stdout());
    assertTrue(result.stdout().contains("┌──"), result.stdout());
  }

  @Test
  void variableOfTheRunIsRead() throws Exception {
    Result result =
        new CommandLineRun(directory)
            .environment("MNIST4J_BACKEND", "gpu")
            .run("train", "--dataset", "strokes");
    Mnist4jProcess.assertRefused(result, 2, "MNIST4J_BACKEND must be cpu, cuda or auto, not 'gpu'");
  }

  @Test
  void saysThatStdoutDidNotTakeTheResult() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        Main.run(
            new String[] {"--version"},
            InputStream.nullInputStream(),
            new PrintStream(BrokenOutputStream.INSTANCE, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8));
    assertEquals(3, exitCode);
    assertEquals(
        "mnist4j: cannot write the result to stdout: the stream is closed or broken",
        err.toString(StandardCharsets.UTF_8).strip());
  }
}
