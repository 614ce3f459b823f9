import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Images and labels of one part of a data set.
 *
 * @param pixels 0 to 1, image after image
 * @param labels class of each image, from 0
 * @param width pixels of one image
 */
record IdxFiles(float[] pixels, byte[] labels, int width) {

  /** Reads {@code train} or {@code t10k}. */
  static IdxFiles read(String folder, String part) throws IOException {
    ByteBuffer images = content(Path.of(folder), part + "-images-idx3-ubyte");
    int count = images.getInt(4);
    int width = images.getInt(8) * images.getInt(12);
    float[] pixels = new float[count * width];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (images.get(16 + i) & 0xff) / 255f;
    }
    byte[] labels = new byte[count];
    content(Path.of(folder), part + "-labels-idx1-ubyte").get(8, labels);
    return new IdxFiles(pixels, labels, width);
  }

  int count() {
    return labels.length;
  }

  int classes() {
    int largest = 0;
    for (byte label : labels) {
      largest = Math.max(largest, label);
    }
    return largest + 1;
  }

  /** The pixels of these images, image after image. */
  float[] pixels(int[] images) {
    float[] rows = new float[images.length * width];
    for (int i = 0; i < images.length; i++) {
      System.arraycopy(pixels, images[i] * width, rows, i * width, width);
    }
    return rows;
  }

  /** The labels of these images as rows with a single 1. */
  float[] oneHot(int[] images, int classes) {
    float[] rows = new float[images.length * classes];
    for (int i = 0; i < images.length; i++) {
      rows[i * classes + labels[images[i]]] = 1;
    }
    return rows;
  }

  private static ByteBuffer content(Path folder, String name) throws IOException {
    for (String file : new String[] {name, name.replace("-idx", ".idx")}) {
      if (Files.exists(folder.resolve(file))) {
        return ByteBuffer.wrap(Files.readAllBytes(folder.resolve(file)));
      }
      if (Files.exists(folder.resolve(file + ".gz"))) {
        try (InputStream in =
            new GZIPInputStream(Files.newInputStream(folder.resolve(file + ".gz")), 1 << 16)) {
          return ByteBuffer.wrap(in.readAllBytes());
        }
      }
    }
    throw new IOException(folder + " has no " + name);
  }
}
