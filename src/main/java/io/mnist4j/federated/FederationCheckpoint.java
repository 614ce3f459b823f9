package io.mnist4j.federated;

import io.mnist4j.data.Dataset;
import io.mnist4j.errors.ModelException;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.model.archive.Dl4jZip;
import io.mnist4j.model.archive.ModelArchive;
import io.mnist4j.text.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a federation goes on from: all rounds depend on it, the seed and the number of the round
 * alone.
 *
 * @param history the rounds that are done
 */
record FederationCheckpoint(ServerState server, List<RoundMetrics> history) {
  private static final String HISTORY_ENTRY = "federation.json";
  private static final String STATE_ENTRY = "server-state-%d.bin";
  private static final String CONTROL_ENTRY = "server-control.bin";

  /** Those of all clients, one after another: an archive has few entries. */
  private static final String CONTROLS_ENTRY = "client-controls.bin";

  /**
   * @param controls the clients that have one
   */
  private record HistoryFile(List<RoundMetrics> rounds, List<Integer> controls) {}

  FederationCheckpoint {
    history = List.copyOf(history);
  }

  /**
   * Writes it.
   *
   * @param model with the server's parameters
   */
  void write(Path file, TrainedModel model) throws IOException {
    Map<String, INDArray> arrays = new TreeMap<>();
    for (int s = 0; s < server.states().length; s++) {
      arrays.put(STATE_ENTRY.formatted(s), row(server.states()[s]));
    }
    if (server.control() != null) {
      arrays.put(CONTROL_ENTRY, row(server.control()));
    }
    if (!server.controls().isEmpty()) {
      arrays.put(CONTROLS_ENTRY, row(joined(server)));
    }
    HistoryFile text = new HistoryFile(history, List.copyOf(server.controls().keySet()));
    ModelArchive.write(file, model, Map.of(HISTORY_ENTRY, Json.line(text)), arrays);
  }

  private static float[] joined(ServerState server) {
    int length = server.parameters().length;
    float[] joined = new float[Math.multiplyExact(server.controls().size(), length)];
    int start = 0;
    for (float[] control : server.controls().values()) {
      System.arraycopy(control, 0, joined, start, length);
      start += length;
    }
    return joined;
  }

  private static INDArray row(float[] values) {
    return Nd4j.createFromArray(values).reshape(1, values.length);
  }

  /**
   * Reads a checkpoint of a federation.
   *
   * @param parameters of its network
   * @throws ModelException if it is missing, damaged, of another federation or of other data
   */
  static FederationCheckpoint read(
      Path file, Federation federation, int parameters, Dataset dataset) throws ModelException {
    TrainedModel model = ModelArchive.read(file);
    if (!model.provenance().datasetSha256().equals(dataset.contentSha256())) {
      throw new ModelException(
          "%s was begun on other data: the content of %s has changed since; start a new one"
              .formatted(file.getParent(), dataset.name()));
    }
    HistoryFile text;
    try {
      text = Json.parse(ModelArchive.readText(file, HISTORY_ENTRY), HistoryFile.class);
    } catch (IllegalArgumentException e) {
      throw new ModelException("%s: its %s %s".formatted(file, HISTORY_ENTRY, e.getMessage()), e);
    }
    for (int i = 0; i < text.rounds().size(); i++) {
      if (text.rounds().get(i).round() != i + 1) {
        throw new ModelException("%s: its %s lacks round %d".formatted(file, HISTORY_ENTRY, i + 1));
      }
    }
    try (Dl4jZip zip = Dl4jZip.open(file)) {
      float[][] states = new float[federation.strategy().states()][];
      for (int s = 0; s < states.length; s++) {
        states[s] = array(file, zip, STATE_ENTRY.formatted(s), parameters);
      }
      boolean controlled = federation.strategy().usesControls();
      SortedMap<Integer, float[]> controls = new TreeMap<>();
      int all = Math.multiplyExact(text.controls().size(), parameters);
      float[] joined = all == 0 ? new float[0] : array(file, zip, CONTROLS_ENTRY, all);
      for (int i = 0; i < text.controls().size(); i++) {
        int start = i * parameters;
        controls.put(text.controls().get(i), Arrays.copyOfRange(joined, start, start + parameters));
      }
      return new FederationCheckpoint(
          new ServerState(
              checked(file, "coefficients", model.network().params(), parameters),
              states,
              controlled ? array(file, zip, CONTROL_ENTRY, parameters) : null,
              controls),
          text.rounds());
    }
  }

  private static float[] array(Path file, Dl4jZip zip, String entry, int length)
      throws ModelException {
    Optional<INDArray> array;
    try {
      array = zip.array(entry);
    } catch (IOException e) {
      throw new ModelException("%s: %s".formatted(file, e.getMessage()), e);
    }
    if (array.isEmpty()) {
      throw new ModelException("%s lacks %s".formatted(file, entry));
    }
    return checked(file, entry, array.get(), length);
  }

  private static float[] checked(Path file, String entry, INDArray array, int length)
      throws ModelException {
    if (array.length() != length) {
      throw new ModelException(
          "%s: its %s has %,d numbers, and the network %,d"
              .formatted(file, entry, array.length(), length));
    }
    return array.reshape(length).toFloatVector();
  }
}
