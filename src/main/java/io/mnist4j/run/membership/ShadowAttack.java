package io.mnist4j.run.membership;

import io.mnist4j.backend.Backend;
import io.mnist4j.data.DataSplit;
import io.mnist4j.data.ImageSet;
import io.mnist4j.errors.BackendException;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DivergedException;
import io.mnist4j.errors.ModelException;
import io.mnist4j.eval.Predictions;
import io.mnist4j.random.SplitMix64;
import io.mnist4j.run.Experiment;
import io.mnist4j.run.MemoryEstimate;
import io.mnist4j.run.TrainingInputs;
import io.mnist4j.run.TrainingSession;
import io.mnist4j.train.ThreadTuner;
import io.mnist4j.train.TrainingControl;
import io.mnist4j.train.TrainingInterruptedException;
import io.mnist4j.train.TrainingListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The attack of R. Shokri et al., "Membership Inference Attacks Against Machine Learning Models"
 * (2017): whoever can train networks as the model was trained knows of these what they learned
 * from. For each class, a logistic regression learns from them how outputs for images that were
 * learned from differ from others, and is asked about the model's outputs.
 */
final class ShadowAttack {
  static final String SOURCE = "Shokri et al. 2017";

  /** Keeps the choice of the images apart from other uses of the seed. */
  private static final long STREAM = 0x736861646f77L;

  private static final double SMALLEST_PROBABILITY = 1e-7;
  private static final int LARGEST_OUTPUTS = 3;

  private final Experiment experiment;
  private final DataSplit split;
  private final ImageSet pool;
  private final Backend backend;
  private final ThreadTuner tuner;

  /** What the regression of each class learns from. */
  private final List<List<double[]>> features = new ArrayList<>();

  private final List<List<Boolean>> members = new ArrayList<>();

  /**
   * @param experiment that the model was trained by
   * @param split the images of the model's training
   * @param pool what shadow networks learn from, and are asked about
   * @param backend started
   */
  ShadowAttack(
      Experiment experiment, DataSplit split, ImageSet pool, Backend backend, ThreadTuner tuner) {
    this.experiment = experiment;
    this.split = split;
    this.pool = pool;
    this.backend = backend;
    this.tuner = tuner;
    for (int label = 0; label < split.classes(); label++) {
      features.add(new ArrayList<>());
      members.add(new ArrayList<>());
    }
  }

  /**
   * Trains the shadow networks, each on as many images as the model, or on half of all where there
   * are not twice as many.
   *
   * @param progress gets a line for each
   */
  void train(int networks, Consumer<String> progress)
      throws ConfigException,
          BackendException,
          ModelException,
          DivergedException,
          TrainingInterruptedException,
          IOException {
    int size = Math.min(split.train().size(), pool.size() / 2);
    for (int network = 0; network < networks; network++) {
      progress.accept(
          "Shadow network %d of %d learns from %d images".formatted(network + 1, networks, size));
      int[] order = shuffled(network);
      ImageSet learned = pool.subset(Arrays.copyOf(order, size));
      ImageSet other = pool.subset(Arrays.copyOfRange(order, size, 2 * size));
      TrainingInputs inputs =
          new TrainingInputs(
              experiment.withoutStopping().withSeed(experiment.seed() + network + 1),
              new DataSplit(split.dataset(), split.classNames(), learned, other, other));
      MemoryEstimate.checkAll(inputs, backend);
      List<Predictions> said =
          new TrainingSession(inputs, backend, tuner)
              .trainAndPredict(
                  List.of(learned, other),
                  new TrainingControl(new TrainingListener() {}, 0, () -> false));
      add(said.get(0), true);
      add(said.get(1), false);
    }
  }

  private int[] shuffled(int network) {
    SplitMix64 random = new SplitMix64(experiment.seed() ^ STREAM, network);
    int[] order = new int[pool.size()];
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private void add(Predictions said, boolean isMember) {
    for (int image = 0; image < said.size(); image++) {
      int label = said.images().label(image);
      features.get(label).add(features(said, image));
      members.get(label).add(isMember);
    }
  }

  /** Log-odds of the right class, and of the largest outputs. */
  private static double[] features(Predictions said, int image) {
    double[] outputs =
        IntStream.range(0, said.classes())
            .mapToDouble(label -> -said.output(image, label))
            .sorted()
            .map(output -> -output)
            .toArray();
    double[] features = new double[1 + LARGEST_OUTPUTS];
    features[0] = logOdds(said.output(image, said.images().label(image)));
    for (int i = 0; i < LARGEST_OUTPUTS && i < outputs.length; i++) {
      features[1 + i] = logOdds(outputs[i]);
    }
    return features;
  }

  private static double logOdds(double output) {
    double p = Math.max(SMALLEST_PROBABILITY, Math.min(1 - SMALLEST_PROBABILITY, output));
    return Math.log(p / (1 - p));
  }

  /** Attacks the model by what the shadow networks have taught. */
  MembershipAttack attack(Predictions ofMembers, Predictions ofOthers, int networks) {
    LogisticRegression[] regressions = new LogisticRegression[features.size()];
    for (int label = 0; label < regressions.length; label++) {
      List<double[]> samples = features.get(label);
      if (!samples.isEmpty()) {
        boolean[] positive = new boolean[samples.size()];
        for (int i = 0; i < positive.length; i++) {
          positive[i] = members.get(label).get(i);
        }
        regressions[label] = new LogisticRegression(samples.toArray(double[][]::new), positive);
      }
    }
    return MembershipAttack.of(
        networks == 1 ? "1 shadow network" : networks + " shadow networks",
        SOURCE,
        scores(regressions, ofMembers),
        scores(regressions, ofOthers),
        0.5);
  }

  private static double[] scores(LogisticRegression[] regressions, Predictions said) {
    return IntStream.range(0, said.size())
        .mapToDouble(
            image -> {
              LogisticRegression ofClass = regressions[said.images().label(image)];
              return ofClass == null ? 0.5 : ofClass.probability(features(said, image));
            })
        .toArray();
  }
}
