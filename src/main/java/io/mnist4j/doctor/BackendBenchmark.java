package io.mnist4j.doctor;

import io.mnist4j.cluster.OwnProgram;
import io.mnist4j.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.file.PathUtils;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * How fast networks of several sizes learn on the CPU and on a graphics card. ND4J has one backend
 * for as long as a process lives, so each training is a process of its own.
 */
public final class BackendBenchmark {
  private static final int MINUTES = 5;

  record Network(String name, int batchSize, int steps, String layers) {}

  static final List<Network> NETWORKS =
      List.of(
          new Network("128 units, batch 128", 128, 100, "[{dense: {units: 128}}]"),
          new Network(
              "2 x 2048 units, batch 512",
              512,
              10,
              "[{dense: {units: 2048}}, {dense: {units: 2048}}]"),
          new Network(
              "LeNet, batch 128",
              128,
              10,
              "[{conv2d: {filters: 8, kernel: 5}}, maxpool2d, {conv2d: {filters: 24, kernel: 5}}, "
                  + "maxpool2d, flatten, {dense: {units: 128}}]"));

  /**
   * One network.
   *
   * @param cpu images learned from in a second
   * @param cuda the same on a graphics card; empty where none works
   */
  public record BenchmarkRow(String network, double cpu, OptionalDouble cuda) {
    /** What is faster. */
    public String advice() {
      if (cuda.isEmpty()) {
        return "no GPU to compare with";
      }
      double ratio = cuda.getAsDouble() / cpu;
      return ratio > 1
          ? String.format(Locale.ROOT, "GPU, %.1f times as fast", ratio)
          : String.format(Locale.ROOT, "CPU, %.1f times as fast", 1 / ratio);
    }
  }

  private BackendBenchmark() {}

  /**
   * Times the second of two epochs of each network, on the embedded digits; nothing if a graphics
   * card was asked for that does not work.
   *
   * @param main the class that is started in processes like this one
   * @param diagnosis says whether a graphics card works
   * @throws IOException if a training cannot be started or fails; the message says why
   */
  public static List<BenchmarkRow> run(Class<?> main, Diagnosis diagnosis)
      throws IOException, InterruptedException {
    return run(main, diagnosis, NETWORKS);
  }

  static List<BenchmarkRow> run(Class<?> main, Diagnosis diagnosis, List<Network> networks)
      throws IOException, InterruptedException {
    if (diagnosis.lacksGpu()) {
      return List.of();
    }
    List<String> program = OwnProgram.command(main);
    Path folder = Files.createTempDirectory("mnist4j-bench-");
    try {
      List<BenchmarkRow> rows = new ArrayList<>();
      for (Network network : networks) {
        rows.add(
            new BenchmarkRow(
                network.name(),
                samplesPerSecond(program, network, "cpu", folder),
                diagnosis.hasGpu()
                    ? OptionalDouble.of(samplesPerSecond(program, network, "cuda", folder))
                    : OptionalDouble.empty()));
      }
      return rows;
    } finally {
      PathUtils.deleteDirectory(folder);
    }
  }

  static List<String> training(Network network, String backend, Path folder) {
    List<String> line = new ArrayList<>();
    line.addAll(List.of("train", "--backend", backend, "--dataset", "strokes", "--epochs", "2"));
    line.addAll(List.of("--batch-size", String.valueOf(network.batchSize())));
    line.addAll(List.of("--set", "model.layers=" + network.layers()));
    line.addAll(List.of("--set", "training.max-batches=" + network.steps()));
    // Not timed, and for convolutions it takes longer than the steps.
    line.addAll(List.of("--set", "data.validation=0.01"));
    line.addAll(List.of("--quiet", "--no-report", "--format", "json"));
    line.addAll(List.of("--output", folder.toString()));
    return line;
  }

  private static double samplesPerSecond(
      List<String> program, Network network, String backend, Path folder)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(program);
    command.addAll(training(network, backend, folder));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IOException(
          "%s on %s took more than %d minutes".formatted(network.name(), backend, MINUTES));
    }
    if (process.exitValue() != 0) {
      throw new IOException(
          "%s on %s: %s".formatted(network.name(), backend, Files.readString(err).strip()));
    }
    JsonNode second = Json.parse(Files.readString(out)).path("epochs").path(1);
    return network.steps() * network.batchSize() / second.path("seconds").asDouble();
  }
}
