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
import io.mnist4j.model.Tensors;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.train.NativeBackend;
import java.nio.file.Path;
import java.util.Optional;

/** A saved model, tested. */
public final class EvaluationRun {
  private EvaluationRun() {}

  /**
   * Tests a model on the test images of a data set.
   *
   * @param datasetName empty for the data set that the model was trained on
   * @throws ExperimentException if there is no such data set, or it does not fit the model
   * @throws ModelException if the model cannot be read
   * @throws DataException if the data set cannot be had
   */
  public static EvaluationSummary run(
      Path file,
      Optional<String> datasetName,
      DataStore store,
      NativeBackend backend,
      FetchListener listener)
      throws ExperimentException, ModelException, DataException {
    TrainedModel model = ModelArchive.read(file);
    Provenance provenance = model.provenance();
    DataSpec data = new DataSpec(datasetName.orElse(provenance.dataset()));
    Dataset dataset = DatasetChoice.load(data, store, listener).dataset();
    ImageSet images = dataset.test();
    if (!provenance.accepts(images) || dataset.classes() != provenance.labels().size()) {
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
                  dataset.classes()));
    }
    Evaluation test = Evaluator.evaluate(model.network(), Tensors.features(images), images);
    return new EvaluationSummary(
        dataset.name(), test, provenance.seed(), model.network().numParams(), backend, file);
  }
}
