package io.mnist4j.federated.clients;

import io.mnist4j.config.ConfigKey;
import io.mnist4j.config.Key;
import io.mnist4j.data.DataSplit;
import io.mnist4j.data.ImageSet;
import io.mnist4j.errors.ConfigException;
import java.util.Arrays;

/**
 * Clients that differ in their classes to a degree: each draws its shares q of the classes from
 * Dir(alpha p), where p are the shares in all images, and then as many images as the others, one by
 * one, by q (Hsu, Qi and Brown, "Measuring the effects of non-identical data distribution for
 * federated visual classification", 2019, section 3). A class of which no image is left is out of
 * the choice.
 */
@Key("clients with as many images each, whose shares of the classes differ")
public record DirichletClients(
    @Key(value = "how many clients", min = 1, max = 1_000_000) int count,
    @Key(
            value = "the smaller, the more they differ: 0.1 is about one class each, 100 all alike",
            min = 0,
            aboveMin = true,
            max = 1e6)
        double alpha)
    implements Clients {
  public static final DirichletClients DEFAULT = new DirichletClients(100, 1);

  /**
   * @throws IllegalArgumentException if a value is out of range; the message begins with its key
   */
  public DirichletClients {
    ConfigKey.requireInRange(DirichletClients.class, count, alpha);
  }

  @Override
  public int[][] deal(DataSplit images, TableSource tables, long seed) throws ConfigException {
    ImageSet train = images.train();
    Dealing.requireEnough("clients.dirichlet.count", count, train);
    RoundRandom random = new RoundRandom(seed, RoundRandom.Purpose.DEALING, 0);
    int classes = images.classes();
    int[] left = train.countsByLabel(classes);
    double[] prior = Arrays.stream(left).mapToDouble(n -> (double) n / train.size()).toArray();
    int[][] ofClass = new int[classes][];
    Arrays.setAll(ofClass, c -> new int[left[c]]);
    int[] filled = new int[classes];
    for (int image : Dealing.shuffled(train.size(), random)) {
      ofClass[train.label(image)][filled[train.label(image)]++] = image;
    }
    int[][] clients = new int[count][];
    for (int k = 0; k < count; k++) {
      int from = (int) ((long) train.size() * k / count);
      int to = (int) ((long) train.size() * (k + 1) / count);
      double[] logShares = logShares(prior, random);
      double[] shares = shares(logShares, left);
      clients[k] = new int[to - from];
      for (int i = 0; i < clients[k].length; i++) {
        int label = draw(shares, random);
        clients[k][i] = ofClass[label][--left[label]];
        if (left[label] == 0) {
          shares = shares(logShares, left);
        }
      }
      Arrays.sort(clients[k]);
    }
    return clients;
  }

  /** Gamma numbers by their sum are Dirichlet numbers; classes without images have none. */
  private double[] logShares(double[] prior, RoundRandom random) {
    double[] shares = new double[prior.length];
    for (int c = 0; c < prior.length; c++) {
      boolean there = prior[c] > 0;
      shares[c] = there ? random.nextLogGamma(alpha * prior[c]) : Double.NEGATIVE_INFINITY;
    }
    return shares;
  }

  /** Of the classes of which images are left, up to a common factor: the largest is 1. */
  private static double[] shares(double[] logShares, int[] left) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < left.length; c++) {
      largest = left[c] > 0 ? Math.max(largest, logShares[c]) : largest;
    }
    double[] shares = new double[left.length];
    for (int c = 0; c < left.length; c++) {
      shares[c] = left[c] > 0 ? StrictMath.exp(logShares[c] - largest) : 0;
    }
    return shares;
  }

  private static int draw(double[] shares, RoundRandom random) {
    double sum = 0;
    int last = 0;
    for (int c = 0; c < shares.length; c++) {
      sum += shares[c];
      last = shares[c] > 0 ? c : last;
    }
    double rest = random.nextPositive() * sum;
    for (int c = 0; c < last; c++) {
      rest -= shares[c];
      if (rest <= 0 && shares[c] > 0) {
        return c;
      }
    }
    return last;
  }

  @Override
  public String text() {
    return "%,d clients by Dirichlet, alpha %s".formatted(count, alpha);
  }
}
