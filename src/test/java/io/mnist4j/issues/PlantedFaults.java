package io.mnist4j.issues;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.catalogue.FileRole;
import io.mnist4j.data.idx.IdxFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A data set of bars on black paper, whose class is the height of the bar, with one fault of each
 * kind: 400 + 100 images of 10x10 in 4 classes, labels 0 1 2 3 0 1 … before the faults.
 */
public final class PlantedFaults {
  public static final int TRAIN = 400;
  public static final int TEST = 100;
  public static final int CLASSES = 4;

  /** Training images with a wrong label. */
  public static final List<Integer> WRONG = List.of(41, 102, 203, 304);

  /** A training image with the pixels of test image 7. */
  public static final int LEAKED = 111;

  /** A training image with the pixels of training image 12, and another label. */
  public static final int DISPUTED = 130;

  /** A darker copy of training image 9. */
  public static final int DARKER = 141;

  public static final int BLANK = 150;
  public static final int INVERTED = 160;

  /** Of zeros and ones. */
  public static final int BINARY = 170;

  private static final int SIDE = 10;
  private static final int PIXELS = SIDE * SIDE;

  private PlantedFaults() {}

  /** Bars without faults. */
  static ImageSet bars(int count, long seed) {
    Random random = new Random(seed);
    byte[] pixels = new byte[count * PIXELS];
    byte[] labels = new byte[count];
    for (int image = 0; image < count; image++) {
      labels[image] = (byte) (image % CLASSES);
      for (int y = 1; y < SIDE - 1; y++) {
        for (int x = 1; x < SIDE - 1; x++) {
          boolean bar = (y - 1) / 2 == image % CLASSES;
          int value = bar ? 150 + random.nextInt(100) : random.nextInt(60);
          pixels[image * PIXELS + y * SIDE + x] = (byte) value;
        }
      }
    }
    return new ImageSet(SIDE, SIDE, pixels, labels);
  }

  /** The files, under their standard names in a folder that is made. */
  public static Path write(Path folder) throws IOException {
    return write(folder, bars(TEST, 2), TEST);
  }

  /** The same without test images of the last class. */
  public static Path writeWithoutAClass(Path folder) throws IOException {
    return write(folder, bars(TEST, 2).ofClasses(new int[] {0, 1, 2}), TEST * 3 / 4);
  }

  private static Path write(Path folder, ImageSet test, int tests) throws IOException {
    ImageSet train = bars(TRAIN, 1);
    for (int image : WRONG) {
      train.labels()[image] = (byte) ((image + 1) % CLASSES);
    }
    System.arraycopy(test.pixels(), 7 * PIXELS, train.pixels(), LEAKED * PIXELS, PIXELS);
    train.labels()[LEAKED] = test.labels()[7];
    System.arraycopy(train.pixels(), 12 * PIXELS, train.pixels(), DISPUTED * PIXELS, PIXELS);
    train.labels()[DISPUTED] = 2;
    for (int i = 0; i < PIXELS; i++) {
      int value = train.pixels()[9 * PIXELS + i] & 0xff;
      train.pixels()[DARKER * PIXELS + i] = (byte) (value * 4 / 5);
      train.pixels()[BLANK * PIXELS + i] = 0;
      train.pixels()[INVERTED * PIXELS + i] = (byte) ~train.pixels()[INVERTED * PIXELS + i];
      int binary = train.pixels()[BINARY * PIXELS + i] & 0xff;
      train.pixels()[BINARY * PIXELS + i] = (byte) (binary > 100 ? 1 : 0);
    }
    train.labels()[DARKER] = train.labels()[9];
    Map<FileRole, byte[]> files = new TreeMap<>();
    files.put(FileRole.TRAIN_IMAGES, images(train, TRAIN));
    files.put(FileRole.TRAIN_LABELS, IdxFixture.idx(train.labels(), 0x00000801, TRAIN));
    files.put(FileRole.TEST_IMAGES, images(test, tests));
    files.put(FileRole.TEST_LABELS, IdxFixture.idx(test.labels(), 0x00000801, tests));
    return IdxFixture.write(folder, files);
  }

  private static byte[] images(ImageSet images, int count) {
    return IdxFixture.idx(images.pixels(), 0x00000803, count, SIDE, SIDE);
  }
}
