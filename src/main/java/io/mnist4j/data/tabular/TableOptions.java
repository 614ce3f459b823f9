package io.mnist4j.data.tabular;

import io.mnist4j.data.ImageSize;
import java.util.Optional;

/**
 * How a table is meant, as far as its content does not say.
 *
 * @param size of the images, for those that are not square; a table whose rows have another square
 *     number of pixels is read with that
 * @param labelColumn {@code auto}, {@code first}, {@code last}, {@code none}, or the name of a
 *     column in the header
 */
public record TableOptions(Optional<ImageSize> size, String labelColumn) {
  /** The column is found by its name, or by what stands in it. */
  public static final String AUTO = "auto";

  static final String FIRST = "first";
  static final String LAST = "last";
  static final String NONE = "none";

  /** What holds where nothing is set. */
  public static final TableOptions DEFAULT = new TableOptions(Optional.empty(), AUTO);

  /** The size of images of so many pixels: the one that is set if it fits, else a square. */
  Optional<ImageSize> sizeOf(int pixels) {
    return size.filter(set -> set.pixels() == pixels).or(() -> ImageSize.square(pixels));
  }

  /** What a message adds where a number of pixels fits to no size. */
  String wantedSize() {
    return size.map(set -> "or those of data.size=" + set)
        .orElse("(data.size=HEIGHTxWIDTH gives the size of images that are not square)");
  }
}
