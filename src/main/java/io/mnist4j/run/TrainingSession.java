package io.mnist4j.run;

import io.mnist4j.backend.Backend;
import io.mnist4j.data.DataSplit;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DivergedException;
import io.mnist4j.errors.ModelException;
import io.mnist4j.eval.Evaluation;
import io.mnist4j.eval.Evaluator;
import io.mnist4j.eval.Predictions;
import io.mnist4j.files.AtomicFile;
import io.mnist4j.model.Build;
import io.mnist4j.model.Provenance;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.model.archive.ModelArchive;
import io.mnist4j.train.Learner;
import io.mnist4j.train.StoppingSpec;
import io.mnist4j.train.ThreadTuner;
import io.mnist4j.train.Trainer;
import io.mnist4j.train.TrainingControl;
import io.mnist4j.train.TrainingInterruptedException;
import io.mnist4j.train.TrainingListener;
import io.mnist4j.train.TrainingResult;
import io.mnist4j.train.TrainingState;
import io.mnist4j.train.TrainingTask;
import io.mnist4j.train.engine.LearnerChoice;
import io.mnist4j.train.tensorboard.TensorBoardListener;
import io.mnist4j.train.tensorboard.TensorBoardWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** An experiment, carried out: from the record to the files of the run directory. */
public final class TrainingSession {
  /** A product and a sum on the way forward, and two of each on the way back. */
  private static final double OPERATIONS_PER_PARAMETER = 6;

  /** Operations of a step that a core of a CPU needs some hundredth of a second for. */
  private static final double WORTH_A_GPU = 1e9;

  private final Experiment experiment;
  private final DataSplit split;
  private final RunFolder folder;
  private final Backend backend;
  private final ThreadTuner tuner;
  private final ResourceUse.Meter meter;

  /**
   * @param split of the data set that the experiment names
   * @param folder of a new run, or of one that was cut
   * @param tuner says how many threads compute
   */
  public TrainingSession(
      Experiment experiment,
      DataSplit split,
      RunFolder folder,
      Backend backend,
      ThreadTuner tuner,
      ResourceUse.Meter meter) {
    this.experiment = experiment;
    this.split = split;
    this.folder = folder;
    this.backend = backend;
    this.tuner = tuner;
    this.meter = meter;
  }

  /** What it learns from and is judged by. */
  public DataSplit images() {
    return split;
  }

  /** Whether it finds out by itself how many threads are best. */
  public boolean choosesThreads() {
    return tuner.isAutomatic();
  }

  /** The most threads that will compute. */
  public int maxThreads() {
    return tuner.maxThreads();
  }

  /**
   * Trains from the run's checkpoint, where it has one, else from the start, and writes
   * configuration, metrics, checkpoints, model and summary.
   *
   * @param checkpointSeconds between two checkpoints within an epoch; 0 for none
   * @param tensorBoard whether to write event files, too
   * @param stopRequested asked after each step
   * @throws DivergedException if the loss becomes infinite or not a number
   * @throws TrainingInterruptedException if it was asked to stop; the checkpoint is written
   * @throws IOException if the run directory cannot be written, or another process trains this run
   * @throws ModelException if the checkpoint cannot be read or is of other data
   */
  public RunSummary run(
      TrainingListener listener,
      double checkpointSeconds,
      boolean tensorBoard,
      BooleanSupplier stopRequested)
      throws DivergedException, TrainingInterruptedException, IOException, ModelException {
    try (RunLock lock = RunLock.take(folder)) {
      return runAlone(listener, checkpointSeconds, tensorBoard, stopRequested);
    }
  }

  private RunSummary runAlone(
      TrainingListener listener,
      double checkpointSeconds,
      boolean tensorBoard,
      BooleanSupplier stopRequested)
      throws DivergedException, TrainingInterruptedException, IOException, ModelException {
    AtomicFile.deleteLeftovers(folder.path());
    Files.deleteIfExists(folder.summary());
    folder.deleteReport();
    AtomicFile.write(folder.config(), ExperimentFile.toYaml(experiment));
    TrainingState start = TrainingState.START;
    MultiLayerNetwork network;
    if (Files.exists(folder.checkpoint())) {
      Checkpoint checkpoint = Checkpoint.read(folder.checkpoint());
      checkpoint.requireSameData(folder, split.dataset());
      network = checkpoint.network();
      start = checkpoint.state();
    } else {
      network = experiment.newNetwork(split);
    }
    StoppingSpec stopping = experiment.training().stopping();
    RunRecorder recorder = new RunRecorder(folder, network, provenance(Map.of()), stopping);
    List<TrainingListener> listeners = new ArrayList<>(List.of(recorder, listener));
    try (Closeable eventFile = tensorBoard ? tensorBoard(start, listeners) : () -> {};
        Learner learner = learner().create(task(network), tuner.maxThreads())) {
      TrainingControl control =
          new TrainingControl(TrainingListener.all(listeners), checkpointSeconds, stopRequested);
      TrainingResult training =
          new Trainer(task(network), split.validation(), learner, tuner, control).train(start);
      return finish(network, learner, training);
    }
  }

  /** Which step it learns with. */
  public LearnerChoice learner() {
    return backend.cuda().isPresent()
        ? LearnerChoice.onDevices(backend.devices())
        : LearnerChoice.of(experiment.model(), split.classes());
  }

  /**
   * What a user should know of the device: a graphics card waits for DL4J to hand out the
   * operations of a step, some hundred of them, for longer than the CPU takes for all of a small
   * dense network's.
   *
   * @throws ConfigException if the network does not fit the images
   */
  public Optional<String> advice() throws ConfigException {
    double operations =
        OPERATIONS_PER_PARAMETER
            * experiment.modelSummary(split).parameters()
            * experiment.training().batchSize();
    boolean quickOnCpu = LearnerChoice.of(experiment.model(), split.classes()).stack().isPresent();
    return backend.cuda().isPresent() && quickOnCpu && operations < WORTH_A_GPU
        ? Optional.of(
            "This network is small, and probably quicker with --backend cpu; `mnist4j doctor"
                + " --bench` measures both")
        : Optional.empty();
  }

  private TrainingTask task(MultiLayerNetwork network) {
    return new TrainingTask(
        network,
        experiment.model().output(),
        split.train(),
        split.classes(),
        experiment.training(),
        experiment.seed(),
        backend);
  }

  private TensorBoardListener tensorBoard(TrainingState start, List<TrainingListener> listeners)
      throws IOException {
    TensorBoardListener drawing =
        new TensorBoardListener(
            TensorBoardWriter.create(
                folder.tensorboard(),
                start.history().isEmpty() ? 0 : start.epoch(),
                System.currentTimeMillis()));
    listeners.add(drawing);
    return drawing;
  }

  private RunSummary finish(MultiLayerNetwork network, Learner learner, TrainingResult training)
      throws IOException, ModelException {
    StoppingSpec stopping = experiment.training().stopping();
    int savedEpoch = training.epochs().size();
    Predictions predictions;
    if (stopping.patience() > 0) {
      savedEpoch = stopping.bestEpoch(training.epochs());
      network.setParams(ModelArchive.read(folder.best()).network().params());
      predictions = Evaluator.predict(network, split.test());
    } else {
      predictions = learner.predict(split.test());
    }
    Evaluation test =
        split.validatesOnTest()
            ? training.epochs().get(savedEpoch - 1).validation()
            : predictions.evaluation();
    Map<String, Double> metrics = Map.of("testAccuracy", test.accuracy(), "testLoss", test.loss());
    TrainedModel trained = new TrainedModel(network, provenance(metrics));
    ModelArchive.write(folder.model(), trained);
    RunSummary summary =
        new RunSummary(
            split.dataset().name(),
            test,
            predictions,
            training,
            savedEpoch,
            experiment.seed(),
            trained,
            backend,
            tuner.best(),
            meter.read(),
            Instant.now().truncatedTo(ChronoUnit.SECONDS),
            folder.model());
    RunFormat.writeSummary(folder, summary);
    return summary;
  }

  /** How good the network is that was saved, in all figures. */
  public EvaluationSummary evaluate(RunSummary summary) {
    return EvaluationSession.of(
        summary.dataset(),
        summary.predictions(),
        List.of(),
        summary.trained(),
        backend,
        summary.threads(),
        summary.model());
  }

  private Provenance provenance(Map<String, Double> metrics) {
    Build build = Build.current();
    return new Provenance(
        ExperimentFile.toMap(experiment),
        split.dataset().name(),
        split.dataset().contentSha256(),
        split.classNames(),
        split.train().height(),
        split.train().width(),
        experiment.seed(),
        metrics,
        Map.of(
            "mnist4j", build.mnist4j(),
            "deeplearning4j", build.dl4j(),
            "jdk", System.getProperty("java.version")),
        platform(build));
  }

  private Map<String, String> platform(Build build) {
    Map<String, String> platform = new TreeMap<>();
    platform.put("os", System.getProperty("os.name"));
    platform.put("arch", System.getProperty("os.arch"));
    platform.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
    ResourceUse.processor().ifPresent(name -> platform.put("processor", name));
    platform.put("natives", build.natives());
    platform.putAll(backend.description());
    return platform;
  }
}
