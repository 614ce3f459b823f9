package io.mnist4j.data.store;

import io.mnist4j.data.ImageSize;
import io.mnist4j.data.Samples;
import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.errors.DataException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Images that a file has as numbers, of the size that a network takes, for predictions. */
public final class ImageTable {
  private final Samples samples;

  /**
   * @param size that the network takes
   * @throws DataException if the images have another one
   */
  ImageTable(Samples samples, ImageSize size) throws DataException {
    if (!samples.size().equals(size)) {
      throw new DataException(
          "%s: expected images of %s, as the model takes them, found %s"
              .formatted(samples.source(), size, samples.size()));
    }
    this.samples = samples;
  }

  /** Where they were read from: a file, or an array of one. */
  public String source() {
    return samples.source();
  }

  /** The number of images. */
  public int count() {
    return samples.count();
  }

  /** Some of the images: 0 is paper and 255 is ink. */
  public List<GreyImage> images(int first, int last) {
    ImageSize size = samples.size();
    return IntStream.range(first, last)
        .mapToObj(
            i ->
                new GreyImage(
                    size.height(),
                    size.width(),
                    Arrays.copyOfRange(
                        samples.pixels(), i * size.pixels(), (i + 1) * size.pixels())))
        .toList();
  }
}
