package io.mnist4j.run;

import io.mnist4j.backend.Backend;
import io.mnist4j.data.Part;
import io.mnist4j.data.store.DataStore;
import io.mnist4j.model.InputRange;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which model is tested on what.
 *
 * @param model the file
 * @param range of pixels that the model was trained with; empty for what its file says, or what
 *     suits the data
 * @param dataset empty for the data set that the model was trained on; MNIST where that is unknown
 * @param store of data sets
 * @param backend that was chosen; it is started before the model is read
 * @param threads that compute, at least 1
 * @param part of the data: those that training used are the ones of that very training, where the
 *     data is the same
 * @param gramsPerKwh of carbon dioxide that the energy is told in, too; empty for none
 */
public record EvaluationRequest(
    Path model,
    Optional<InputRange> range,
    Optional<String> dataset,
    DataStore store,
    Backend backend,
    int threads,
    Part part,
    OptionalDouble gramsPerKwh) {

  /** Of the test images. */
  public EvaluationRequest(
      Path model,
      Optional<InputRange> range,
      Optional<String> dataset,
      DataStore store,
      Backend backend,
      int threads) {
    this(model, range, dataset, store, backend, threads, Part.TEST, OptionalDouble.empty());
  }
}
