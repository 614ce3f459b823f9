package io.mnist4j.issues;

/**
 * Images of one class that are labelled as another.
 *
 * @param label that they have
 * @param truth the class that they are of
 * @param images the estimated number
 */
public record LabelConfusion(int label, int truth, double images) {}
