package io.mnist4j.data.imagefolder;

import io.mnist4j.data.ImageSize;
import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.data.pictures.Picture;

/** How a picture becomes an image of a data set. Safe for any number of threads. */
public interface PictureForm {
  /** The picture's brightness, scaled to the size where it has another. */
  PictureForm AS_IS =
      new PictureForm() {
        @Override
        public GreyImage of(Picture picture, ImageSize size) {
          return picture.luma().stretched(size.height(), size.width());
        }

        @Override
        public String toString() {
          return "as-is";
        }
      };

  /**
   * The image.
   *
   * @param size that it has to have
   */
  GreyImage of(Picture picture, ImageSize size);

  /** Its name: images that were kept are used again only for the form that made them. */
  @Override
  String toString();
}
