package io.mnist4j.issues;

import io.mnist4j.data.ImageSet;
import io.mnist4j.issues.JoinedParts.JoinedPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Classes that are missing from a part, rare in it, or more frequent in one part than in another.
 */
final class ClassChecks {
  /** The largest class of a balanced part has at most so many times the images of the smallest. */
  private static final double BALANCED = 3;

  /** A class's shares of two parts that are drawn alike differ by at most this factor. */
  private static final double ALIKE = 2;

  /** Shares of fewer images say little. */
  private static final int ENOUGH = 50;

  private final List<String> classNames;
  private final JoinedParts parts;
  private final List<SetNotice> notices = new ArrayList<>();

  private ClassChecks(List<String> classNames, JoinedParts parts) {
    this.classNames = classNames;
    this.parts = parts;
  }

  /** What there is to say of the classes of all parts. */
  static List<SetNotice> of(List<String> classNames, JoinedParts parts) {
    ClassChecks checks = new ClassChecks(classNames, parts);
    parts.parts().stream().filter(part -> part.images().size() > 0).forEach(checks::look);
    return List.copyOf(checks.notices);
  }

  private void look(JoinedPart part) {
    int[] counts = part.images().countsByLabel(classNames.size());
    int rarest = -1;
    int most = 0;
    for (int label = 0; label < counts.length; label++) {
      if (counts[label] == 0) {
        add("missing-class", "%s has no image of class %s", part.name(), classNames.get(label));
      } else if (rarest < 0 || counts[label] < counts[rarest]) {
        rarest = label;
      }
      most = counts[label] > counts[most] ? label : most;
    }
    if (counts[most] > BALANCED * counts[rarest]) {
      add(
          "imbalance",
          "%s has %,d images of class %s and %,d of class %s, %.1f times as many",
          part.name(),
          counts[rarest],
          classNames.get(rarest),
          counts[most],
          classNames.get(most),
          (double) counts[most] / counts[rarest]);
    }
    if (!part.isTrain()) {
      compareWithTrain(part, counts);
    }
  }

  private void compareWithTrain(JoinedPart part, int[] counts) {
    ImageSet train = parts.train().images();
    int[] ofTrain = train.countsByLabel(classNames.size());
    for (int label = 0; label < counts.length; label++) {
      double here = (double) counts[label] / part.images().size();
      double there = (double) ofTrain[label] / Math.max(1, train.size());
      double expected = Math.max(here, there) * Math.min(part.images().size(), train.size());
      if (counts[label] > 0
          && ofTrain[label] > 0
          && expected >= ENOUGH
          && (here > ALIKE * there || there > ALIKE * here)) {
        add(
            "other-shares",
            "class %s is %.1f %% of %s and %.1f %% of train",
            classNames.get(label),
            100 * here,
            part.name(),
            100 * there);
      }
    }
  }

  private void add(String kind, String pattern, Object... values) {
    notices.add(new SetNotice(kind, String.format(Locale.ROOT, pattern, values)));
  }
}
