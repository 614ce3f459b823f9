package io.mnist4j.data;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Grey-scale images of one size with one label each. Images that were taken from a set know their
 * row in it: so a table of the images, such as one of their writers, stays true of a part.
 */
public final class ImageSet {
  private final int height;
  private final int width;
  private final byte[] pixels;
  private final byte[] labels;

  /** Of each image in the set that these were taken from; null where this is that set. */
  private final int[] rows;

  private final int sourceSize;

  /**
   * Takes the arrays without a copy.
   *
   * @param height rows of an image, at least 1
   * @param width columns of an image, at least 1
   * @param pixels {@code [n, height, width]} row by row, unsigned bytes: 0 is paper, 255 is ink
   * @param labels {@code [n]} class indices, unsigned bytes
   * @throws IllegalArgumentException if the sizes contradict each other
   */
  public ImageSet(int height, int width, byte[] pixels, byte[] labels) {
    this(height, width, pixels, labels, null, labels.length);
  }

  private ImageSet(
      int height, int width, byte[] pixels, byte[] labels, int[] rows, int sourceSize) {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException("image size " + height + "x" + width);
    }
    if ((long) labels.length * height * width != pixels.length) {
      throw new IllegalArgumentException(
          "%d pixels are not %d images of %dx%d"
              .formatted(pixels.length, labels.length, height, width));
    }
    this.height = height;
    this.width = width;
    this.pixels = pixels;
    this.labels = labels;
    this.rows = rows;
    this.sourceSize = sourceSize;
  }

  /** Rows of an image. */
  public int height() {
    return height;
  }

  /** Columns of an image. */
  public int width() {
    return width;
  }

  /** The number of images. */
  public int size() {
    return labels.length;
  }

  /** The number of pixels of one image. */
  public int pixelsPerImage() {
    return height * width;
  }

  /** {@code [n, height, width]}, unsigned, not a copy. */
  public byte[] pixels() {
    return pixels;
  }

  /** {@code [n]} class indices, unsigned, not a copy. */
  public byte[] labels() {
    return labels;
  }

  /** {@code [height, width]} of one image, a copy. */
  public byte[] pixels(int image) {
    int start = image * pixelsPerImage();
    return Arrays.copyOfRange(pixels, start, start + pixelsPerImage());
  }

  /**
   * How many images each class has.
   *
   * @param classes greater than every label
   */
  public int[] countsByLabel(int classes) {
    int[] counts = new int[classes];
    for (int i = 0; i < size(); i++) {
      counts[label(i)]++;
    }
    return counts;
  }

  /** The class index of one image, 0 to 255. */
  public int label(int image) {
    return Byte.toUnsignedInt(labels[image]);
  }

  /**
   * The place, from 0, that an image had in the set that was read, whatever was chosen from that
   * since.
   */
  public int row(int image) {
    return rows == null ? image : rows[image];
  }

  /** The number of images of the set that was read. */
  public int sourceSize() {
    return sourceSize;
  }

  /**
   * One set after another, as rows of a set of its own.
   *
   * @param sets at least one, with images of one size
   */
  public static ImageSet joined(List<ImageSet> sets) {
    ImageSet first = sets.get(0);
    int size = sets.stream().mapToInt(ImageSet::size).sum();
    byte[] pixels = new byte[Math.multiplyExact(size, first.pixelsPerImage())];
    byte[] labels = new byte[size];
    int images = 0;
    for (ImageSet set : sets) {
      int at = images * first.pixelsPerImage();
      System.arraycopy(set.pixels, 0, pixels, at, set.pixels.length);
      System.arraycopy(set.labels, 0, labels, images, set.size());
      images += set.size();
    }
    return new ImageSet(first.height(), first.width(), pixels, labels);
  }

  /**
   * Some of the images, copied.
   *
   * @param indices which, in the order that they shall have
   */
  public ImageSet subset(int[] indices) {
    int perImage = pixelsPerImage();
    byte[] chosenPixels = new byte[Math.multiplyExact(indices.length, perImage)];
    byte[] chosenLabels = new byte[indices.length];
    int[] chosenRows = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(pixels, indices[i] * perImage, chosenPixels, i * perImage, perImage);
      chosenLabels[i] = labels[indices[i]];
      chosenRows[i] = row(indices[i]);
    }
    return new ImageSet(height, width, chosenPixels, chosenLabels, chosenRows, sourceSize);
  }

  /**
   * All images but some, copied, in the order that they have here.
   *
   * @param indices which are left out
   */
  public ImageSet without(int[] indices) {
    BitSet kept = new BitSet(size());
    kept.set(0, size());
    for (int index : indices) {
      kept.clear(index);
    }
    return subset(kept.stream().toArray());
  }

  /**
   * The images of some of the classes, copied, in the order that they have here, with labels 0 to k
   * − 1.
   *
   * @param classes the k labels to keep, each once; the first becomes 0
   */
  public ImageSet ofClasses(int[] classes) {
    int[] newLabels = new int[256];
    Arrays.fill(newLabels, -1);
    for (int i = 0; i < classes.length; i++) {
      newLabels[classes[i]] = i;
    }
    int[] kept = IntStream.range(0, size()).filter(i -> newLabels[label(i)] >= 0).toArray();
    ImageSet chosen = subset(kept);
    for (int i = 0; i < kept.length; i++) {
      chosen.labels[i] = (byte) newLabels[chosen.label(i)];
    }
    return chosen;
  }
}
