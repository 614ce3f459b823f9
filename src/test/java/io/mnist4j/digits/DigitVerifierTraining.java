package io.mnist4j.digits;

import io.mnist4j.cli.Main;
import io.mnist4j.data.ImageSet;
import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.data.store.RealMnist;
import io.mnist4j.model.foreign.ModelFile;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Makes the weights of {@link DigitVerifier}: draws images of whole digits and of what is none,
 * trains a network on them as a user would, and writes its weights. Takes some minutes.
 *
 * <p>Whole digits are MNIST's training images: as they are, drawn anew by pens of any width, and
 * cut from lines in which they touch. None are wrong cuts of such lines, letters, signs and
 * scribbles. The test set is made of MNIST's test images, and of letters and signs that are not in
 * training.
 */
final class DigitVerifierTraining {
  private static final int NONE = DigitVerifier.CLASSES - 1;

  /** A pixel of at least so much ink belongs to a digit, as {@link InkImage#isInk} says. */
  private static final float INK = 0.4f;

  private final ImageSet digits;
  private final Random random;
  private final MnistNormalizer normalizer =
      new MnistNormalizer(DigitVerifier.SIDE, DigitVerifier.SIDE);
  private final List<GreyImage> images = new ArrayList<>();
  private final List<Integer> labels = new ArrayList<>();

  private DigitVerifierTraining(ImageSet digits, Random random) {
    this.digits = digits;
    this.random = random;
  }

  /**
   * Writes the weights.
   *
   * @param arguments the file, a new folder for images and the run, and how many lines of digits
   *     are cut for training: the shipped weights are of 25,000
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createDirectories(Path.of(arguments[1]));
    int lines = Integer.parseInt(arguments[2]);
    Path data = Files.createDirectories(folder.resolve("images"));
    DigitVerifierTraining training = new DigitVerifierTraining(RealMnist.train(), new Random(1));
    training.write(lines, NonDigits.LEARNED, data, "train");
    new DigitVerifierTraining(RealMnist.test(), new Random(2))
        .write(lines / 6, NonDigits.UNSEEN, data, "t10k");
    Path config = folder.resolve("verifier.yaml");
    Files.writeString(
        config,
        """
        model:
          layers:
            - conv2d: {filters: %d, kernel: %d}
            - maxpool2d
            - conv2d: {filters: %d, kernel: %d}
            - maxpool2d
            - flatten
            - dense: {units: %d}
        training:
          epochs: 6
          optimizer: {learning-rate: 0.003}
        """
            .formatted(
                DigitVerifier.FILTERS[0],
                DigitVerifier.KERNEL,
                DigitVerifier.FILTERS[1],
                DigitVerifier.KERNEL,
                DigitVerifier.HIDDEN));
    String[] train = {
      "train",
      "--config",
      config.toString(),
      "--dataset",
      data.toString(),
      "--output",
      folder.resolve("runs").toString(),
      "--name",
      "verifier"
    };
    if (Main.run(train, InputStream.nullInputStream(), System.out, System.err) == 0) {
      training.write(folder.resolve("runs/verifier/model.zip"), Path.of(arguments[0]));
    }
  }

  /**
   * Writes the weights, but with a bias for none by which a whole digit is as likely as none, which
   * most of the training images are.
   */
  private void write(Path model, Path file) throws Exception {
    double none = labels.stream().filter(label -> label == NONE).count();
    double odds = none / (labels.size() - none);

    MultiLayerNetwork network = ModelFile.read(model).network();
    Map<String, INDArray> parameters = network.paramTable();
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
      for (String layer : List.of("0", "2", "4", "5")) {
        INDArray weights = parameters.get(layer + "_W");
        // Of dense layers [inputs, outputs]; of convolutions [outputs, inputs, height, width].
        INDArray byOutput = weights.rank() == 2 ? weights.transpose() : weights;
        for (float weight : byOutput.dup('c').data().asFloat()) {
          out.writeFloat(weight);
        }
        float[] biases = parameters.get(layer + "_b").dup('c').data().asFloat();
        if (biases.length == DigitVerifier.CLASSES) {
          biases[NONE] -= (float) Math.log(odds);
        }
        for (float bias : biases) {
          out.writeFloat(bias);
        }
      }
    }
  }

  private void write(int lines, List<String> signs, Path folder, String name) throws IOException {
    for (int i = 0; i < lines; i++) {
      addLine();
    }
    for (int i = 0; i < lines / 2; i++) {
      int index = random.nextInt(digits.size());
      images.add(image(index));
      labels.add(digits.label(index));
      addAll(NonDigits.draw(i % 3 == 0 ? List.of() : signs, random), NONE);
    }
    for (int i = 0; i < lines / 3; i++) {
      int index = random.nextInt(digits.size());
      addAll(written(image(index)), digits.label(index));
    }
    Path file = folder.resolve(name + "-images-idx3-ubyte");
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
      for (int header : new int[] {0x803, images.size(), 28, 28}) {
        out.writeInt(header);
      }
      for (GreyImage image : images) {
        out.write(image.pixels());
      }
    }
    byte[] all = new byte[labels.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = labels.get(i).byteValue();
    }
    file = folder.resolve(name + "-labels-idx1-ubyte");
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
      out.writeInt(0x801);
      out.writeInt(all.length);
      out.write(all);
    }
  }

  private GreyImage image(int index) {
    return GreyImage.of(digits, index);
  }

  /** The strokes of a digit, drawn anew by a pen from thin to marker. */
  private InkImage written(GreyImage digit) {
    int height = 60;
    double pen = height * (0.035 + 0.18 * random.nextDouble() * random.nextDouble());
    PageStrokes strokes = new PageStrokes(digit, height, pen);
    float[] ink = new float[strokes.height * strokes.width];
    for (int i = 0; i < ink.length; i++) {
      ink[i] = (float) strokes.coverage(i / strokes.width, i % strokes.width, pen);
    }
    return new InkImage(strokes.height, strokes.width, ink, false);
  }

  /** All ink as one. */
  private void addAll(InkImage image, int label) {
    ConnectedComponents.of(image).stream()
        .reduce(ConnectedComponent::with)
        .ifPresent(all -> add(all, image, label));
  }

  private void add(ConnectedComponent ink, InkImage image, int label) {
    images.add(normalizer.of(ink, image));
    labels.add(label);
  }

  /** Two to four digits side by side, apart by a bit or overlapping, each on a layer of its own. */
  private void addLine() {
    int count = 2 + random.nextInt(3);
    double scale = 2 + random.nextDouble();
    int height = (int) (28 * scale * 1.6);
    int width = (int) (count * 28 * scale * 1.3);
    BitSet[] layers = new BitSet[count];
    float[] ink = new float[height * width];
    int[] names = new int[count];
    double right = 8;
    double gap = -4 + 5.5 * random.nextDouble();
    for (int i = 0; i < count; i++) {
      int index = random.nextInt(digits.size());
      GreyImage digit = image(index);
      names[i] = digits.label(index);
      double own = scale * (0.85 + 0.3 * random.nextDouble());
      double top = height / 2.0 - 14 * own + (random.nextDouble() - 0.5) * 5 * own;
      int[] extent = columns(digit);
      double from = i == 0 ? 0 : (gap + (random.nextDouble() - 0.5) * 2) * own;
      double left = right + from - extent[0] * own;
      layers[i] = draw(digit, ink, width, own, top, left);
      right = left + extent[1] * own;
    }
    addParts(new InkImage(height, width, ink, false), layers, names);
  }

  /** Draws a digit, and returns the pixels that are ink of it. */
  private static BitSet draw(
      GreyImage digit, float[] ink, int width, double scale, double top, double left) {
    BitSet own = new BitSet(ink.length);
    for (int i = 0; i < ink.length; i++) {
      int row = i / width;
      int column = i % width;
      double y = (row + 0.5 - top) / scale - 0.5;
      double x = (column + 0.5 - left) / scale - 0.5;
      if (y > -1 && x > -1 && y < 28 && x < 28) {
        float tone = (float) between(digit, y, x);
        ink[i] = Math.max(ink[i], tone);
        own.set(i, tone >= INK);
      }
    }
    return own;
  }

  /** The first column with ink, and the one behind the last. */
  private static int[] columns(GreyImage digit) {
    int[] extent = {28, 0};
    for (int i = 0; i < digit.pixels().length; i++) {
      if (Byte.toUnsignedInt(digit.pixels()[i]) > 60) {
        extent[0] = Math.min(extent[0], i % 28);
        extent[1] = Math.max(extent[1], i % 28 + 1);
      }
    }
    return extent;
  }

  /** The ink at a place between four pixels, 0 to 1. */
  private static double between(GreyImage digit, double y, double x) {
    int row = (int) Math.floor(y);
    int column = (int) Math.floor(x);
    double down = y - row;
    double across = x - column;
    double upper = (1 - across) * tone(digit, row, column) + across * tone(digit, row, column + 1);
    double lower =
        (1 - across) * tone(digit, row + 1, column) + across * tone(digit, row + 1, column + 1);
    return ((1 - down) * upper + down * lower) / 255;
  }

  private static double tone(GreyImage digit, int row, int column) {
    return row < 0 || column < 0 || row >= 28 || column >= 28 ? 0 : digit.at(row, column);
  }

  /** Of each digit the part that is most like it, and some parts that are like none. */
  private void addParts(InkImage image, BitSet[] layers, int[] names) {
    List<ConnectedComponent> components = Layout.digits(image);
    int[] heights = components.stream().mapToInt(ConnectedComponent::height).sorted().toArray();
    for (ConnectedComponent component : components) {
      int height = heights[heights.length / 2];
      if (component.width() >= 0.45 * height) {
        addParts(component, height, image, layers, names);
      }
    }
  }

  private void addParts(
      ConnectedComponent component, int height, InkImage image, BitSet[] layers, int[] names) {
    double[] best = new double[names.length];
    ConnectedComponent[] nearest = new ConnectedComponent[names.length];
    List<ConnectedComponent> none = new ArrayList<>();
    InkSeams seams = new InkSeams(component, image, height, Math.max(1, height / 16.0));
    for (ConnectedComponent part : parts(seams, height)) {
      double most = 0;
      for (int i = 0; i < names.length; i++) {
        double same = likeness(part, layers[i]);
        most = Math.max(most, same);
        if (same > best[i]) {
          best[i] = same;
          nearest[i] = part;
        }
      }
      if (most < 0.65) {
        none.add(part);
      }
    }
    for (int i = 0; i < names.length; i++) {
      if (best[i] > 0.75) {
        add(nearest[i], image, names[i]);
      }
    }
    for (int i = 0; i <= names.length && !none.isEmpty(); i++) {
      add(none.get(random.nextInt(none.size())), image, NONE);
    }
  }

  private static List<ConnectedComponent> parts(InkSeams seams, int height) {
    List<ConnectedComponent> parts = new ArrayList<>();
    for (int to = 1; to <= seams.last(); to++) {
      for (int from = to - 1; from >= 0 && seams.width(from, to) <= 1.3 * height; from--) {
        if (seams.width(from, to) >= 0.1 * height) {
          seams
              .between(from, to)
              .filter(part -> part.height() >= 0.5 * height)
              .ifPresent(parts::add);
        }
      }
    }
    return parts;
  }

  /** The smaller of two shares: what a part has of a digit's ink, and what of the part is of it. */
  private static double likeness(ConnectedComponent part, BitSet digit) {
    int shared = 0;
    for (int[] piece : part.pixels()) {
      for (int pixel : piece) {
        shared += digit.get(pixel) ? 1 : 0;
      }
    }
    return shared / (double) Math.max(digit.cardinality(), part.area());
  }
}
