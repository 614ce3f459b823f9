package io.mnist4j.sweep.journal;

/**
 * What the best settings came to, trained on all training images.
 *
 * @param trial whose settings they are
 * @param dataset that it was tested on
 * @param images of the test set
 * @param testAccuracy 0 to 1
 * @param seconds of training
 */
public record FinalResult(
    int trial, String dataset, long images, double testAccuracy, double testLoss, double seconds) {}
