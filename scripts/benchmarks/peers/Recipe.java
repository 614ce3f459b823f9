import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;

/** What every Java program here is told, and how it answers; see ../README.md. */
record Recipe(String folder, String model, int epochs, int batchSize, int[] hidden, long seed) {

  static Recipe of(String[] args) {
    return new Recipe(
        args[0],
        args[1],
        Integer.parseInt(args[2]),
        Integer.parseInt(args[3]),
        Arrays.stream(args[4].split(",")).mapToInt(Integer::parseInt).toArray(),
        Long.parseLong(args[5]));
  }

  /** A new order of the images. */
  static int[] shuffled(int count, Random random) {
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
  void run(int images, Epoch epoch, Map<String, String> libraries) {
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
    System.out.println("{\"epochs\": [" + results + "], \"libraries\": {" + versions + "}}");
  }
}
