package io.mnist4j.issues;

import io.mnist4j.data.Dataset;
import io.mnist4j.data.ImageSet;
import io.mnist4j.data.Part;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is wrong with a data set.
 *
 * @param dataset that was looked at
 * @param networks that judged the labels
 * @param parts what is known of each part that was looked at
 * @param notices of the parts as a whole
 * @param issues of images, by kind, the surest first
 * @param doubtful the labels of lowest score, whether an issue names them or not, lowest first
 */
public record DataIssues(
    Dataset dataset,
    int networks,
    List<PartNoise> parts,
    List<SetNotice> notices,
    List<ImageIssue> issues,
    List<ImageIssue> doubtful) {
  public DataIssues {
    parts = List.copyOf(parts);
    notices = List.copyOf(notices);
    issues = List.copyOf(issues);
    doubtful = List.copyOf(doubtful);
  }

  /**
   * How many labels of a part are wrong, as confident learning estimates.
   *
   * @param split the part's name
   * @param images of the part
   * @param noise the share of wrong labels, 0 to 1
   * @param confusions the pairs of classes that are most often taken for each other
   */
  public record PartNoise(String split, int images, double noise, List<LabelConfusion> confusions) {
    public PartNoise {
      confusions = List.copyOf(confusions);
    }
  }

  /** The images of a part. */
  public ImageSet images(String split) {
    return dataset.parts().get(Part.ofWord(split).orElseThrow());
  }

  /** The name of a class. */
  public String className(int label) {
    return dataset.classNames().get(label);
  }

  /** Issues of a kind, the surest first. */
  public List<ImageIssue> of(IssueKind kind) {
    return issues.stream().filter(issue -> issue.kind() == kind).toList();
  }

  /** The number of issues of a kind in a part. */
  public long count(IssueKind kind, String split) {
    return of(kind).stream().filter(issue -> issue.place().split().equals(split)).count();
  }

  /** The kinds that were found, in their order. */
  public List<IssueKind> kinds() {
    return Stream.of(IssueKind.values()).filter(kind -> !of(kind).isEmpty()).toList();
  }
}
