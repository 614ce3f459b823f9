package io.mnist4j.api;

import io.mnist4j.data.pictures.ImageFile;
import io.mnist4j.data.pictures.Picture;
import io.mnist4j.digits.DigitFinder;
import io.mnist4j.errors.DataException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A photo, scan or drawing with digits: the way to MNIST's 28x28. Dark on light or light on dark,
 * of any size. Immutable, and safe for several threads at once.
 */
public final class DigitPicture {
  private static final int SIDE = 28;

  private final Picture picture;

  private DigitPicture(Picture picture) {
    this.picture = picture;
  }

  /**
   * The digits of a photo as any network takes them that learned MNIST: {@code
   * MultiLayerNetwork.load(file, true).output(DigitPicture.features(photo))}. ND4J is used as it
   * was set up.
   *
   * @param photo PNG, JPEG, GIF, BMP or TIFF
   * @return {@code [digits, 784]} float32, 0 is paper and 1 is ink; in reading order
   * @throws DataException if the file cannot be read, is no picture, or shows no digit
   */
  public static INDArray features(Path photo) throws DataException {
    List<FoundDigit> digits = read(photo).digits();
    if (digits.isEmpty()) {
      throw new DataException(photo + ": no digit is found in it");
    }
    return Nd4j.create(digits.stream().map(FoundDigit::pixels).toArray(float[][]::new));
  }

  /**
   * Reads a file.
   *
   * @param file PNG, JPEG, GIF, BMP or TIFF
   * @throws DataException if it cannot be read or is no picture; the message begins with the file
   */
  public static DigitPicture read(Path file) throws DataException {
    return new DigitPicture(ImageFile.read(file));
  }

  /**
   * Decodes the content of a file, such as an upload.
   *
   * @param content of a PNG, JPEG, GIF, BMP or TIFF file
   * @throws DataException if it is no picture
   */
  public static DigitPicture decode(byte[] content) throws DataException {
    return new DigitPicture(ImageFile.decode(content, "the picture"));
  }

  /**
   * Takes an image of Java's own.
   *
   * @param image of any kind that can be written as PNG
   * @throws DataException if it has more than 100 megapixels, or cannot be written as PNG
   */
  public static DigitPicture of(BufferedImage image) throws DataException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, "png", png)) {
        throw new DataException("the picture: an image of this kind cannot be written as PNG");
      }
    } catch (IOException e) {
      throw new DataException("the picture: " + e.getMessage(), e);
    }
    return decode(png.toByteArray());
  }

  /** The digits that stand apart, 28x28 each, in reading order; none in a blank picture. */
  public List<FoundDigit> digits() {
    return new DigitFinder(SIDE, SIDE).find(picture).stream().map(FoundDigit::of).toList();
  }

  Picture picture() {
    return picture;
  }
}
