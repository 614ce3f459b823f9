package io.mnist4j.issues;

import java.util.Locale;

/** What can be wrong with an image. */
public enum IssueKind {
  LABEL("Wrong labels", "the label is probably wrong"),
  DUPLICATE("Duplicates", "the same pixels as another image"),
  DUPLICATE_OTHER_LABEL(
      "Duplicates with different labels",
      "the same pixels as another image that has another label"),
  NEAR_DUPLICATE("Near duplicates", "nearly the same picture as another image"),
  NEAR_DUPLICATE_OTHER_LABEL(
      "Near duplicates with different labels",
      "nearly the same picture as another image that has another label"),
  BLANK("Blank images", "all pixels are 0"),
  CONSTANT("Images of one value", "all pixels have the same value"),
  INVERTED("Inverted images", "light and dark are exchanged, against the other images"),
  PIXEL_RANGE("Odd pixel values", "the values of the pixels are unlike those of the other images");

  private final String title;
  private final String meaning;

  IssueKind(String title, String meaning) {
    this.title = title;
    this.meaning = meaning;
  }

  /** Its name in files: lower case, with hyphens. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether it says that a label is in doubt. */
  public boolean isAboutLabel() {
    return this == LABEL || this == DUPLICATE_OTHER_LABEL || this == NEAR_DUPLICATE_OTHER_LABEL;
  }

  /** A heading for several images. */
  public String title() {
    return title;
  }

  /** What it says of an image. */
  public String meaning() {
    return meaning;
  }
}
