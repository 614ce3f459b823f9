package io.mnist4j.run;

import io.mnist4j.data.Dataset;
import io.mnist4j.data.ImageSet;
import io.mnist4j.data.fetch.FetchListener;
import io.mnist4j.data.store.DataSpec;
import io.mnist4j.data.store.DatasetChoice;
import io.mnist4j.digits.ImageFolder;
import io.mnist4j.errors.BackendException;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.ModelException;
import io.mnist4j.eval.ClassificationReport;
import io.mnist4j.eval.InputRangeDetector;
import io.mnist4j.eval.Predictions;
import io.mnist4j.model.Provenance;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.model.foreign.ModelFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A saved model, tested on the test images of a data set, or on pictures sorted by class. */
public final class EvaluationSession {
  private final EvaluationRequest request;
  private final FetchListener listener;

  private EvaluationSession(EvaluationRequest request, FetchListener listener) {
    this.request = request;
    this.listener = listener;
  }

  /**
   * Loads the data and the model, and tests it.
   *
   * @param notes gets what a user should know of a model that another program wrote
   * @throws ConfigException if there is no such data set, or it does not fit the model
   * @throws ModelException if the model cannot be read
   * @throws DataException if the data set cannot be had
   * @throws BackendException if ND4J does not start
   */
  public static EvaluationSummary run(
      EvaluationRequest request, FetchListener listener, Consumer<String> notes)
      throws ConfigException, ModelException, DataException, BackendException {
    EvaluationSession session = new EvaluationSession(request, listener);
    Path file = request.model();
    Optional<Provenance> own = ModelFile.ownProvenance(file);
    TestImages test;
    TrainedModel model;
    if (own.isPresent()) {
      // The data first: until it is there the native libraries may still be loading.
      test =
          session.testImages(own.get(), request.dataset().orElse(trainedOn(own.get())), own.get());
      model = session.load();
    } else {
      TrainedModel read = session.load();
      Provenance mnist = read.fittingMnist().provenance();
      test = session.testImages(mnist, request.dataset().orElse(DataSpec.AUTO), read.provenance());
      model = read.fitting(test.images().height(), test.images().width());
      if (request.dataset().isEmpty()) {
        notes.accept(
            "%s does not say which data it was trained on; it is tested on %s"
                .formatted(file, test.dataset()));
      }
      model = InputRangeDetector.on(model, test.examples(), test.dataset());
    }
    model.notes().forEach(note -> notes.accept(file + ": " + note));
    Predictions predictions =
        ModelPredictions.of(model, test.images(), request.backend(), request.threads());
    return new EvaluationSummary(
        test.dataset(),
        predictions,
        test.names(),
        ClassificationReport.of(predictions, model.provenance().labels()),
        model,
        request.backend(),
        request.threads(),
        file);
  }

  private TrainedModel load() throws ModelException, BackendException {
    request.backend().start().setThreads(request.threads());
    return ModelFile.read(request.model(), request.range());
  }

  /**
   * What a model is tested on; names is empty where the images have none but their numbers, and
   * examples are others of the kind, where there are any.
   */
  private record TestImages(
      String dataset, ImageSet images, List<String> names, ImageSet examples) {}

  /**
   * @param other of the same model for images of another size
   */
  private TestImages testImages(Provenance provenance, String datasetName, Provenance other)
      throws ConfigException, DataException {
    DataSpec data = dataSpec(datasetName);
    if (data.isFolder() && isImageFolder(Path.of(data.dataset()))) {
      Path folder = Path.of(data.dataset());
      ImageFolder pictures =
          ImageFolder.read(folder, provenance.labels(), provenance.height(), provenance.width());
      String name = folder.getFileName() == null ? "folder" : folder.getFileName().toString();
      return new TestImages(name, pictures.images(), pictures.files(), pictures.images());
    }
    Dataset dataset = DatasetChoice.load(data, request.store(), listener).dataset();
    boolean subset = knowsSomeClassesOf(dataset, provenance);
    ImageSet images =
        subset ? dataset.test().ofClasses(labelsOf(provenance.labels(), dataset)) : dataset.test();
    int classes = subset ? provenance.labels().size() : dataset.classes();
    if (images.size() == 0) {
      throw new ConfigException(
          "%s has no test images of %s"
              .formatted(dataset.name(), String.join(", ", provenance.labels())));
    }
    if (!(provenance.accepts(images) || other.accepts(images))
        || classes != provenance.labels().size()) {
      throw new ConfigException(
          "%s takes %dx%d images of %d classes; %s has %dx%d images of %d classes"
              .formatted(
                  request.model(),
                  provenance.height(),
                  provenance.width(),
                  provenance.labels().size(),
                  dataset.name(),
                  images.height(),
                  images.width(),
                  classes));
    }
    return new TestImages(dataset.name(), images, List.of(), dataset.train());
  }

  /** A folder that is not there, or is none, is for {@link DatasetChoice} to refuse. */
  private static boolean isImageFolder(Path folder) throws DataException {
    return Files.isDirectory(folder) && ImageFolder.isOne(folder);
  }

  private static DataSpec dataSpec(String dataset) throws ConfigException {
    try {
      return DataSpec.DEFAULT.withDataset(dataset);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(e.getMessage());
    }
  }

  /** The catalogue's name, or the folder, of the data set that the model was trained on. */
  private static String trainedOn(Provenance provenance) {
    return dataKey(provenance, "dataset") instanceof String dataset
            && !dataset.equals(DataSpec.AUTO)
        ? dataset
        : provenance.dataset();
  }

  /** Whether the model was made for some classes of its data set, and this one has them too. */
  private static boolean knowsSomeClassesOf(Dataset dataset, Provenance provenance) {
    return dataKey(provenance, "classes") instanceof List<?> classes
        && !classes.isEmpty()
        && dataset.classNames().containsAll(provenance.labels());
  }

  private static Object dataKey(Provenance provenance, String key) {
    return provenance.config().get("data") instanceof Map<?, ?> data ? data.get(key) : null;
  }

  private static int[] labelsOf(List<String> classNames, Dataset dataset) {
    return classNames.stream().mapToInt(dataset.classNames()::indexOf).toArray();
  }
}
