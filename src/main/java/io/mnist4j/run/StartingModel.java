package io.mnist4j.run;

import io.mnist4j.data.ImageSet;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.ModelException;
import io.mnist4j.files.FileProblem;
import io.mnist4j.files.Sha256;
import io.mnist4j.model.InputRange;
import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.NetworkSpecReader;
import io.mnist4j.model.Networks;
import io.mnist4j.model.PixelInput;
import io.mnist4j.model.Provenance;
import io.mnist4j.model.Tensors;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.model.foreign.ModelFile;
import io.mnist4j.model.layers.Batchnorm;
import io.mnist4j.model.layers.Conv2d;
import io.mnist4j.model.layers.Dense;
import io.mnist4j.model.layers.Dropout;
import io.mnist4j.model.layers.Flatten;
import io.mnist4j.model.layers.LayerSpec;
import io.mnist4j.model.layers.WeightInit;
import io.mnist4j.train.TrainingSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The model whose weights a training starts from, of any program.
 *
 * @param spec of its network
 * @param sha256 of the file
 */
record StartingModel(Path file, TrainedModel model, NetworkSpec spec, String sha256) {
  /** Images that a network is compared on. */
  private static final int COMPARED = 16;

  /** Classes that a message names. */
  private static final int MOST_NAMES = 10;

  /** By which its outputs may differ from those of the same network in single precision. */
  private static final double TOLERANCE = 1e-3;

  /** DL4J's older form of a running variance: the logarithm of the deviation to the base of 10. */
  private static final String LOG_DEVIATION = "log10stdev";

  /**
   * An experiment with what its starting model says: its network, where the experiment leaves that
   * at the default, and the SHA-256 of its file. One that says the latter has had all of it.
   *
   * @throws ModelException if the model cannot be read
   * @throws ConfigException if its network is none that mnist4j trains
   */
  static Experiment complete(Experiment asked) throws ModelException, ConfigException {
    TrainingSpec training = asked.training();
    if (training.from().isEmpty() || !training.fromSha256().isEmpty()) {
      return asked;
    }
    StartingModel start = read(training);
    NetworkSpec network = asked.model();
    NetworkSpec standard = NetworkSpec.DEFAULT;
    boolean sameLayers = !network.layers().equals(standard.layers());
    boolean sameOutput = !network.output().equals(standard.output());
    return new Experiment(
        asked.data(),
        new NetworkSpec(
            sameLayers ? network.layers() : start.spec.layers(),
            sameOutput ? network.output() : start.spec.output()),
        training.withFromSha256(start.sha256),
        asked.seed());
  }

  /**
   * Reads the model that a training names.
   *
   * @throws ModelException if it cannot be read, or is another one than the training began with
   * @throws ConfigException if its network is none that mnist4j trains
   */
  static StartingModel read(TrainingSpec training) throws ModelException, ConfigException {
    Path file = file(training.from());
    TrainedModel model = ModelFile.read(file);
    String sha256 = sha256(file);
    String expected = training.fromSha256();
    if (!expected.isEmpty() && !expected.equals(sha256)) {
      throw new ModelException(
          "%s is another file than the one that this configuration starts from: its SHA-256 is %s, and"
                  .formatted(file, sha256)
              + " training.from-sha256 is %s".formatted(expected));
    }
    return new StartingModel(file, model, spec(file, model), sha256);
  }

  /** The file itself, or the model in the folder of a run. */
  private static Path file(String from) throws ModelException {
    try {
      return RunFolder.modelOf(Path.of(from));
    } catch (InvalidPathException e) {
      throw new ModelException("training.from is no path: " + e.getMessage(), e);
    }
  }

  private static String sha256(Path file) throws ModelException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = Sha256.start();
      new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
      return Sha256.hex(digest);
    } catch (IOException e) {
      throw new ModelException("cannot read %s: %s".formatted(file, FileProblem.reason(e)), e);
    }
  }

  private static NetworkSpec spec(Path file, TrainedModel model) throws ConfigException {
    if (model.origin().isEmpty()) {
      return ExperimentFile.fromMap(model.provenance().config(), file + "!/mnist4j.json").model();
    }
    try {
      return NetworkSpecReader.of(model.network().getLayerWiseConfigurations());
    } catch (IllegalArgumentException e) {
      throw new ConfigException("%s cannot be trained further: %s".formatted(file, e.getMessage()));
    }
  }

  /**
   * Gives a fresh network the weights. Its output layer stays as it was drawn where the classes are
   * others.
   *
   * @param notes gets what was taken
   * @throws ConfigException if the model has other layers, or takes other images
   */
  void copyInto(MultiLayerNetwork network, TrainingInputs inputs, Consumer<String> notes)
      throws ConfigException {
    requireFits(inputs);
    List<Layer> from = withParameters(model.network());
    List<Layer> to = withParameters(network);
    boolean sameClasses = hasClasses(inputs.images().classNames());
    int copied = sameClasses ? to.size() : to.size() - 1;
    for (int i = 0; i < copied; i++) {
      copy(from.get(i), to.get(i));
    }
    notes.accept(
        sameClasses
            ? "Training starts from the weights of " + file
            : "Training starts from the weights of %s; the output layer is new, because that model's %s"
                .formatted(
                    file,
                    "classes are %s, and these are %s"
                        .formatted(
                            names(model.provenance().labels()),
                            names(inputs.images().classNames()))));
  }

  private static String names(List<String> labels) {
    return labels.size()
        + labels.stream()
            .limit(MOST_NAMES)
            .collect(Collectors.joining(", ", " (", labels.size() > MOST_NAMES ? ", ...)" : ")"));
  }

  /** Another program's classes have no names: as many are the same. */
  private boolean hasClasses(List<String> names) {
    List<String> own = model.provenance().labels();
    return model.origin().isPresent() ? own.size() == names.size() : own.equals(names);
  }

  private static List<Layer> withParameters(MultiLayerNetwork network) {
    return Stream.of(network.getLayers()).filter(layer -> layer.numParams() > 0).toList();
  }

  private static void copy(Layer from, Layer to) {
    Map<String, INDArray> target = to.paramTable();
    from.paramTable()
        .forEach(
            (name, values) -> {
              if (name.equals(LOG_DEVIATION) && !target.containsKey(name)) {
                INDArray deviation = Transforms.pow(values.mul(0).addi(10), values);
                target.get("var").assign(deviation.muli(deviation));
              } else {
                target.get(name).assign(values);
              }
            });
  }

  private void requireFits(TrainingInputs inputs) throws ConfigException {
    Provenance takes = model.provenance();
    ImageSet images = inputs.images().train();
    if (!takes.accepts(images)) {
      throw new ConfigException(
          "training.from: %s takes images of %dx%d, and those of %s have %dx%d"
              .formatted(
                  file,
                  takes.height(),
                  takes.width(),
                  inputs.images().dataset().name(),
                  images.height(),
                  images.width()));
    }
    InputRange range =
        model.network().getLayerWiseConfigurations().getInputPreProcess(0) instanceof PixelInput in
            ? in.effectiveRange()
            : InputRange.UNIT;
    if (!range.equals(InputRange.UNIT)) {
      throw new ConfigException(
          "training.from: %s was trained with pixels from %s to %s, and mnist4j trains with 0 to 1"
              .formatted(file, range.paper(), range.ink()));
    }
    List<LayerSpec> own = inputs.experiment().model().layers();
    if (!essence(own).equals(essence(spec.layers()))) {
      throw new ConfigException(
          "training.from: %s has the layers %s, and model.layers are %s; leave model.layers out to take those of the file"
              .formatted(file, text(spec.layers()), text(own)));
    }
    if (model.origin().isPresent()) {
      requireSameOutputs(images);
    }
  }

  /** What decides what a network computes after training, and how many weights it has. */
  private static List<LayerSpec> essence(List<LayerSpec> layers) {
    return layers.stream()
        .filter(layer -> !(layer instanceof Dropout || layer instanceof Flatten))
        .map(StartingModel::withoutStart)
        .toList();
  }

  private static LayerSpec withoutStart(LayerSpec layer) {
    if (layer instanceof Dense dense) {
      return new Dense(dense.units(), dense.activation(), WeightInit.ZEROS);
    } else if (layer instanceof Conv2d conv) {
      return new Conv2d(
          conv.filters(),
          conv.kernel(),
          conv.stride(),
          conv.padding(),
          conv.activation(),
          WeightInit.ZEROS);
    }
    return layer instanceof Batchnorm normalization
        ? new Batchnorm(0, normalization.epsilon())
        : layer;
  }

  private static String text(List<LayerSpec> layers) {
    return layers.stream()
        .filter(layer -> !(layer instanceof Dropout || layer instanceof Flatten))
        .map(StartingModel::text)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String text(LayerSpec layer) {
    if (layer instanceof Dense dense) {
      return "dense %d %s".formatted(dense.units(), dense.activation().word());
    } else if (layer instanceof Conv2d conv) {
      return "conv2d %d of %dx%d %s"
          .formatted(conv.filters(), conv.kernel(), conv.kernel(), conv.activation().word());
    }
    return layer.key();
  }

  /** Whether the specification makes the network: on some images, its outputs are to be those. */
  private void requireSameOutputs(ImageSet images) throws ConfigException {
    int[] some = new int[Math.min(COMPARED, images.size())];
    Arrays.setAll(some, i -> i);
    INDArray features = Tensors.features(images.subset(some));
    MultiLayerNetwork same =
        Networks.create(
            spec,
            images.height(),
            images.width(),
            model.provenance().labels().size(),
            builder -> {},
            1);
    List<Layer> from = withParameters(model.network());
    List<Layer> to = withParameters(same);
    for (int i = 0; i < to.size(); i++) {
      copy(from.get(i), to.get(i));
    }
    double difference =
        same.output(features).sub(model.outputs(features)).amaxNumber().doubleValue();
    if (!(difference <= TOLERANCE)) {
      throw new ConfigException(
          "%s cannot be trained further: layers of mnist4j do not compute what it computes"
              .formatted(file));
    }
  }
}
