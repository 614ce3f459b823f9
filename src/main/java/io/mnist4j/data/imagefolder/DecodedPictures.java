package io.mnist4j.data.imagefolder;

import io.mnist4j.data.ImageSize;
import java.util.List;

/**
 * Pictures as images of one size.
 *
 * @param size of each
 * @param pixels {@code [n, height, width]}: 0 is paper and 255 is ink
 * @param kept {@code [n]} which of the files they are, ascending: those that could be read
 * @param scaled how many had another size
 * @param unreadable what was wrong with each file that could not be read, in their order
 */
record DecodedPictures(
    ImageSize size, byte[] pixels, int[] kept, int scaled, List<String> unreadable) {}
