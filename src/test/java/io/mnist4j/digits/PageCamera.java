package io.mnist4j.digits;

/** How a page becomes a file. */
enum PageCamera {
  CLEAN,
  JPEG,
  ROTATED,
  NOISE,
  PERSPECTIVE
}
