package io.mnist4j.experiment;

import io.mnist4j.data.DataException;
import io.mnist4j.data.DataStore;
import io.mnist4j.data.Dataset;
import io.mnist4j.data.FetchListener;
import io.mnist4j.data.ImageSet;
import io.mnist4j.eval.Evaluation;
import io.mnist4j.eval.Evaluator;
import io.mnist4j.model.ModelArchive;
import io.mnist4j.model.ModelException;
import io.mnist4j.model.Provenance;
import io.mnist4j.train.BackendException;
import io.mnist4j.train.NativeBackend;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** A saved model, tested. */
public final class EvaluationRun {
  private EvaluationRun() {}

  /**
   * Tests a model on the test images of a data set.
   *
   * @param datasetName empty for the data set that the model was trained on
   * @param threads that compute
   * @throws ExperimentException if there is no such data set, or it does not fit the model
   * @throws ModelException if the model cannot be read
   * @throws DataException if the data set cannot be had
   * @throws BackendException if ND4J does not start
   */
  public static EvaluationSummary run(
      Path file, Optional<String> datasetName, DataStore store, int threads, FetchListener listener)
      throws ExperimentException, ModelException, DataException, BackendException {
    Provenance provenance = ModelArchive.readProvenance(file);
    DataSpec data = dataSpec(datasetName.orElse(trainedOn(provenance)));
    Dataset dataset = DatasetChoice.load(data, store, listener).dataset();
    boolean subset = knowsSomeClassesOf(dataset, provenance);
    ImageSet images =
        subset ? dataset.test().ofClasses(labelsOf(provenance.labels(), dataset)) : dataset.test();
    int classes = subset ? provenance.labels().size() : dataset.classes();
    if (images.size() == 0) {
      throw new ExperimentException(
          "%s has no test images of %s"
              .formatted(dataset.name(), String.join(", ", provenance.labels())));
    }
    if (!provenance.accepts(images) || classes != provenance.labels().size()) {
      throw new ExperimentException(
          "%s takes %dx%d images of %d classes; %s has %dx%d images of %d classes"
              .formatted(
                  file,
                  provenance.height(),
                  provenance.width(),
                  provenance.labels().size(),
                  dataset.name(),
                  images.height(),
                  images.width(),
                  classes));
    }
    // Only now: until here the native libraries may still be loading.
    NativeBackend backend = NativeBackend.start();
    NativeBackend.use(threads);
    MultiLayerNetwork network = ModelArchive.read(file).network();
    Evaluation test = Evaluator.evaluate(network, images);
    return new EvaluationSummary(
        dataset.name(), test, provenance.seed(), network.numParams(), backend, threads, file);
  }

  private static DataSpec dataSpec(String dataset) throws ExperimentException {
    try {
      return DataSpec.DEFAULT.withDataset(dataset);
    } catch (IllegalArgumentException e) {
      throw new ExperimentException(e.getMessage());
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
