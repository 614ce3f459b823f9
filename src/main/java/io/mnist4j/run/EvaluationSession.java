package io.mnist4j.run;

import io.mnist4j.data.fetch.FetchListener;
import io.mnist4j.energy.EnergyMeter;
import io.mnist4j.energy.EnergyUse;
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
import java.nio.file.Path;
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
      test = session.testImages(own.get(), own.get());
      model = session.load();
    } else {
      TrainedModel read = session.load();
      Provenance mnist = read.fittingMnist().provenance();
      test = session.testImages(mnist, read.provenance());
      model = read.fitting(test.images().height(), test.images().width());
      if (request.dataset().isEmpty()) {
        notes.accept(
            "%s does not say which data it was trained on; it is tested on %s"
                .formatted(file, test.dataset()));
      }
      model = InputRangeDetector.on(model, test.examples(), test.dataset());
    }
    model.notes().forEach(note -> notes.accept(file + ": " + note));
    EnergyMeter energy = new EnergyMeter(request.gramsPerKwh());
    Predictions predictions =
        ModelPredictions.of(model, test.images(), request.backend(), request.threads());
    Optional<EnergyUse> used = energy.read();
    return new EvaluationSummary(
        test.dataset(),
        predictions,
        test.names(),
        ClassificationReport.of(predictions, model.provenance().labels()),
        model,
        request.backend(),
        request.threads(),
        file,
        request.part(),
        used,
        test.source());
  }

  private TrainedModel load() throws ModelException, BackendException {
    request.backend().start().setThreads(request.threads());
    return ModelFile.read(request.model(), request.range());
  }

  /**
   * @param other of the same model for images of another size
   */
  private TestImages testImages(Provenance provenance, Provenance other)
      throws ConfigException, DataException {
    return new TestImageFinder(request, listener, provenance, other).find();
  }
}
