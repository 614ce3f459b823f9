import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * Images and labels of one part of a data set.
 *
 * @param pixels 0 to 1, image after image
 * @param labels class of each image, from 0
 * @param height rows of one image
 * @param width columns of one image
 */
record IdxFiles(float[] pixels, byte[] labels, int height, int width) {

  /** The training images that a recipe uses. */
  static IdxFiles training(Recipe recipe) throws IOException {
    IdxFiles all = read(recipe.folder(), "train");
    return new IdxFiles(
        Arrays.copyOf(all.pixels, recipe.images() * all.size()),
        Arrays.copyOf(all.labels, recipe.images()),
        all.height,
        all.width);
  }

  static IdxFiles test(Recipe recipe) throws IOException {
    return read(recipe.folder(), "t10k");
  }

  private static IdxFiles read(String folder, String part) throws IOException {
    ByteBuffer images = content(Path.of(folder), part + "-images-idx3-ubyte");
    int count = images.getInt(4);
    int height = images.getInt(8);
    int width = images.getInt(12);
    float[] pixels = new float[count * height * width];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (images.get(16 + i) & 0xff) / 255f;
    }
    byte[] labels = new byte[count];
    content(Path.of(folder), part + "-labels-idx1-ubyte").get(8, labels);
    return new IdxFiles(pixels, labels, height, width);
  }

  int count() {
    return labels.length;
  }

  /** Pixels of one image. */
  int size() {
    return height * width;
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
    int size = size();
    float[] rows = new float[images.length * size];
    for (int i = 0; i < images.length; i++) {
      System.arraycopy(pixels, images[i] * size, rows, i * size, size);
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
