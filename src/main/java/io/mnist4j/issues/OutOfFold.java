package io.mnist4j.issues;

import io.mnist4j.backend.Backend;
import io.mnist4j.data.DataSplit;
import io.mnist4j.data.Dataset;
import io.mnist4j.data.ImageSet;
import io.mnist4j.data.Stratified;
import io.mnist4j.errors.BackendException;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DivergedException;
import io.mnist4j.errors.ModelException;
import io.mnist4j.eval.Predictions;
import io.mnist4j.issues.JoinedParts.JoinedPart;
import io.mnist4j.run.Experiment;
import io.mnist4j.run.MemoryEstimate;
import io.mnist4j.run.TrainingInputs;
import io.mnist4j.run.TrainingSession;
import io.mnist4j.train.ThreadTuner;
import io.mnist4j.train.TrainingControl;
import io.mnist4j.train.TrainingInterruptedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks networks about images that they have not learned from. The training images are dealt out
 * into folds, and a network learns from all folds but one: it is asked about that one, and the mean
 * of all networks is taken for the images of the other parts, which none of them has learned from.
 */
final class OutOfFold {
  private final Dataset dataset;
  private final JoinedParts parts;
  private final Experiment experiment;
  private final Backend backend;
  private final ThreadTuner tuner;
  private final List<JoinedPart> others;

  /**
   * @param experiment whose network is trained, without an early end
   * @param backend started
   */
  OutOfFold(
      Dataset dataset,
      JoinedParts parts,
      Experiment experiment,
      Backend backend,
      ThreadTuner tuner) {
    this.dataset = dataset;
    this.parts = parts;
    this.experiment = experiment;
    this.backend = backend;
    this.tuner = tuner;
    others =
        parts.parts().stream().filter(part -> !part.isTrain() && part.images().size() > 0).toList();
  }

  /**
   * Trains the networks one after another and asks them.
   *
   * @param folds into which the training images are dealt out, at least 2
   * @param repeats how often they are, anew; the mean is taken
   * @return of all images of the parts, in their order
   */
  ClassProbabilities probabilities(int folds, int repeats, IssueMonitor monitor)
      throws ConfigException,
          BackendException,
          ModelException,
          DivergedException,
          TrainingInterruptedException,
          IOException {
    ClassProbabilities all = ClassProbabilities.zeros(parts.all().size(), dataset.classes());
    ImageSet train = parts.train().images();
    int networks = folds * repeats;
    for (int network = 0; network < networks; network++) {
      long seed = experiment.seed() + network / folds;
      int[] heldOut = Stratified.fold(train, folds, network % folds + 1, seed);
      ImageSet judged = train.subset(heldOut);
      TrainingInputs inputs = inputs(network, train.without(heldOut), judged);
      MemoryEstimate.checkAll(inputs, backend);
      monitor.onNetwork(
          network + 1, networks, experiment.training().epochs(), inputs.images().train().size());
      List<ImageSet> asked = new ArrayList<>(List.of(judged));
      others.forEach(part -> asked.add(part.images()));
      List<Predictions> said =
          new TrainingSession(inputs, backend, tuner)
              .trainAndPredict(asked, new TrainingControl(monitor, 0, () -> false));
      for (int i = 0; i < heldOut.length; i++) {
        add(all, parts.train().first() + heldOut[i], said.get(0), i, repeats);
      }
      for (int other = 0; other < others.size(); other++) {
        for (int i = 0; i < others.get(other).images().size(); i++) {
          add(all, others.get(other).first() + i, said.get(other + 1), i, networks);
        }
      }
    }
    return all;
  }

  /** Each network starts from weights of its own, so that their mean is worth more than one. */
  private TrainingInputs inputs(int network, ImageSet learned, ImageSet judged) {
    return new TrainingInputs(
        experiment.withSeed(experiment.seed() + network),
        new DataSplit(dataset, dataset.classNames(), learned, judged, judged));
  }

  /**
   * Adds a network's outputs for an image, divided by their sum: sigmoid units need not have the
   * sum 1.
   */
  private static void add(
      ClassProbabilities all, int image, Predictions said, int asked, int networks)
      throws ConfigException {
    double sum = 0;
    for (int label = 0; label < said.classes(); label++) {
      float output = said.output(asked, label);
      if (!(output >= 0 && output <= 1)) {
        throw new ConfigException(
            ("model.output.activation must be softmax or sigmoid here, so that the outputs are"
                    + " probabilities; an output is %s")
                .formatted(output));
      }
      sum += output;
    }
    for (int label = 0; label < said.classes(); label++) {
      double share = sum > 0 ? said.output(asked, label) / sum : 1.0 / said.classes();
      all.add(image, label, share / networks);
    }
  }
}
