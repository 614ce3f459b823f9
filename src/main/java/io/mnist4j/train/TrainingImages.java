package io.mnist4j.train;

import io.mnist4j.data.ImageSet;

/**
 * What a training works on.
 *
 * @param train images to learn from
 * @param validation images to validate each epoch on, of the same size
 * @param classes number of classes
 */
public record TrainingImages(ImageSet train, ImageSet validation, int classes) {}
