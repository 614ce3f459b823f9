package io.mnist4j.data.store;

import io.mnist4j.data.ImageSize;
import io.mnist4j.data.imagefolder.PictureForm;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the files of a data set are understood.
 *
 * @param form of the images that are made of pictures
 * @param size of the images; empty for that of most pictures, or for square images
 * @param labelColumn of a table, as in {@link DataSpec#labelColumn}
 * @param cache where decoded pictures are kept; empty to keep none
 * @param photos the form for large pictures of characters; empty where form and size were asked for
 */
public record ReadingOptions(
    PictureForm form,
    Optional<ImageSize> size,
    String labelColumn,
    Optional<Path> cache,
    Optional<PictureForm> photos) {
  /** MNIST's size, which digits that are found get where none was asked for. */
  static final ImageSize DIGIT_SIZE = new ImageSize(28, 28);

  /** What images are made by, for the name of a file that keeps them. */
  String description() {
    String asked = size.map(ImageSize::toString).orElse("auto");
    return "%s-%s%s".formatted(form, asked, photos.isPresent() ? "-or-digits" : "");
  }

  /** With form and size as they are asked for. */
  public ReadingOptions(
      PictureForm form, Optional<ImageSize> size, String labelColumn, Optional<Path> cache) {
    this(form, size, labelColumn, cache, Optional.empty());
  }

  /**
   * As a run's settings say.
   *
   * @param digits the form of digits that are found
   */
  static ReadingOptions of(DataSpec spec, PictureForm digits, Optional<Path> cache) {
    boolean found = spec.form().equals(DataSpec.DIGITS);
    return new ReadingOptions(
        found ? digits : PictureForm.AS_IS,
        found ? spec.imageSize().or(() -> Optional.of(DIGIT_SIZE)) : spec.imageSize(),
        spec.labelColumn(),
        cache,
        spec.form().equals(DataSpec.AUTO) && spec.imageSize().isEmpty()
            ? Optional.of(digits)
            : Optional.empty());
  }
}
