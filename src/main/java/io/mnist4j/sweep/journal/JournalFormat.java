package io.mnist4j.sweep.journal;

import io.mnist4j.sweep.space.Point;
import io.mnist4j.sweep.space.SearchSpace;
import io.mnist4j.text.Json;
import io.mnist4j.train.EpochMetrics;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.shade.jackson.core.type.TypeReference;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/** Entries of a journal as lines of JSON. A number is read as the very double that was written. */
final class JournalFormat {
  private static final String EVENT = "event";
  private final SearchSpace space;

  /**
   * @param space that points are of
   */
  JournalFormat(SearchSpace space) {
    this.space = space;
  }

  /** One line, without its end. */
  String write(JournalEntry entry) {
    ObjectNode line = Json.object();
    if (entry instanceof JournalEntry.Begun begun) {
      line.put(EVENT, "begun").put("version", 1).put("dataset", begun.dataset());
      line.set("contentSha256", Json.tree(begun.contentSha256()));
    } else if (entry instanceof JournalEntry.Started started) {
      line.put(EVENT, "started").put("trial", started.trial());
      line.set("settings", Json.tree(started.point().values()));
      line.put("elapsed", millis(started.elapsed()));
    } else if (entry instanceof JournalEntry.Progressed progressed) {
      EpochMetrics epoch = progressed.epoch();
      line.put(EVENT, "epoch").put("trial", progressed.trial()).put("epoch", epoch.epoch());
      line.put("trainLoss", epoch.trainLoss()).put("validationLoss", epoch.validationLoss());
      line.put("validationAccuracy", epoch.validationAccuracy());
      line.put("seconds", millis(epoch.seconds()));
    } else if (entry instanceof JournalEntry.Ended ended) {
      line.put(EVENT, "ended").put("trial", ended.trial());
      line.put("state", ended.state().name().toLowerCase(Locale.ROOT));
      line.put("bestEpoch", ended.bestEpoch());
      line.put("reason", ended.reason()).put("elapsed", millis(ended.elapsed()));
    } else if (entry instanceof JournalEntry.Finished finished) {
      FinalResult result = finished.finish();
      line.put(EVENT, "finished").put("trial", result.trial()).put("dataset", result.dataset());
      line.put("images", result.images()).put("testAccuracy", result.testAccuracy());
      line.put("testLoss", result.testLoss()).put("seconds", millis(result.seconds()));
    }
    return line.toString();
  }

  private static double millis(double seconds) {
    return Math.round(seconds * 1e3) / 1e3;
  }

  /**
   * What a line says.
   *
   * @throws IllegalArgumentException if it says nothing that can be made sense of
   */
  JournalEntry read(String line) {
    JsonNode root = Json.parse(line);
    String event = Json.required(root, EVENT).asText();
    return switch (event) {
      case "begun" ->
          new JournalEntry.Begun(
              Json.required(root, "dataset").asText(),
              new TreeMap<>(
                  Json.map(root, "contentSha256", new TypeReference<Map<String, String>>() {})));
      case "started" -> new JournalEntry.Started(trial(root), point(root), number(root, "elapsed"));
      case "epoch" ->
          new JournalEntry.Progressed(
              trial(root),
              new EpochMetrics(
                  Json.required(root, "epoch").asInt(),
                  number(root, "trainLoss"),
                  number(root, "validationLoss"),
                  number(root, "validationAccuracy"),
                  number(root, "seconds")));
      case "ended" ->
          new JournalEntry.Ended(
              trial(root),
              Trial.TrialState.valueOf(
                  Json.required(root, "state").asText().toUpperCase(Locale.ROOT)),
              Json.required(root, "bestEpoch").asInt(),
              Json.required(root, "reason").asText(),
              number(root, "elapsed"));
      case "finished" ->
          new JournalEntry.Finished(
              new FinalResult(
                  trial(root),
                  Json.required(root, "dataset").asText(),
                  Json.required(root, "images").asLong(),
                  number(root, "testAccuracy"),
                  number(root, "testLoss"),
                  number(root, "seconds")));
      default -> throw new IllegalArgumentException("has the unknown event '" + event + "'");
    };
  }

  private Point point(JsonNode root) {
    return space.point(Json.map(root, "settings", new TypeReference<Map<String, Object>>() {}));
  }

  private static int trial(JsonNode root) {
    int trial = Json.required(root, "trial").asInt(-1);
    if (trial < 0) {
      throw new IllegalArgumentException("has no number of a trial");
    }
    return trial;
  }

  /** Infinite numbers and NaN are texts in this JSON. */
  private static double number(JsonNode root, String key) {
    JsonNode value = Json.required(root, key);
    if (value.isNumber()) {
      return value.doubleValue();
    }
    try {
      return Double.parseDouble(value.asText());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("has no number for \"" + key + "\"", e);
    }
  }
}
