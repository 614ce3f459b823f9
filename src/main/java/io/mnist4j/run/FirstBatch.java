package io.mnist4j.run;

import io.mnist4j.backend.Backend;
import io.mnist4j.errors.BackendException;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.DivergedException;
import io.mnist4j.errors.Mnist4jException;
import io.mnist4j.errors.ModelException;
import io.mnist4j.model.ModelSummary;
import io.mnist4j.text.Json;
import io.mnist4j.train.TrainingControl;
import io.mnist4j.train.TrainingInterruptedException;
import io.mnist4j.train.TrainingListener;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A training that was tried: everything up to the first batch of images, in memory alone. What a
 * run could be refused for has been asked by then.
 *
 * @param session with the inputs
 * @param model its layers
 * @param images of the batch
 * @param loss mean over the batch, before the weights changed
 */
public record FirstBatch(TrainingSession session, ModelSummary model, long images, double loss) {

  /**
   * Loads the data, makes the network, and trains it on one batch.
   *
   * @param request whose folder is left alone
   * @throws ConfigException if the settings do not fit the data or the memory
   * @throws DataException if the data set cannot be had
   * @throws BackendException if ND4J does not start, or the graphics card has too little memory
   * @throws ModelException if the model that it is to start from cannot be read
   * @throws DivergedException if the loss is infinite or not a number
   */
  public static FirstBatch run(TrainingRequest request, TrainingMonitor monitor)
      throws Mnist4jException, IOException {
    TrainingInputs inputs =
        TrainingInputs.load(request.experiment(), request.store(), monitor, monitor::onFallback);
    Backend backend = request.backend().start();
    inputs = inputs.withStartingModel();
    ModelSummary model = inputs.modelSummary();
    MemoryEstimate.checkAll(inputs, backend);
    TrainingSession session = new TrainingSession(inputs, backend, request.tuner());
    StepRecorder recorder = new StepRecorder();
    try {
      session.train(new TrainingControl(recorder, 0, () -> true));
    } catch (TrainingInterruptedException asked) {
      // After the first step, as it was asked to.
    }
    return new FirstBatch(session, model, recorder.last.samples(), recorder.last.meanLoss());
  }

  /** Keeps what is told of a step. */
  private static final class StepRecorder implements TrainingListener {
    private TrainingStep last;

    @Override
    public void onStep(TrainingStep step) {
      last = step;
    }
  }

  /** Configuration, layers and loss as a document. */
  public String toJson() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("config", ExperimentFile.toMap(session.inputs().experiment()));
    document.put("layers", model.rows());
    document.put("parameters", model.parameters());
    document.put("dataset", session.inputs().images().dataset().name());
    document.put("train-images", session.inputs().images().train().size());
    document.put("validation-images", session.inputs().images().validation().size());
    document.put("test-images", session.inputs().images().test().size());
    document.put("batch-images", images);
    document.put("batch-loss", loss);
    return Json.pretty(document);
  }
}
