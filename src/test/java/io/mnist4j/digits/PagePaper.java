package io.mnist4j.digits;

/** What a page is written on. */
enum PagePaper {
  PLAIN,
  RULED,
  SQUARED,
  /** One box of a form. */
  BOX,
  /** A row of boxes with common walls. */
  BOXES,
  /** The paper ends within the picture, on one side or more. */
  DESK,
  SHADOW,
  CREASE,
  CHALK,
  SCREEN;

  boolean isDark() {
    return this == CHALK || this == SCREEN;
  }
}
