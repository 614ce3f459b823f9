package io.mnist4j.issues;

import java.util.Comparator;
import java.util.Optional;

/**
 * Something that is wrong with an image.
 *
 * @param label that the image has
 * @param suggested what the label may have to be; empty where nothing speaks for another one
 * @param score 0 to 1, the lower the surer it is that something is wrong; comparable within a kind
 * @param twin the other image, where the issue is about two
 * @param detail what was found, in a few words; may be empty
 */
public record ImageIssue(
    IssueKind kind,
    ImagePlace place,
    int label,
    Optional<Integer> suggested,
    double score,
    Optional<ImagePlace> twin,
    String detail) {

  /** By kind, the surest first; then in the order in which they were found. */
  public static final Comparator<ImageIssue> WORST_FIRST =
      Comparator.comparing(ImageIssue::kind).thenComparingDouble(ImageIssue::score);
}
