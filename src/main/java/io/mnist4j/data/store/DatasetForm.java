package io.mnist4j.data.store;

import io.mnist4j.data.DatasetParts;
import io.mnist4j.data.ImageSet;
import io.mnist4j.data.Part;
import io.mnist4j.data.idx.IdxWriter;
import io.mnist4j.data.npy.NpzWriter;
import io.mnist4j.data.source.ClassNamesFile;
import io.mnist4j.data.tabular.CsvWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The forms in which a data set can be written. */
public enum DatasetForm {
  /** MNIST's own: a file for the images of each part, and one for their labels. */
  IDX {
    @Override
    public void write(DatasetParts data, PngWriter png, Path folder) throws IOException {
      for (Map.Entry<Part, ImageSet> part : data.parts().entrySet()) {
        String prefix = IDX_PREFIXES.get(part.getKey());
        try (OutputStream out = open(folder.resolve(prefix + "-images-idx3-ubyte"))) {
          IdxWriter.writeImages(part.getValue(), out);
        }
        try (OutputStream out = open(folder.resolve(prefix + "-labels-idx1-ubyte"))) {
          IdxWriter.writeLabels(part.getValue(), out);
        }
      }
      writeClassNames(data, folder);
    }
  },

  /** NumPy's, as Keras has MNIST: all arrays in one file. */
  NPZ {
    @Override
    public void write(DatasetParts data, PngWriter png, Path file) throws IOException {
      NpzWriter.write(open(file), data.parts());
    }
  },

  /** A table for each part: a label and the pixels in each row, as Kaggle has MNIST. */
  CSV {
    @Override
    public void write(DatasetParts data, PngWriter png, Path folder) throws IOException {
      for (Map.Entry<Part, ImageSet> part : data.parts().entrySet()) {
        try (OutputStream out = open(folder.resolve(part.getKey() + ".csv"))) {
          CsvWriter.write(part.getValue(), data.classNames(), out);
        }
      }
    }
  },

  /** Folders of pictures: {@code train/CLASS/00000.png}, numbered in the order of the images. */
  PICTURES {
    @Override
    public void write(DatasetParts data, PngWriter png, Path folder) throws IOException {
      boolean safe = data.classNames().stream().allMatch(DatasetForm::isFolderName);
      if (!safe) {
        writeClassNames(data, folder);
      }
      for (Map.Entry<Part, ImageSet> part : data.parts().entrySet()) {
        ImageSet images = part.getValue();
        Path[] folders = new Path[data.classNames().size()];
        for (int label = 0; label < folders.length; label++) {
          String name = safe ? data.classNames().get(label) : Integer.toString(label);
          folders[label] =
              Files.createDirectories(folder.resolve(part.getKey().toString()).resolve(name));
        }
        for (int i = 0; i < images.size(); i++) {
          Files.write(
              folders[images.label(i)].resolve(String.format(Locale.ROOT, "%05d.png", i)),
              png.write(images.width(), images.height(), images.pixels(i)));
        }
      }
    }
  };

  private static final Map<Part, String> IDX_PREFIXES =
      Map.of(Part.TRAIN, "train", Part.VALIDATION, "validation", Part.TEST, "t10k");

  /** Makes a picture file. */
  @FunctionalInterface
  public interface PngWriter {
    /**
     * The content of a PNG file.
     *
     * @param pixels {@code [height, width]}, unsigned: 0 is black
     */
    byte[] write(int width, int height, byte[] pixels);
  }

  /** How the command line calls it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The form that the name of a file or folder tells; empty if it tells none. */
  public static Optional<DatasetForm> ofName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".npz") ? Optional.of(NPZ) : Optional.empty();
  }

  /** Whether it is one file, and not a folder. */
  public boolean isFile() {
    return this == NPZ;
  }

  /**
   * Writes a data set.
   *
   * @param png for pictures
   * @param target a folder that is there, or a file that is to be written
   */
  public abstract void write(DatasetParts data, PngWriter png, Path target) throws IOException;

  private static OutputStream open(Path file) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
  }

  private static void writeClassNames(DatasetParts data, Path folder) throws IOException {
    List<String> names = data.classNames();
    boolean numbers = true;
    for (int i = 0; i < names.size(); i++) {
      numbers &= names.get(i).equals(Integer.toString(i));
    }
    if (!numbers) {
      Files.writeString(folder.resolve(ClassNamesFile.NAME), String.join("\n", names) + "\n");
    }
  }

  /** Whether a class may be the name of a folder on every system, and is found again. */
  private static boolean isFolderName(String name) {
    return name.matches("[\\p{L}\\p{N}][\\p{L}\\p{N} _-]{0,80}") && !name.endsWith(" ");
  }
}
