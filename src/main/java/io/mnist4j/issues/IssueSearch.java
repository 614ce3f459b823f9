package io.mnist4j.issues;

import io.mnist4j.backend.Backend;
import io.mnist4j.data.Dataset;
import io.mnist4j.data.store.DatasetChoice;
import io.mnist4j.digits.DigitForm;
import io.mnist4j.errors.BackendException;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.DivergedException;
import io.mnist4j.errors.Mnist4jException;
import io.mnist4j.issues.DataIssues.PartNoise;
import io.mnist4j.issues.JoinedParts.JoinedPart;
import io.mnist4j.run.Experiment;
import io.mnist4j.train.TrainingInterruptedException;
import io.mnist4j.train.engine.LearnerChoice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Looks for what is wrong with a data set. */
public final class IssueSearch {
  /** So many labels of lowest score are kept, issues or not. */
  private static final int DOUBTFUL = 100;

  /** So many pairs of classes are kept of each part. */
  private static final int CONFUSIONS = 10;

  private final IssueRequest request;
  private final IssueMonitor monitor;
  private final Dataset dataset;
  private final JoinedParts parts;

  private IssueSearch(IssueRequest request, IssueMonitor monitor, Dataset dataset) {
    this.request = request;
    this.monitor = monitor;
    this.dataset = dataset;
    parts = JoinedParts.of(dataset);
  }

  /**
   * Loads the data set, trains the networks, asks them about every image, and compares the
   * pictures. The same data, experiment and folds give the same issues.
   *
   * @throws ConfigException if there is no such data set, it has too few training images, or the
   *     network does not fit
   * @throws DataException if the data set is corrupt, or missing and cannot be fetched
   * @throws BackendException if ND4J does not start, or the graphics card has too little memory
   * @throws DivergedException if the loss becomes infinite or not a number
   * @throws IOException if the monitor throws it
   */
  public static DataIssues run(IssueRequest request, IssueMonitor monitor)
      throws Mnist4jException, TrainingInterruptedException, IOException {
    if (request.backend().cuda().isEmpty()) {
      LearnerChoice.warmUp(request.experiment().model());
    }
    DatasetChoice choice =
        DatasetChoice.load(
            request.experiment().data().withoutTables(),
            DigitForm.DIGITS,
            request.store(),
            monitor);
    choice.fallbackReason().ifPresent(monitor::onFallback);
    IssueSearch search = new IssueSearch(request, monitor, choice.dataset());
    search.requireEnough();
    return search.find();
  }

  private void requireEnough() throws ConfigException {
    int images = parts.train().images().size();
    if (images < 2 * request.folds()) {
      throw new ConfigException(
          "%s has %,d training images, too few to deal them out into %d parts"
              .formatted(dataset.name(), images, request.folds()));
    }
  }

  private DataIssues find() throws Mnist4jException, TrainingInterruptedException, IOException {
    Backend backend = request.backend().start();
    Experiment experiment = request.experiment().withoutStopping().withoutGroups();
    ClassProbabilities probabilities =
        new OutOfFold(dataset, parts, experiment, backend, request.tuner())
            .probabilities(request.folds(), request.repeats(), monitor);
    monitor.onComparison(parts.all().size());
    List<JoinedPart> judged = parts.parts().stream().filter(this::isJudged).toList();
    LabelIssues labels = new LabelIssues(parts, probabilities, request.ranking());
    PictureIssues pictures = PictureIssues.of(parts, probabilities);
    List<SetNotice> notices = new ArrayList<>(ClassChecks.of(dataset.classNames(), parts));
    if (!pictures.isComplete()) {
      notices.add(
          new SetNotice(
              "unfinished",
              "so many pictures are alike that not all were compared with each other"));
    }
    return new DataIssues(
        dataset,
        request.folds() * request.repeats(),
        judged.stream().map(part -> noise(part, labels)).toList(),
        notices,
        Stream.concat(
                labels.find(judged, request.proposals()).stream(),
                pictures.issues().stream().filter(issue -> names(judged, issue.place())))
            .sorted(Comparator.comparing(ImageIssue::kind))
            .toList(),
        labels.find(judged, OptionalInt.of(DOUBTFUL)));
  }

  private boolean isJudged(JoinedPart part) {
    boolean asked =
        switch (request.scope()) {
          case ALL -> true;
          case TRAIN -> part.isTrain();
          case TEST -> !part.isTrain();
        };
    return asked && part.images().size() > 0;
  }

  private static boolean names(List<JoinedPart> judged, ImagePlace place) {
    return judged.stream().anyMatch(part -> part.name().equals(place.split()));
  }

  private static PartNoise noise(JoinedPart part, LabelIssues labels) {
    return new PartNoise(
        part.name(),
        part.images().size(),
        labels.joint(part).noise(),
        labels.confusions(part).stream().limit(CONFUSIONS).toList());
  }
}
