package io.mnist4j.digits;

import io.mnist4j.data.pictures.GreyImage;

/**
 * A digit that was found in a picture.
 *
 * @param box where it lies in the file, which is turned upright; null for an image of no file
 * @param image what a network sees: 0 is paper and 255 is ink, of the network's size
 */
public record Digit(Box box, GreyImage image) {}
