package io.mnist4j.issues;

import io.mnist4j.data.DuplicateImages;
import io.mnist4j.data.ImageSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Images that are there twice, or whose pixels are odd. */
final class PictureIssues {
  private final JoinedParts parts;
  private final ImageSet images;
  private final ClassProbabilities probabilities;
  private final List<ImageIssue> issues = new ArrayList<>();
  private boolean complete;

  private PictureIssues(JoinedParts parts, ClassProbabilities probabilities) {
    this.parts = parts;
    this.probabilities = probabilities;
    images = parts.all();
  }

  /**
   * Compares all pictures.
   *
   * @param probabilities suggest the label of pictures that have several
   */
  static PictureIssues of(JoinedParts parts, ClassProbabilities probabilities) {
    PictureIssues search = new PictureIssues(parts, probabilities);
    PixelChecks pixels = new PixelChecks(search.images);
    for (int image = 0; image < search.images.size(); image++) {
      int odd = image;
      pixels
          .kind(image)
          .ifPresent(kind -> search.add(kind, odd, -1, pixels.score(odd), pixels.detail(odd)));
    }
    DuplicateImages same = DuplicateImages.of(search.images, pixels::isConstant);
    same.groups().forEach(search::addGroup);
    search.addNear(NearDuplicates.of(search.images, same.different()));
    return search;
  }

  /** What was found, each kind with the surest first. */
  List<ImageIssue> issues() {
    return issues.stream().sorted(ImageIssue.WORST_FIRST).toList();
  }

  /** Whether all pictures were compared with each other. */
  boolean isComplete() {
    return complete;
  }

  /**
   * All images of a group whose labels differ, for any label may be the wrong one; else the spare.
   */
  private void addGroup(List<Integer> group) {
    int first = group.get(0);
    for (int image : group) {
      Optional<Integer> other =
          group.stream().filter(any -> images.label(any) != images.label(image)).findFirst();
      if (other.isPresent()) {
        add(IssueKind.DUPLICATE_OTHER_LABEL, image, other.get(), 0, "");
      } else if (image != first) {
        add(IssueKind.DUPLICATE, image, first, 0, "");
      }
    }
  }

  private void addNear(NearDuplicates near) {
    complete = near.isComplete();
    for (int image = 0; image < images.size(); image++) {
      if (near.otherTwin(image) >= 0) {
        add(
            IssueKind.NEAR_DUPLICATE_OTHER_LABEL,
            image,
            near.otherTwin(image),
            1 - near.otherLikeness(image),
            "");
      } else if (near.twin(image) >= 0) {
        add(IssueKind.NEAR_DUPLICATE, image, near.twin(image), 1 - near.likeness(image), "");
      }
    }
  }

  /**
   * @param twin negative where the issue is about one image
   */
  private void add(IssueKind kind, int image, int twin, double score, String detail) {
    int likeliest = probabilities.likeliest(image);
    boolean doubted = kind.isAboutLabel() && likeliest != images.label(image);
    issues.add(
        new ImageIssue(
            kind,
            parts.place(image),
            images.label(image),
            doubted ? Optional.of(likeliest) : Optional.empty(),
            Math.max(0, score),
            twin < 0 ? Optional.empty() : Optional.of(parts.place(twin)),
            detail));
  }
}
