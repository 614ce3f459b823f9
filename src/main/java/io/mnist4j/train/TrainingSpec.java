package io.mnist4j.train;

import io.mnist4j.config.ConfigKey;
import io.mnist4j.config.Key;
import io.mnist4j.config.NamedNumbers;
import io.mnist4j.data.augment.AugmentationSpec;
import io.mnist4j.train.learner.Optimizer;
import io.mnist4j.train.optimizer.ClippingSpec;
import io.mnist4j.train.optimizer.OptimizerSpec;
import io.mnist4j.train.optimizer.RegularizationSpec;
import io.mnist4j.train.optimizer.ScheduleSpec;
import io.mnist4j.train.privacy.PrivacyPlan;
import io.mnist4j.train.privacy.PrivacySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;

/** How a network is trained. */
public record TrainingSpec(
    @Key(value = "passes over the training images", min = 1, max = 100_000) int epochs,
    @Key(value = "images of one step", min = 1) int batchSize,
    @Key(value = "steps after which each epoch ends, for a smoke run; 0 for all", min = 0)
        int maxBatches,
    @Key("model file, or folder of a run, whose weights training starts from; empty for new ones")
        String from,
    @Key(value = "SHA-256 of that model file; the program writes it", optional = true)
        String fromSha256,
    @Key(value = "the first entries of model.layers that training leaves as they are", min = 0)
        int freeze,
    @Key(
            value = "decay of an average of the weights, which is tested and saved; 0 for none",
            min = 0,
            max = 1,
            belowMax = true)
        double ema,
    @Key("weight of each class in the loss: none, balanced, or by name, {cat: 2}, others 1")
        NamedNumbers classWeights,
    @Key("weight of each of data.groups in the loss: none, balanced, or by name, {a: 2}, others 1")
        NamedNumbers groupWeights,
    @Key("draws each batch so that all of data.groups have as many images in it")
        boolean groupBalancedBatches,
    @Key("how gradients change the weights") OptimizerSpec optimizer,
    @Key("how the learning rate goes from step to step") ScheduleSpec schedule,
    @Key("penalties on the weights, biases left out; 0 is off") RegularizationSpec regularization,
    @Key("of the mean gradient of a batch") ClippingSpec clipping,
    @Key("differential privacy: what the network may tell of any one image; 0 is off")
        PrivacySpec privacy,
    @Key("random changes of the training images, new ones each epoch; 0 is off")
        AugmentationSpec augmentation,
    @Key(
            value = "alpha of mixup, which blends images of a batch in pairs; 0 for none",
            min = 0,
            max = 100)
        double mixup,
    @Key("when a training ends before its last epoch") StoppingSpec stopping,
    @Key(
            value = "how far the run was when its epochs were raised; the program writes it",
            optional = true)
        List<RaisedEpochs> raised) {
  private static final String NO_WEIGHTS = "none";
  private static final String BALANCED = "balanced";
  private static final double LARGEST_WEIGHT = 1e6;

  /** Five epochs in batches of 128. */
  public static final TrainingSpec DEFAULT =
      new TrainingSpec(
          5,
          128,
          0,
          "",
          "",
          0,
          0,
          NamedNumbers.word(NO_WEIGHTS),
          NamedNumbers.word(NO_WEIGHTS),
          false,
          OptimizerSpec.DEFAULT,
          ScheduleSpec.DEFAULT,
          RegularizationSpec.DEFAULT,
          ClippingSpec.DEFAULT,
          PrivacySpec.DEFAULT,
          AugmentationSpec.DEFAULT,
          0,
          StoppingSpec.DEFAULT,
          List.of());

  /**
   * @throws IllegalArgumentException if a value is out of range; the message begins with its key
   */
  public TrainingSpec {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(classWeights, "classWeights");
    Objects.requireNonNull(groupWeights, "groupWeights");
    Objects.requireNonNull(optimizer, "optimizer");
    Objects.requireNonNull(schedule, "schedule");
    Objects.requireNonNull(regularization, "regularization");
    Objects.requireNonNull(clipping, "clipping");
    Objects.requireNonNull(privacy, "privacy");
    Objects.requireNonNull(augmentation, "augmentation");
    Objects.requireNonNull(stopping, "stopping");
    raised = List.copyOf(raised);
    ConfigKey.requireInRange(TrainingSpec.class, epochs, batchSize, maxBatches, freeze, ema, mixup);
    if (!fromSha256.isEmpty() && !fromSha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("from-sha256 must be 64 hexadecimal digits");
    }
    requireWeights("class-weights", "classes, {cat: 2, dog: 0.5}", classWeights);
    requireWeights("group-weights", "groups, {a: 2, b: 0.5}", groupWeights);
    if (schedule.warmupEpochs() > 0 && schedule.warmupEpochs() >= epochs) {
      throw new IllegalArgumentException(
          "schedule has warmup-epochs %s, which must be below the epochs of the run, %d"
              .formatted(schedule.warmupEpochs(), epochs));
    }
    for (int i = 0; i < raised.size(); i++) {
      int next = i + 1 < raised.size() ? raised.get(i + 1).from() : epochs;
      if (raised.get(i).from() >= next) {
        throw new IllegalArgumentException(
            "raised must have rising numbers of epochs, all below the epochs of the run");
      }
    }
    if (optimizer.name() == OptimizerSpec.OptimizerName.ADAMW
        && regularization.weightDecay() == 0) {
      throw new IllegalArgumentException(
          "optimizer adamw needs regularization.weight-decay above 0, such as 0.01;"
              + " without it, it is adam");
    }
    if (privacy.isOn() && (groupBalancedBatches || groupWeights.word().equals(BALANCED))) {
      throw new IllegalArgumentException(
          "group-weights must be none or numbers, and group-balanced-batches false, with privacy:"
              + " they follow from how many images each group has");
    }
    if (privacy.isOn()) {
      requirePrivate(clipping, mixup, classWeights, stopping);
    }
  }

  /**
   * What differential privacy forbids: whatever looks at several images at once before the noise.
   */
  private static void requirePrivate(
      ClippingSpec clipping, double mixup, NamedNumbers classWeights, StoppingSpec stopping) {
    if (mixup > 0) {
      throw new IllegalArgumentException(
          "mixup must be 0 with privacy, not %s: it blends images, whose gradients are then not of"
                  .formatted(mixup)
              + " one image each");
    }
    if (!clipping.equals(ClippingSpec.DEFAULT)) {
      throw new IllegalArgumentException(
          "clipping must be off with privacy, whose clip bounds the gradient of each image");
    }
    if (classWeights.word().equals(BALANCED)) {
      throw new IllegalArgumentException(
          "class-weights must be none or numbers with privacy: balanced ones tell how many images"
              + " each class has");
    }
    if (stopping.usesTrainingLoss()) {
      throw new IllegalArgumentException(
          "stopping must not look at the training loss with privacy: it is computed without noise");
    }
  }

  private static void requireWeights(String key, String example, NamedNumbers weights) {
    if (weights.numbers().isEmpty() && !List.of(NO_WEIGHTS, BALANCED).contains(weights.word())) {
      throw new IllegalArgumentException(
          "%s must be none, balanced or numbers for %s, not '%s'"
              .formatted(key, example, weights.word()));
    }
    weights
        .numbers()
        .forEach(
            (name, weight) -> {
              if (!(weight > 0 && weight <= LARGEST_WEIGHT)) {
                throw new IllegalArgumentException(
                    "%s must be above 0 and at most 1000000, not %s for '%s'"
                        .formatted(key, weight, name));
              }
            });
  }

  /** Whether the images that are learned from are other ones in each epoch. */
  public boolean changesImages() {
    return mixup > 0 || !augmentation.isOff();
  }

  /** Whether some images count for more than others. */
  public boolean weighsClasses() {
    return !classWeights.word().equals(NO_WEIGHTS);
  }

  /**
   * The weight of each class: for {@code balanced} that of scikit-learn, images / classes / images
   * of the class, which is 1 on average over the images.
   *
   * @param names of the classes
   * @param counts images of each class
   * @return one for each class; none where all classes count the same
   */
  public List<Double> weightsOf(List<String> names, int[] counts) {
    return weights(classWeights, names, counts);
  }

  /** Whether images count by the group that they are in. */
  public boolean usesGroups() {
    return groupBalancedBatches || !groupWeights.word().equals(NO_WEIGHTS);
  }

  /**
   * The weight of each group, as {@link #weightsOf} has those of classes.
   *
   * @param names of the groups
   * @param counts training images of each group, at least 1
   * @return one for each group; none where all groups count the same
   */
  public List<Double> groupWeightsOf(List<String> names, int[] counts) {
    return weights(groupWeights, names, counts);
  }

  private static List<Double> weights(NamedNumbers asked, List<String> names, int[] counts) {
    if (asked.word().equals(NO_WEIGHTS)) {
      return List.of();
    }
    long images = IntStream.of(counts).asLongStream().sum();
    List<Double> weights = new ArrayList<>();
    for (int c = 0; c < counts.length; c++) {
      double balanced = (double) images / counts.length / Math.max(1, counts[c]);
      weights.add(
          asked.numbers().isEmpty() ? balanced : asked.numbers().getOrDefault(names.get(c), 1.0));
    }
    return weights;
  }

  /**
   * The same with a note of how far a run was when its epochs were raised to these.
   *
   * @param before how the run was trained up to now
   * @param asked the course from here on; where nothing is asked for, it is what was begun, or else
   *     planned anew
   */
  public TrainingSpec raisedFrom(
      TrainingSpec before, TrainingState state, Optional<RaisedCourse> asked) {
    List<RaisedEpochs> all = new ArrayList<>(before.raised);
    // A run may have been cut between the raise and its next checkpoint.
    Optional<RaisedCourse> begun =
        raised.size() > all.size()
            ? Optional.of(raised.get(raised.size() - 1).course())
            : Optional.empty();
    RaisedCourse course = asked.or(() -> begun).orElse(RaisedCourse.REPLAN);
    if (epochs != before.epochs && (schedule.dependsOnEpochs() || course != RaisedCourse.REPLAN)) {
      all.add(new RaisedEpochs(before.epochs, state.epoch() - 1, state.step(), course));
    }
    return with(fromSha256, stopping, all);
  }

  /** The same with all groups alike. */
  public TrainingSpec withoutGroups() {
    return with(fromSha256, NamedNumbers.word(NO_WEIGHTS), false, stopping, raised);
  }

  /** The same with the SHA-256 of the model that it starts from. */
  public TrainingSpec withFromSha256(String sha256) {
    return with(sha256, stopping, raised);
  }

  private TrainingSpec with(
      String otherFromSha256, StoppingSpec otherStopping, List<RaisedEpochs> otherRaised) {
    return with(otherFromSha256, groupWeights, groupBalancedBatches, otherStopping, otherRaised);
  }

  private TrainingSpec with(
      String otherFromSha256,
      NamedNumbers otherGroupWeights,
      boolean otherBalance,
      StoppingSpec otherStopping,
      List<RaisedEpochs> otherRaised) {
    return new TrainingSpec(
        epochs,
        batchSize,
        maxBatches,
        from,
        otherFromSha256,
        freeze,
        ema,
        classWeights,
        otherGroupWeights,
        otherBalance,
        optimizer,
        schedule,
        regularization,
        clipping,
        privacy,
        augmentation,
        mixup,
        otherStopping,
        otherRaised);
  }

  /** The same to the last epoch. */
  public TrainingSpec withoutStopping() {
    return with(fromSha256, StoppingSpec.DEFAULT, raised);
  }

  /** Optimiser steps of one epoch over so many images; the last batch may be smaller. */
  public int stepsPerEpoch(int images) {
    int all = (int) (((long) images + batchSize - 1) / batchSize);
    return maxBatches == 0 ? all : Math.min(maxBatches, all);
  }

  /**
   * How the training is private; empty where it is not.
   *
   * @param images to learn from
   * @throws IllegalArgumentException if no noise fits; the message begins with {@code epsilon}
   */
  public Optional<PrivacyPlan> privacyPlan(int images) {
    return privacy.isOn()
        ? Optional.of(
            PrivacyPlan.of(privacy, images, batchSize, (long) epochs * stepsPerEpoch(images)))
        : Optional.empty();
  }

  /** Images that one step may learn from, at most. */
  public int largestBatch(int images) {
    return privacy.isOn()
        ? PrivacyPlan.room(Math.min(batchSize, images), images)
        : Math.min(batchSize, images);
  }

  /** Gives a network to be its updater; everything else is {@link Optimizer#attach}'s. */
  public void configure(NeuralNetConfiguration.Builder builder) {
    builder.updater(optimizer.updater());
  }
}
