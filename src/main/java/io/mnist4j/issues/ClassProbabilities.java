package io.mnist4j.issues;

/**
 * What networks say of images: how probable each class is.
 *
 * @param classes k
 * @param values {@code [n, k]} row by row, each 0 to 1, each row with the sum 1; not copied
 */
record ClassProbabilities(int classes, float[] values) {

  /** All are 0, until outputs are added. */
  static ClassProbabilities zeros(int images, int classes) {
    return new ClassProbabilities(classes, new float[Math.multiplyExact(images, classes)]);
  }

  /** How probable it is that an image is of a class. */
  float of(int image, int label) {
    return values[image * classes + label];
  }

  void add(int image, int label, double probability) {
    values[image * classes + label] += (float) probability;
  }

  /** The most probable class; the first of equals. */
  int likeliest(int image) {
    return likeliestBut(image, -1);
  }

  /** The most probable class other than one; the first of equals. */
  int likeliestBut(int image, int leftOut) {
    int best = -1;
    for (int label = 0; label < classes; label++) {
      if (label != leftOut && (best < 0 || of(image, label) > of(image, best))) {
        best = label;
      }
    }
    return best;
  }
}
