package io.mnist4j.report.plot;

import io.mnist4j.errors.ReportException;
import io.mnist4j.eval.Proportion;
import io.mnist4j.files.FileProblem;
import io.mnist4j.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * What a run's folder says in its text files.
 *
 * @param name of the run: that of its folder
 * @param config the experiment file
 * @param epochs at least one
 * @param result empty if the run has not come to its end
 */
public record RunFiles(
    RunFolder directory, String name, String config, List<Epoch> epochs, Optional<Result> result) {

  /** A line of {@code metrics.csv}. */
  public record Epoch(
      int epoch,
      double trainLoss,
      double validationLoss,
      double validationAccuracy,
      double seconds) {}

  /** {@code summary.json}; what older versions did not write is optional. */
  public record Result(
      String dataset,
      Proportion accuracy,
      double loss,
      String ending,
      int bestEpoch,
      double trainSeconds,
      double samplesPerSecond,
      double wallSeconds,
      double cpuSeconds,
      OptionalLong peakMemoryBytes,
      OptionalDouble energyJoules,
      int threads,
      String backend,
      long seed,
      long parameters,
      Optional<String> finished) {}

  public RunFiles {
    epochs = List.copyOf(epochs);
  }

  /** The same under another name. */
  public RunFiles called(String otherName) {
    return new RunFiles(directory, otherName, config, epochs, result);
  }

  /**
   * Reads them.
   *
   * @throws ReportException if the folder is no run's, or a file in it is damaged
   */
  public static RunFiles read(RunFolder folder) throws ReportException {
    Path path = folder.path();
    if (!Files.isDirectory(path)) {
      throw new ReportException(
          Files.exists(path)
              ? path + " is a file; name the folder of a run"
              : path + ": no such run; `mnist4j train` writes runs/NAME");
    }
    if (!Files.exists(folder.config()) || !Files.exists(folder.metrics())) {
      throw new ReportException(
          path
              + " is no run with an epoch to show: it has no config.yaml or no metrics.csv;"
              + " `mnist4j train` writes runs/NAME");
    }
    Optional<Result> result = Optional.empty();
    if (Files.exists(folder.summary())) {
      result = Optional.of(result(folder.summary()));
    }
    return new RunFiles(
        folder,
        path.toAbsolutePath().normalize().getFileName().toString(),
        text(folder.config()),
        epochs(folder.metrics()),
        result);
  }

  private static List<Epoch> epochs(Path file) throws ReportException {
    List<Epoch> epochs = new ArrayList<>();
    List<String> lines = text(file).lines().toList();
    for (int i = 1; i < lines.size(); i++) {
      String[] cells = lines.get(i).split(",", -1);
      try {
        epochs.add(
            new Epoch(
                Integer.parseInt(cells[0]),
                finite(cells[1]),
                finite(cells[2]),
                finite(cells[3]),
                finite(cells[4])));
      } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
        throw new ReportException(
            "%s:%d: expected five numbers, found '%s'".formatted(file, i + 1, lines.get(i)), e);
      }
    }
    if (epochs.isEmpty()) {
      throw new ReportException(file + ": the run has no epoch to show yet");
    }
    return epochs;
  }

  private static double finite(String cell) {
    double value = Double.parseDouble(cell);
    if (!Double.isFinite(value)) {
      throw new NumberFormatException(cell);
    }
    return value;
  }

  private static Result result(Path file) throws ReportException {
    try {
      JsonNode root = new ObjectMapper().readTree(text(file));
      long images = required(root, "images").asLong();
      JsonNode peak = root.get("peakMemoryBytes");
      JsonNode energy = root.get("energyJoules");
      return new Result(
          required(root, "dataset").asText(),
          new Proportion(Math.round(required(root, "testAccuracy").asDouble() * images), images),
          required(root, "testLoss").asDouble(),
          required(root, "ending").asText(),
          required(root, "bestEpoch").asInt(),
          required(root, "trainSeconds").asDouble(),
          required(root, "samplesPerSecond").asDouble(),
          required(root, "wallSeconds").asDouble(),
          required(root, "cpuSeconds").asDouble(),
          peak == null ? OptionalLong.empty() : OptionalLong.of(peak.asLong()),
          energy == null ? OptionalDouble.empty() : OptionalDouble.of(energy.asDouble()),
          required(root, "threads").asInt(),
          required(root, "backend").asText(),
          required(root, "seed").asLong(),
          required(root, "parameters").asLong(),
          Optional.ofNullable(root.get("finished")).map(JsonNode::asText));
    } catch (JsonProcessingException e) {
      throw new ReportException(
          "%s is not JSON: %s".formatted(file, e.getOriginalMessage().replaceAll("\\s+", " ")), e);
    } catch (IllegalArgumentException e) {
      throw new ReportException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static JsonNode required(JsonNode root, String key) {
    JsonNode value = root.get(key);
    if (value == null || value.isNull()) {
      throw new IllegalArgumentException("lacks \"" + key + "\"");
    }
    return value;
  }

  private static String text(Path file) throws ReportException {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new ReportException("cannot read %s: %s".formatted(file, FileProblem.reason(e)), e);
    }
  }
}
