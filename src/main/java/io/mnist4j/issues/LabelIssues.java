package io.mnist4j.issues;

import io.mnist4j.issues.JoinedParts.JoinedPart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Images whose label is probably wrong, by what networks say of them. */
final class LabelIssues {
  private final JoinedParts parts;
  private final ClassProbabilities probabilities;
  private final LabelRanking ranking;
  private final int[] labels;

  LabelIssues(JoinedParts parts, ClassProbabilities probabilities, LabelRanking ranking) {
    this.ranking = ranking;
    this.parts = parts;
    this.probabilities = probabilities;
    labels = IntStream.range(0, parts.all().size()).map(parts.all()::label).toArray();
  }

  /**
   * The confident joint of a part. Each part has its own: the other parts are judged by the mean of
   * several networks, which is surer than a single one.
   */
  ConfidentJoint joint(JoinedPart part) {
    return ConfidentJoint.of(part.range().toArray(), labels, probabilities);
  }

  /**
   * Names the images of the parts that are probably mislabelled.
   *
   * @param proposals how many, those of lowest score; empty for as many as the confident joints
   *     count
   * @return the lowest score first
   */
  List<ImageIssue> find(List<JoinedPart> judged, OptionalInt proposals) {
    IntStream found =
        proposals.isPresent()
            ? judged.stream().flatMapToInt(JoinedPart::range)
            : judged.stream().flatMapToInt(part -> IntStream.of(pruned(part)));
    return found
        .boxed()
        .sorted(Comparator.comparingDouble(this::score))
        .limit(proposals.orElse(Integer.MAX_VALUE))
        .map(this::issue)
        .toList();
  }

  private double score(int image) {
    return ranking.score(probabilities, image, labels[image]);
  }

  private int[] pruned(JoinedPart part) {
    return joint(part).prunedByNoiseRate(part.range().toArray(), labels, probabilities);
  }

  private ImageIssue issue(int image) {
    int likeliest = probabilities.likeliest(image);
    return new ImageIssue(
        IssueKind.LABEL,
        parts.place(image),
        labels[image],
        likeliest == labels[image] ? Optional.empty() : Optional.of(likeliest),
        score(image),
        Optional.empty(),
        "");
  }

  /** Pairs of given label and true class by the estimated number of images, falling. */
  List<LabelConfusion> confusions(JoinedPart part) {
    double[][] joint = joint(part).joint();
    List<LabelConfusion> all = new ArrayList<>();
    for (int label = 0; label < joint.length; label++) {
      for (int other = 0; other < joint.length; other++) {
        double images = joint[label][other] * part.images().size();
        if (label != other && images >= 0.5) {
          all.add(new LabelConfusion(label, other, images));
        }
      }
    }
    all.sort(Comparator.comparingDouble(LabelConfusion::images).reversed());
    return all;
  }
}
