package io.mnist4j.run;

import io.mnist4j.backend.Backend;
import io.mnist4j.data.DataSplit;
import io.mnist4j.data.Dataset;
import io.mnist4j.data.ImageGroups;
import io.mnist4j.data.fetch.FetchListener;
import io.mnist4j.data.store.BlankDataset;
import io.mnist4j.data.store.DataSelection;
import io.mnist4j.data.store.DataSpec;
import io.mnist4j.data.store.DataStore;
import io.mnist4j.data.store.DatasetChoice;
import io.mnist4j.digits.DigitForm;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.ModelException;
import io.mnist4j.model.Build;
import io.mnist4j.model.ModelSummary;
import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.Networks;
import io.mnist4j.model.Provenance;
import io.mnist4j.model.layers.Batchnorm;
import io.mnist4j.model.layers.Shape;
import io.mnist4j.model.layers.ShapeException;
import io.mnist4j.random.SplitMix64;
import io.mnist4j.text.ClosestName;
import io.mnist4j.train.TrainingGroups;
import io.mnist4j.train.TrainingSpec;
import io.mnist4j.train.privacy.PrivacyPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * An experiment, and the images that it learns from, is judged by and is tested on.
 *
 * @param experiment with what {@code auto} was found to stand for
 */
public record TrainingInputs(Experiment experiment, DataSplit images) {
  /** Groups that a message names. */
  private static final int MOST_NAMES = 20;

  /** Share of the training images that validates where that decides something. */
  private static final double HELD_OUT = 0.1;

  /** Leaves out a training image that would be a batch of its own, where layers cannot take it. */
  public TrainingInputs {
    TrainingSpec training = experiment.training();
    int count = images.train().size();
    int lastStep = count / training.batchSize() + 1;
    if (count > 1
        && count % training.batchSize() == 1
        && training.stepsPerEpoch(count) == lastStep
        && normalizesRows(experiment, images)) {
      int[] kept = IntStream.range(0, count - 1).toArray();
      images =
          new DataSplit(
              images.dataset(),
              images.classNames(),
              images.train().subset(kept),
              images.validation(),
              images.test());
    }
  }

  /** Whether batch normalization follows a row of numbers: a single row has no variance. */
  private static boolean normalizesRows(Experiment experiment, DataSplit images) {
    NetworkSpec model = experiment.model();
    if (model.layers().stream().noneMatch(Batchnorm.class::isInstance)) {
      return false;
    }
    try {
      List<Shape> shapes =
          model.inputShapes(images.train().height(), images.train().width(), images.classes());
      return IntStream.range(0, model.layers().size())
          .filter(i -> model.layers().get(i) instanceof Batchnorm)
          .anyMatch(i -> shapes.get(i) instanceof Shape.Flat);
    } catch (ShapeException e) {
      return false; // Refused by modelSummary.
    }
  }

  /**
   * Loads the data set of an experiment, and splits it.
   *
   * @param onFallback gets the reason where the embedded digits stand in for MNIST
   * @throws ConfigException if there is no such data set, or it has too few images
   * @throws DataException if the data set is corrupt, or missing and cannot be fetched
   */
  public static TrainingInputs load(
      Experiment asked, DataStore store, FetchListener listener, Consumer<String> onFallback)
      throws ConfigException, DataException {
    DatasetChoice choice = DatasetChoice.load(asked.data(), DigitForm.DIGITS, store, listener);
    choice.fallbackReason().ifPresent(onFallback);
    DataSpec spec = validated(asked, choice);
    if (spec.validationShare() != choice.spec().validationShare()) {
      listener.note(
          "A tenth of the training images validates, since that decides when to stop;"
              + " data.validation=test takes the test images for it");
    }
    Experiment experiment = asked.withData(spec);
    return new TrainingInputs(
        experiment, DataSelection.of(choice.dataset(), experiment.data(), experiment.seed()));
  }

  /**
   * Where the images that validate decide something, the test images must not be these by default:
   * a part of the training images is held out, unless the data has validation images of its own.
   */
  private static DataSpec validated(Experiment asked, DatasetChoice choice) {
    DataSpec spec = choice.spec();
    Dataset dataset = choice.dataset();
    boolean open =
        spec.validation().equals(DataSpec.AUTO)
            && spec.folds() == 0
            && dataset.validation().isEmpty();
    // Fewer would leave classes out.
    boolean enough = dataset.train().size() * HELD_OUT >= dataset.classes();
    return open && enough && asked.training().stopping().usesValidation()
        ? spec.withValidationShare(HELD_OUT)
        : spec;
  }

  /**
   * Whose images validate: {@code test}, {@code training} where a part of these is held out, or
   * {@code validation} where the data set has some for it.
   */
  public String validatedOn() {
    if (images.validatesOnTest()) {
      return "test";
    }
    boolean heldOut = experiment.data().validationShare() > 0 || experiment.data().folds() > 0;
    return heldOut ? "training" : "validation";
  }

  /**
   * An experiment with blank images in place of a data set that is known and not on disk: enough to
   * say what the network is.
   *
   * @return empty where the images are there, or needed
   * @throws ConfigException if the data set has not the classes or too few images
   */
  public static Optional<TrainingInputs> withoutImages(Experiment asked, DataStore store)
      throws ConfigException {
    DataSpec spec = asked.data();
    boolean needed =
        spec.isPath()
            || !spec.exclude().isEmpty()
            || !spec.groups().isEmpty()
            || asked.training().usesGroups();
    Optional<Dataset> blank = needed ? Optional.empty() : BlankDataset.of(spec, store);
    if (blank.isEmpty()) {
      return Optional.empty();
    }
    DataSplit split = DataSelection.of(blank.get(), spec, asked.seed());
    return Optional.of(new TrainingInputs(asked, split));
  }

  /**
   * The table of the network's layers.
   *
   * @throws ConfigException if the layers do not fit the images, the batch or each other, or more
   *     are frozen than there are
   */
  public ModelSummary modelSummary() throws ConfigException {
    requireKnownClasses();
    requireKnownGroups();
    int layers = experiment.model().layers().size();
    if (experiment.training().freeze() > layers) {
      throw new ConfigException(
          "training.freeze must be at most the number of model.layers, %d, not %d"
              .formatted(layers, experiment.training().freeze()));
    }
    boolean single = Math.min(experiment.training().batchSize(), images.train().size()) == 1;
    if (single && normalizesRows(experiment, images)) {
      throw new ConfigException(
          "training.batch-size must be at least 2 for a batchnorm of a row of numbers, with as many"
              + " training images");
    }
    privacyPlan();
    try {
      return ModelSummary.of(
          experiment.model(), images.train().height(), images.train().width(), images.classes());
    } catch (ShapeException e) {
      throw new ConfigException(e.getMessage());
    }
  }

  /**
   * How the training is private; empty where it is not.
   *
   * @throws ConfigException if no noise fits
   */
  public Optional<PrivacyPlan> privacyPlan() throws ConfigException {
    try {
      return experiment.training().privacyPlan(images.train().size());
    } catch (IllegalArgumentException e) {
      throw new ConfigException("training.privacy." + e.getMessage());
    }
  }

  /**
   * The same with what the model that training starts from says, if there is one: see {@link
   * StartingModel#complete}.
   */
  public TrainingInputs withStartingModel() throws ModelException, ConfigException {
    return new TrainingInputs(StartingModel.complete(experiment), images);
  }

  /** What the loss of an image of each class is multiplied by; empty where that is 1 for all. */
  List<Double> classWeights() {
    int[] counts = images.train().countsByLabel(images.classes());
    return experiment.training().weightsOf(images.classNames(), counts);
  }

  /** The groups of the training images, where settings name any that make a difference. */
  Optional<TrainingGroups> groups() {
    TrainingSpec training = experiment.training();
    if (!training.usesGroups()) {
      return Optional.empty();
    }
    ImageGroups known = images.dataset().groups().orElseThrow();
    int[] ofImages = known.of(images.train());
    // Those without an image among these have no part in it.
    int[] present = IntStream.of(ofImages).distinct().sorted().toArray();
    int[] number = new int[known.names().size()];
    for (int i = 0; i < present.length; i++) {
      number[present[i]] = i;
    }
    int[] counts = new int[present.length];
    for (int image = 0; image < ofImages.length; image++) {
      ofImages[image] = number[ofImages[image]];
      counts[ofImages[image]]++;
    }
    List<String> names = IntStream.of(present).mapToObj(known.names()::get).toList();
    return Optional.of(
        new TrainingGroups(
            ofImages,
            present.length,
            training.groupWeightsOf(names, counts),
            training.groupBalancedBatches()));
  }

  private void requireKnownGroups() throws ConfigException {
    TrainingSpec training = experiment.training();
    if (!training.usesGroups()) {
      return;
    }
    if (images.dataset().groups().isEmpty()) {
      throw new ConfigException(
          "training.%s needs data.groups, a table of the groups of the training images"
              .formatted(
                  training.groupBalancedBatches() ? "group-balanced-batches" : "group-weights"));
    }
    List<String> names = images.dataset().groups().get().names();
    for (String name : training.groupWeights().numbers().keySet()) {
      if (!names.contains(name)) {
        throw new ConfigException(
            "training.group-weights: there is no group '%s' (there are %s)%s"
                .formatted(name, shortened(names), ClosestName.question(name, names)));
      }
    }
  }

  private static String shortened(List<String> names) {
    return names.size() <= MOST_NAMES
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, MOST_NAMES)) + ", …";
  }

  private void requireKnownClasses() throws ConfigException {
    for (String name : experiment.training().classWeights().numbers().keySet()) {
      if (!images.classNames().contains(name)) {
        throw new ConfigException(
            ClosestName.notOneOf("training.class-weights", images.classNames(), name));
      }
    }
  }

  /** The network before its first step, with fresh weights. */
  public MultiLayerNetwork newNetwork() {
    return Networks.create(
        experiment.model(),
        images.train().height(),
        images.train().width(),
        images.classes(),
        experiment.training()::configure,
        SplitMix64.nonZero(experiment.seed()));
  }

  /**
   * What a model of this run says of how it was made.
   *
   * @param metrics of the test; empty where there was none yet
   */
  public Provenance provenance(Backend backend, Map<String, Double> metrics) {
    Build build = Build.current();
    Map<String, String> platform = new TreeMap<>();
    platform.put("os", System.getProperty("os.name"));
    platform.put("arch", System.getProperty("os.arch"));
    platform.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
    ResourceUse.processor().ifPresent(name -> platform.put("processor", name));
    platform.put("natives", build.natives());
    platform.putAll(backend.description());
    return new Provenance(
        ExperimentFile.toMap(experiment),
        images.dataset().name(),
        images.dataset().contentSha256(),
        images.classNames(),
        images.train().height(),
        images.train().width(),
        experiment.seed(),
        metrics,
        Map.of(
            "mnist4j", build.mnist4j(),
            "deeplearning4j", build.dl4j(),
            "jdk", System.getProperty("java.version")),
        platform);
  }
}
