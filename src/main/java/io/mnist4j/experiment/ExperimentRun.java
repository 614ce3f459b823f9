package io.mnist4j.experiment;

import io.mnist4j.data.DataSplit;
import io.mnist4j.data.Dataset;
import io.mnist4j.eval.Evaluation;
import io.mnist4j.eval.Evaluator;
import io.mnist4j.model.Build;
import io.mnist4j.model.ModelArchive;
import io.mnist4j.model.ModelException;
import io.mnist4j.model.Networks;
import io.mnist4j.model.Provenance;
import io.mnist4j.model.Tensors;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.train.DivergedException;
import io.mnist4j.train.EpochMetrics;
import io.mnist4j.train.NativeBackend;
import io.mnist4j.train.RunDirectory;
import io.mnist4j.train.Trainer;
import io.mnist4j.train.TrainingListener;
import io.mnist4j.train.TrainingResult;
import java.io.IOException;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** An experiment, carried out: from the record to the files of the run directory. */
public final class ExperimentRun {
  private ExperimentRun() {}

  /**
   * Trains, and writes configuration, metrics, model and summary.
   *
   * @param split of the data set that the experiment names
   * @throws DivergedException if the loss becomes infinite or not a number
   * @throws IOException if the run directory cannot be written
   * @throws ModelException if the model cannot be written
   */
  public static RunSummary run(
      Experiment experiment,
      DataSplit split,
      RunDirectory directory,
      NativeBackend backend,
      TrainingListener listener)
      throws DivergedException, IOException, ModelException {
    directory.writeConfig(ExperimentFile.toYaml(experiment));
    MultiLayerNetwork network =
        Networks.create(
            experiment.model(),
            split.train().pixelsPerImage(),
            split.classes(),
            experiment.training().updater(split.train().size()),
            experiment.seed());
    TrainingResult training =
        Trainer.train(
            network,
            toLearnFrom(split),
            experiment.training(),
            experiment.seed(),
            recordingTo(directory, listener));
    RunSummary summary =
        new RunSummary(
            split.dataset().name(),
            split.validatesOnTest() ? training.last().validation() : test(network, split),
            training,
            experiment.seed(),
            network.numParams(),
            backend,
            directory.model());
    ModelArchive.write(
        directory.model(), new TrainedModel(network, provenance(experiment, split, summary)));
    directory.writeSummary(summary.toJson());
    return summary;
  }

  /** What the training loop sees: it validates on what a data set has to test with. */
  private static Dataset toLearnFrom(DataSplit split) {
    return new Dataset(
        split.dataset().name(),
        split.classNames(),
        split.train(),
        split.validation(),
        split.dataset().contentSha256());
  }

  private static Evaluation test(MultiLayerNetwork network, DataSplit split) {
    return Evaluator.evaluate(network, Tensors.features(split.test()), split.test());
  }

  private static TrainingListener recordingTo(RunDirectory directory, TrainingListener listener) {
    return new TrainingListener() {
      @Override
      public void onStep(Step step) {
        listener.onStep(step);
      }

      @Override
      public void onEpoch(EpochMetrics metrics) throws IOException {
        directory.appendMetrics(metrics);
        listener.onEpoch(metrics);
      }
    };
  }

  private static Provenance provenance(Experiment experiment, DataSplit split, RunSummary summary) {
    Build build = Build.current();
    Evaluation test = summary.test();
    return new Provenance(
        ExperimentFile.toMap(experiment),
        split.dataset().name(),
        split.dataset().contentSha256(),
        split.classNames(),
        split.train().height(),
        split.train().width(),
        experiment.seed(),
        Map.of("testAccuracy", test.accuracy(), "testLoss", test.loss()),
        Map.of(
            "mnist4j", build.mnist4j(),
            "deeplearning4j", build.dl4j(),
            "jdk", System.getProperty("java.version")),
        Map.of(
            "os", System.getProperty("os.name"),
            "arch", System.getProperty("os.arch"),
            "natives", build.natives(),
            "backend", summary.backend().name(),
            "threads", String.valueOf(summary.backend().threads())));
  }
}
