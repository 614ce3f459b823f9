import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;

/**
 * What every Java program here is told, and how it answers; see ../README.md.
 *
 * @param folder of IDX files
 * @param model where the model is saved
 * @param batchSize images of one step
 * @param layers from the input on, without the output layer
 * @param rate Adam's step size
 * @param linear whether the rate falls to 0 over the run, step by step
 * @param images the first so many training images are used
 */
record Recipe(
    String folder,
    String model,
    int epochs,
    int batchSize,
    List<Layer> layers,
    double rate,
    boolean linear,
    long seed,
    int images) {

  /** Such as {@code conv:32:3}, {@code pool:2}, {@code dropout:0.25} or {@code dense:128}. */
  record Layer(String kind, double... numbers) {
    static Layer of(String text) {
      String[] parts = text.split(":");
      return new Layer(
          parts[0], Arrays.stream(parts).skip(1).mapToDouble(Double::parseDouble).toArray());
    }

    /** Filters, units, or the size of a pool. */
    int size() {
      return (int) numbers[0];
    }

    int kernel() {
      return (int) numbers[1];
    }
  }

  static Recipe of(String[] args) {
    Map<String, String> words = new HashMap<>();
    for (String arg : args) {
      String[] pair = arg.split("=", 2);
      words.put(pair[0], pair[1]);
    }
    return new Recipe(
        words.get("folder"),
        words.get("model"),
        Integer.parseInt(words.get("epochs")),
        Integer.parseInt(words.get("batch-size")),
        Arrays.stream(words.get("layers").split(",")).map(Layer::of).toList(),
        Double.parseDouble(words.get("rate")),
        words.get("schedule").equals("linear"),
        Long.parseLong(words.get("seed")),
        Integer.parseInt(words.get("images")));
  }

  boolean convolutional() {
    return layers.get(0).kind().equals("conv");
  }

  /** Steps of one epoch, the last of which may be smaller. */
  int steps() {
    return (images + batchSize - 1) / batchSize;
  }

  /** A new order of the images. */
  private static int[] shuffled(int count, Random random) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** One epoch's training and the accuracy after it. */
  interface Epoch {
    /** Trains on all images in this order. */
    void train(int[] order);

    /** Share of the test images that are named rightly. */
    double accuracy();
  }

  /** Trains and prints the line of results. */
  void run(Epoch epoch, long parameters, Map<String, String> libraries) {
    Random random = new Random(seed);
    StringJoiner results = new StringJoiner(", ");
    for (int i = 0; i < epochs; i++) {
      long start = System.nanoTime();
      epoch.train(shuffled(images, random));
      double seconds = (System.nanoTime() - start) / 1e9;
      results.add(
          String.format(
              Locale.ROOT, "{\"seconds\": %.6f, \"accuracy\": %.6f}", seconds, epoch.accuracy()));
    }
    StringJoiner versions = new StringJoiner(", ");
    libraries.forEach((name, version) -> versions.add("\"" + name + "\": \"" + version + "\""));
    System.out.printf(
        "{\"epochs\": [%s], \"parameters\": %d, \"libraries\": {%s}}%n",
        results, parameters, versions);
  }
}
