package io.mnist4j.sweep.journal;

import io.mnist4j.sweep.search.TrialState;
import io.mnist4j.sweep.space.Point;
import io.mnist4j.sweep.space.SearchSpace;
import io.mnist4j.text.Json;
import io.mnist4j.text.KebabCase;
import io.mnist4j.train.EpochMetrics;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;
import org.nd4j.shade.jackson.annotation.JsonTypeName;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * Something that has happened in a sweep: a line of its journal. The components of each record are
 * the keys of its JSON, and a number is read as the very double that was written; times are in
 * seconds, to the millisecond.
 */
@KebabCase
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = JournalEntry.EVENT)
public sealed interface JournalEntry {
  /** The key that says which entry it is. */
  String EVENT = "event";

  /**
   * The sweep was begun.
   *
   * @param version of the format
   * @param dataset its name
   * @param contentSha256 file name → SHA-256 of its uncompressed content
   * @param height of the images in pixels; 0 in older journals, as the next two
   * @param width likewise
   * @param classes that are told apart
   */
  @JsonTypeName("begun")
  record Begun(
      int version,
      String dataset,
      SortedMap<String, String> contentSha256,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) int height,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) int width,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) int classes)
      implements JournalEntry {
    /** What older journals hold. */
    public Begun(int version, String dataset, SortedMap<String, String> contentSha256) {
      this(version, dataset, contentSha256, 0, 0, 0);
    }
  }

  /**
   * A trial was begun. Where it is not for the first time, its earlier epochs no longer count.
   *
   * @param settings the values of its point
   * @param elapsed how long the sweep has been running
   * @param agent that carries it out; empty for a process that has the sweep for itself
   */
  @JsonTypeName("started")
  record Started(
      int trial,
      Map<String, Object> settings,
      double elapsed,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String agent)
      implements JournalEntry {
    public Started {
      elapsed = millis(elapsed);
      agent = agent == null ? "" : agent;
    }

    /** Without an agent. */
    public Started(int trial, Map<String, Object> settings, double elapsed) {
      this(trial, settings, elapsed, "");
    }

    Point point() {
      return new Point(settings);
    }
  }

  /**
   * A trial has completed an epoch.
   *
   * @param validationImages that judged it; 0 where another program reports, or an older journal
   */
  @JsonTypeName("epoch")
  record Progressed(
      int trial,
      int epoch,
      double trainLoss,
      double validationLoss,
      double validationAccuracy,
      double seconds,
      @JsonInclude(JsonInclude.Include.NON_NULL) Double trainAccuracy,
      @JsonInclude(JsonInclude.Include.NON_NULL) Double learningRate,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) int validationImages)
      implements JournalEntry {
    public Progressed {
      seconds = millis(seconds);
    }

    /** What older journals hold, and other programs report. */
    public Progressed(
        int trial,
        int epoch,
        double trainLoss,
        double validationLoss,
        double validationAccuracy,
        double seconds) {
      this(trial, epoch, trainLoss, validationLoss, validationAccuracy, seconds, null, null, 0);
    }

    /** Without the number of images that it learned from. */
    public static Progressed of(int trial, EpochMetrics epoch) {
      return new Progressed(
          trial,
          epoch.epoch(),
          epoch.trainLoss(),
          epoch.validationLoss(),
          epoch.validationAccuracy(),
          epoch.seconds(),
          epoch.trainAccuracy(),
          epoch.learningRate(),
          epoch.validationImages());
    }

    EpochMetrics metrics() {
      return new EpochMetrics(
          epoch,
          trainLoss,
          validationLoss,
          validationAccuracy,
          seconds,
          trainAccuracy,
          learningRate,
          null,
          null,
          0,
          validationImages);
    }
  }

  /**
   * A trial has ended.
   *
   * @param bestEpoch the epoch whose metrics count, from 1; 0 where none does
   * @param reason why it is not complete; empty where it is
   * @param elapsed how long the sweep has been running
   * @param told whether it is a failure that another program reports, after which the trial is not
   *     tried again
   * @param results of each training of a complete trial, where there were several
   */
  @JsonTypeName("ended")
  record Ended(
      int trial,
      TrialState state,
      int bestEpoch,
      String reason,
      double elapsed,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean told,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<SeedResult> results)
      implements JournalEntry {
    public Ended {
      elapsed = millis(elapsed);
      results = results == null ? List.of() : List.copyOf(results);
    }

    /** With a single training, or without a result. */
    public Ended(
        int trial, TrialState state, int bestEpoch, String reason, double elapsed, boolean told) {
      this(trial, state, bestEpoch, reason, elapsed, told, List.of());
    }
  }

  /**
   * The settings of the best trial were trained on all training images.
   *
   * @param trial whose settings they are
   * @param dataset on whose test set the network was evaluated
   * @param images of the test set
   * @param testAccuracy 0 to 1
   * @param seconds of training
   */
  @JsonTypeName("finished")
  record Finished(
      int trial, String dataset, long images, double testAccuracy, double testLoss, double seconds)
      implements JournalEntry {
    public Finished {
      seconds = millis(seconds);
    }
  }

  private static double millis(double seconds) {
    return Math.round(seconds * 1e3) / 1e3;
  }

  /** The entry as a line of JSON, without a line break. */
  default String toLine() {
    return Json.line(this);
  }

  /**
   * Reads a line.
   *
   * @param space of the sweep, which knows the types of the settings
   * @throws IllegalArgumentException if the line is not an entry of a journal; the message says why
   */
  static JournalEntry parse(String line, SearchSpace space) {
    JsonNode root = Json.parse(line);
    String event = Json.required(root, EVENT).asText();
    Class<?> type =
        Arrays.stream(JournalEntry.class.getPermittedSubclasses())
            .filter(each -> each.getAnnotation(JsonTypeName.class).value().equals(event))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("has the unknown event '" + event + "'"));
    if (type != Begun.class && Json.required(root, "trial").asInt(-1) < 0) {
      throw new IllegalArgumentException("has no number of a trial");
    }
    JournalEntry entry = (JournalEntry) Json.bind(root, type.asSubclass(Record.class));
    return entry instanceof Started started
        ? new Started(
            started.trial(),
            space.point(started.settings()).values(),
            started.elapsed(),
            started.agent())
        : entry;
  }
}
