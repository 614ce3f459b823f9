package io.mnist4j.issues;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How often images of each given label are truly of each class: the confident joint of C.
 * Northcutt, L. Jiang and I. Chuang, Confident Learning: Estimating Uncertainty in Dataset Labels,
 * Journal of Artificial Intelligence Research 70 (2021), section 3.
 *
 * @param thresholds t of each class (equation 2): the mean probability of the class over the images
 *     that are labelled with it; NaN where there is no such image
 * @param counts C of given label and true class (equation 1): {@code [k][k]}
 * @param labelled images with each given label: {@code [k]}
 */
record ConfidentJoint(double[] thresholds, int[][] counts, int[] labelled) {

  /**
   * Counts images: an image labelled i counts as of class j if j is the most probable of the
   * classes whose probability reaches their threshold; if none does, it does not count.
   *
   * @param images that are looked at
   * @param labels the given label of each image, by its number
   */
  static ConfidentJoint of(int[] images, int[] labels, ClassProbabilities probabilities) {
    int classes = probabilities.classes();
    double[] thresholds = new double[classes];
    int[] labelled = new int[classes];
    for (int image : images) {
      thresholds[labels[image]] += probabilities.of(image, labels[image]);
      labelled[labels[image]]++;
    }
    for (int label = 0; label < classes; label++) {
      thresholds[label] /= labelled[label];
    }
    int[][] counts = new int[classes][classes];
    for (int image : images) {
      int confident = confidentClass(image, thresholds, probabilities);
      if (confident >= 0) {
        counts[labels[image]][confident]++;
      }
    }
    return new ConfidentJoint(thresholds, counts, labelled);
  }

  private static int confidentClass(
      int image, double[] thresholds, ClassProbabilities probabilities) {
    int best = -1;
    for (int label = 0; label < thresholds.length; label++) {
      // False where the threshold is not a number.
      boolean reaches = probabilities.of(image, label) >= thresholds[label];
      if (reaches && (best < 0 || probabilities.of(image, label) > probabilities.of(image, best))) {
        best = label;
      }
    }
    return best;
  }

  /**
   * The estimated joint distribution of given label and true class (equation 3): the counts of each
   * row scaled to the number of images with that label, then all divided by the number of images.
   * The sum is 1. A row without counts goes to its diagonal: nothing speaks against its labels.
   */
  double[][] joint() {
    int classes = counts.length;
    double all = Math.max(1, IntStream.of(labelled).sum());
    double[][] joint = new double[classes][classes];
    for (int label = 0; label < classes; label++) {
      double row = IntStream.of(counts[label]).sum();
      if (row == 0) {
        joint[label][label] = labelled[label] / all;
        continue;
      }
      for (int other = 0; other < classes; other++) {
        joint[label][other] = counts[label][other] / row * labelled[label] / all;
      }
    }
    return joint;
  }

  /** The estimated share of wrong labels: what lies off the diagonal of the joint. */
  double noise() {
    double[][] joint = joint();
    double noise = 0;
    for (int label = 0; label < joint.length; label++) {
      for (int other = 0; other < joint.length; other++) {
        noise += label == other ? 0 : joint[label][other];
      }
    }
    return noise;
  }

  /**
   * Proposes images as mislabelled, pruned by noise rate (section 3.2): for each pair of label i
   * and class j, as many images as the joint estimates, those labelled i with the largest margin of
   * j's probability over i's. As in the authors' own program, an image is left alone whose label is
   * the most probable class.
   *
   * @return images, ascending
   */
  int[] prunedByNoiseRate(int[] images, int[] labels, ClassProbabilities probabilities) {
    double[][] joint = joint();
    BitSet proposed = new BitSet();
    for (int label = 0; label < joint.length; label++) {
      int given = label;
      int[] ofLabel =
          IntStream.of(images)
              .filter(image -> labels[image] == given && probabilities.likeliest(image) != given)
              .toArray();
      for (int other = 0; other < joint.length; other++) {
        int count = (int) Math.round(joint[label][other] * images.length);
        if (other != label && count > 0) {
          farthest(ofLabel, label, other, probabilities).stream()
              .limit(count)
              .forEach(proposed::set);
        }
      }
    }
    return proposed.stream().toArray();
  }

  /** The images by their margin of another class's probability over their label's, falling. */
  private static List<Integer> farthest(
      int[] images, int label, int other, ClassProbabilities probabilities) {
    return Arrays.stream(images)
        .boxed()
        .sorted(
            Comparator.comparingDouble(
                image -> (double) probabilities.of(image, label) - probabilities.of(image, other)))
        .toList();
  }
}
