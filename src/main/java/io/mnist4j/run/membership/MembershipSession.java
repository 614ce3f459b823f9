package io.mnist4j.run.membership;

import io.mnist4j.data.DataSplit;
import io.mnist4j.data.ImageSet;
import io.mnist4j.data.fetch.FetchListener;
import io.mnist4j.errors.BackendException;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.DivergedException;
import io.mnist4j.errors.ModelException;
import io.mnist4j.eval.Predictions;
import io.mnist4j.model.Provenance;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.model.foreign.ModelFile;
import io.mnist4j.run.EvaluationRequest;
import io.mnist4j.run.Experiment;
import io.mnist4j.run.ExperimentFile;
import io.mnist4j.run.ModelPredictions;
import io.mnist4j.run.TrainingInputs;
import io.mnist4j.train.ThreadTuner;
import io.mnist4j.train.TrainingInterruptedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Tries to tell the images that a model learned from from those that it was tested on. */
public final class MembershipSession {
  private static final String LOSS_SOURCE = "Yeom et al. 2018";

  private final EvaluationRequest request;
  private final TrainedModel model;
  private final TrainingInputs inputs;

  private MembershipSession(EvaluationRequest request, TrainedModel model, TrainingInputs inputs) {
    this.request = request;
    this.model = model;
    this.inputs = inputs;
  }

  /**
   * Attacks a model.
   *
   * @param request of a model of this program, without another data set
   * @param shadows networks that are trained as the model was; 0 for none
   * @param progress gets a line for each of them
   * @throws ConfigException if the model does not say what it learned from, or that is not there
   *     any more
   * @throws ModelException if the model cannot be read
   * @throws DataException if the data set cannot be had
   * @throws BackendException if ND4J does not start
   * @throws DivergedException if a shadow network does
   */
  public static MembershipReport run(
      EvaluationRequest request, int shadows, FetchListener listener, Consumer<String> progress)
      throws ConfigException,
          ModelException,
          DataException,
          BackendException,
          DivergedException,
          TrainingInterruptedException,
          IOException {
    Path file = request.model();
    Provenance provenance = ModelFile.ownProvenance(file).orElse(null);
    if (provenance == null || !provenance.config().containsKey("data")) {
      throw new ConfigException(
          file + " does not say what it learned from, so no member of it is known");
    }
    Experiment experiment = experiment(file, provenance);
    TrainingInputs inputs = TrainingInputs.load(experiment, request.store(), listener, progress);
    if (!inputs.images().dataset().contentSha256().equals(provenance.datasetSha256())) {
      throw new ConfigException(
          "%s learned from other data than %s holds now"
              .formatted(file, inputs.images().dataset().name()));
    }
    request.backend().start().setThreads(request.threads());
    TrainedModel model = ModelFile.read(file, request.range());
    return new MembershipSession(request, model, inputs).attack(shadows, progress);
  }

  private static Experiment experiment(Path file, Provenance provenance) throws ConfigException {
    Experiment experiment = ExperimentFile.fromMap(provenance.config(), file + "!/mnist4j.json");
    try {
      return experiment.data().isAuto()
          ? experiment.withData(experiment.data().withDataset(provenance.dataset()))
          : experiment;
    } catch (IllegalArgumentException e) {
      throw new ConfigException(e.getMessage());
    }
  }

  private MembershipReport attack(int shadows, Consumer<String> progress)
      throws ConfigException,
          BackendException,
          ModelException,
          DivergedException,
          TrainingInterruptedException,
          IOException {
    DataSplit split = inputs.images();
    Predictions ofMembers = predictions(split.train());
    Predictions ofOthers = predictions(split.test());
    List<MembershipAttack> attacks = new ArrayList<>();
    attacks.add(byLoss(ofMembers, ofOthers));
    if (shadows > 0) {
      ShadowAttack attack =
          new ShadowAttack(
              inputs.experiment(),
              split,
              ImageSet.joined(List.of(split.train(), split.test())),
              request.backend(),
              ThreadTuner.fixed(request.threads()));
      attack.train(shadows, progress);
      attacks.add(attack.attack(ofMembers, ofOthers, shadows));
    }
    Map<String, Double> metrics = model.provenance().metrics();
    return new MembershipReport(
        split.dataset().name(),
        ofMembers.size(),
        ofOthers.size(),
        ofMembers.evaluation().accuracy(),
        ofOthers.evaluation().accuracy(),
        attacks,
        metrics.get("epsilon"),
        metrics.get("delta"),
        request.model());
  }

  private Predictions predictions(ImageSet images) {
    return ModelPredictions.of(model, images, request.backend(), request.threads());
  }

  /**
   * The attack of S. Yeom et al., "Privacy Risk in Machine Learning: Analyzing the Connection to
   * Overfitting" (2018): an image is named whose loss is not above the mean of the training, which
   * the attacker knows.
   */
  private static MembershipAttack byLoss(Predictions ofMembers, Predictions ofOthers) {
    return MembershipAttack.of(
        "loss threshold",
        LOSS_SOURCE,
        negativeLosses(ofMembers),
        negativeLosses(ofOthers),
        -ofMembers.loss());
  }

  private static double[] negativeLosses(Predictions said) {
    return IntStream.range(0, said.size()).mapToDouble(image -> -said.loss(image)).toArray();
  }
}
