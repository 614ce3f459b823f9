package io.mnist4j.run;

import io.mnist4j.backend.Backend;
import io.mnist4j.backend.driver.CudaException;
import io.mnist4j.data.DataSplit;
import io.mnist4j.data.ImageSet;
import io.mnist4j.errors.BackendException;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.DivergedException;
import io.mnist4j.errors.Mnist4jException;
import io.mnist4j.errors.ModelException;
import io.mnist4j.eval.Evaluation;
import io.mnist4j.eval.Predictions;
import io.mnist4j.files.AtomicFile;
import io.mnist4j.model.Build;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.model.archive.ModelArchive;
import io.mnist4j.model.layers.LayerSpec;
import io.mnist4j.train.Learner;
import io.mnist4j.train.PrivacyNotes;
import io.mnist4j.train.RaisedCourse;
import io.mnist4j.train.RaisedNote;
import io.mnist4j.train.StoppingSpec;
import io.mnist4j.train.ThreadTuner;
import io.mnist4j.train.Trainer;
import io.mnist4j.train.TrainingControl;
import io.mnist4j.train.TrainingInterruptedException;
import io.mnist4j.train.TrainingListener;
import io.mnist4j.train.TrainingResult;
import io.mnist4j.train.TrainingSpec;
import io.mnist4j.train.TrainingState;
import io.mnist4j.train.TrainingTask;
import io.mnist4j.train.WeightAverage;
import io.mnist4j.train.engine.LearnerChoice;
import io.mnist4j.train.mlflow.MlflowRun;
import io.mnist4j.train.privacy.PrivacyStatement;
import io.mnist4j.train.tensorboard.TensorBoardWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * An experiment, carried out. {@link #run} is all of it, from the data set to the files of the
 * run's folder; {@link #runIn} is the part for inputs that are in memory already; {@link #train}
 * writes nothing and keeps no network.
 */
public final class TrainingSession {
  /** A product and a sum on the way forward, and two of each on the way back. */
  private static final double OPERATIONS_PER_PARAMETER = 6;

  /** Operations of a step that a core of a CPU needs some hundredth of a second for. */
  private static final double WORTH_A_GPU = 1e9;

  private final TrainingInputs inputs;
  private final Experiment experiment;
  private final DataSplit images;
  private final Backend backend;
  private final ThreadTuner tuner;
  private Optional<RaisedCourse> raised = Optional.empty();

  /**
   * @param backend that was started
   * @param tuner says how many threads compute
   */
  public TrainingSession(TrainingInputs inputs, Backend backend, ThreadTuner tuner) {
    this.inputs = inputs;
    this.backend = backend;
    // A graphics card is fed by one thread.
    this.tuner = backend.isGpu() ? ThreadTuner.fixed(1) : tuner;
    experiment = inputs.experiment();
    images = inputs.images();
  }

  /**
   * Loads the data, trains, tests, and writes configuration, metrics, checkpoints, model and
   * summary.
   *
   * @throws ConfigException if the settings do not fit the data or the memory
   * @throws DataException if the data set cannot be had
   * @throws BackendException if ND4J does not start, or the graphics card has too little memory
   * @throws DivergedException if the loss becomes infinite or not a number
   * @throws TrainingInterruptedException if it was asked to stop; the checkpoint is written
   * @throws IOException if the folder cannot be written, or another process trains this run
   * @throws ModelException if the checkpoint cannot be read or is of other data
   */
  public static RunSummary run(TrainingRequest request, TrainingMonitor monitor)
      throws Mnist4jException, TrainingInterruptedException, IOException {
    ResourceUse.Meter meter = new ResourceUse.Meter(request.gramsPerKwh());
    if (!request.backend().isGpu()) {
      LearnerChoice.warmUp(request.experiment().model());
    }
    TrainingInputs inputs =
        TrainingInputs.load(request.experiment(), request.store(), monitor, monitor::onFallback);
    Backend backend = request.backend().start();
    inputs = inputs.withStartingModel();
    MemoryEstimate.checkAll(inputs, backend);
    RunFolder folder = request.folder().folder(inputs);
    TrainingSession session = new TrainingSession(inputs, backend, request.tuner());
    session.raised = request.raised();
    monitor.onStart(session, folder);
    try (MlflowRun told =
        MlflowRun.begin(
            System.getenv(),
            String.valueOf(folder.path().getFileName()),
            ExperimentFile.toSettings(session.experiment),
            monitor::onNote)) {
      TrainingControl control =
          new TrainingControl(
              TrainingListener.all(List.of(monitor, told)),
              request.checkpointSeconds(),
              monitor::stopRequested);
      RunSummary summary = session.runOnAnything(folder, control, request.tensorBoard(), meter);
      told.finish(
          Map.of("test-accuracy", summary.test().accuracy(), "test-loss", summary.test().loss()),
          summary.training().epochs().size(),
          List.of(folder.model(), folder.config(), folder.summary(), folder.metrics()));
      return summary;
    }
  }

  /** As {@link #runIn}, and says in a line what a graphics card does not do. */
  private RunSummary runOnAnything(
      RunFolder folder, TrainingControl control, boolean tensorBoard, ResourceUse.Meter meter)
      throws Mnist4jException, TrainingInterruptedException, IOException {
    try {
      return runIn(folder, control, tensorBoard, meter);
    } catch (CudaException e) {
      throw new BackendException(
          "the GPU fails: %s%s"
              .formatted(
                  e.getMessage(),
                  Files.exists(folder.checkpoint())
                      ? "; the state of the last checkpoint is kept in %s, and a training can go on"
                              .formatted(folder.path())
                          + " from it on the GPU or the CPU"
                      : ""),
          e);
    }
  }

  /**
   * Trains from the folder's checkpoint, where it has one, else from the start; tests, and writes
   * the files of the run.
   *
   * @param folder of a new run, or of one that was cut
   * @param tensorBoard whether to write event files, too
   * @throws ConfigException if the checkpoint was trained with other settings
   * @throws DivergedException if the loss becomes infinite or not a number
   * @throws TrainingInterruptedException if it was asked to stop; the checkpoint is written
   * @throws IOException if the folder cannot be written, or another process trains this run
   * @throws ModelException if the checkpoint cannot be read or is of other data
   */
  public RunSummary runIn(
      RunFolder folder, TrainingControl control, boolean tensorBoard, ResourceUse.Meter meter)
      throws ConfigException,
          DivergedException,
          TrainingInterruptedException,
          IOException,
          ModelException {
    try (RunLock lock = RunLock.take(folder)) {
      AtomicFile.deleteLeftovers(folder.path());
      folder.deleteReplaced();
      if (!Files.exists(folder.checkpoint())) {
        Checkpoint start = start(startNetwork(control.listener()));
        return runFrom(start, folder, control, tensorBoard, meter);
      }
      Checkpoint cut = Checkpoint.read(folder.checkpoint());
      cut.requireSameData(folder, images.dataset());
      TrainingSession session = goingOn(folder, cut, control.listener());
      Checkpoint start =
          new Checkpoint(
              session.trained(cut.model().network(), Map.of()), cut.state(), cut.average());
      return session.runFrom(start, folder, control, tensorBoard, meter);
    }
  }

  /** The session whose experiment says how the run was trained up to its checkpoint, too. */
  private TrainingSession goingOn(RunFolder folder, Checkpoint cut, TrainingListener listener)
      throws ConfigException, ModelException {
    Experiment begun = cut.experiment(folder.checkpoint());
    ResumePlan.requireSameSettings(folder.path(), begun, experiment, true);
    cut.requireFits(folder.checkpoint(), inputs);
    String version = Build.current().mnist4j();
    String versionBefore = cut.model().provenance().versions().get("mnist4j");
    if (!version.equals(versionBefore)) {
      listener.onNote(
          "The run was trained by mnist4j %s up to here; the steps of %s may round otherwise"
              .formatted(versionBefore, version));
    }
    TrainingSpec before = begun.training();
    TrainingSpec training = experiment.training().raisedFrom(before, cut.state(), raised);
    if (training.raised().size() > before.raised().size()) {
      listener.onNote(RaisedNote.of(folder.path(), before, training, images.train().size()));
    }
    return new TrainingSession(
        new TrainingInputs(experiment.withTraining(training), images), backend, tuner);
  }

  private RunSummary runFrom(
      Checkpoint start,
      RunFolder folder,
      TrainingControl control,
      boolean tensorBoard,
      ResourceUse.Meter meter)
      throws DivergedException, TrainingInterruptedException, IOException, ModelException {
    Files.deleteIfExists(folder.summary());
    folder.deleteReport();
    AtomicFile.write(folder.config(), ExperimentFile.toYaml(experiment));
    if (isChosenByTest()) {
      control
          .listener()
          .onNote(
              "The test images decide when to stop, so the accuracy on them will be too good;"
                  + " data.validation=0.1 leaves that to a tenth of the training images");
    }
    boolean resumed = !start.state().equals(TrainingState.START);
    PrivacyNotes.of(experiment.training(), images.train().size(), resumed)
        .forEach(control.listener()::onNote);
    TrainingTask task = task(start.model().network(), start.average());
    List<TrainingListener> listeners = new ArrayList<>();
    listeners.add(recorder(folder, start));
    listeners.add(control.listener());
    TrainingResult training;
    Optional<Predictions> ofLast = Optional.empty();
    try (TensorBoardWriter events = tensorBoard ? eventFile(folder, start.state()) : null;
        Learner learner = learner().create(task, tuner.maxThreads())) {
      if (events != null) {
        listeners.add(events);
      }
      TrainingControl all =
          new TrainingControl(
              TrainingListener.all(listeners),
              control.checkpointSeconds(),
              control.stopRequested());
      training = trainer(task, learner, all).train(start.state());
      if (experiment.training().stopping().patience() == 0) {
        ofLast = Optional.of(learner.predict(images.test()));
      }
    }
    // The best network has it already.
    if (ofLast.isPresent()) {
      start.average().ifPresent(average -> average.swap(task.network()));
    }
    Predictions predictions =
        ofLast.isPresent() ? ofLast.get() : restoreBest(folder, task.network());
    return finish(folder, task.network(), predictions, training, meter);
  }

  /** Makes the network that of the best epoch, and tests it. */
  private Predictions restoreBest(RunFolder folder, MultiLayerNetwork network)
      throws IOException, ModelException {
    TrainedModel best = ModelArchive.read(folder.best());
    if (best.network().numParams() != network.numParams()) {
      throw new ModelException(folder.best() + " holds another network than this run's");
    }
    network.setParams(best.network().params());
    return ModelPredictions.of(best, images.test(), backend, tuner.best());
  }

  /**
   * Trains from the start.
   *
   * @throws ConfigException if the model that it starts from does not fit
   * @throws ModelException if that cannot be read
   * @throws DivergedException if the loss becomes infinite or not a number
   * @throws TrainingInterruptedException if it was asked to stop
   * @throws IOException if the listener throws it
   */
  public TrainingResult train(TrainingControl control)
      throws ConfigException,
          ModelException,
          DivergedException,
          TrainingInterruptedException,
          IOException {
    return train(control, (training, learner) -> training);
  }

  /** What is wanted of a training, while its learner is open. */
  @FunctionalInterface
  private interface Outcome<T> {
    T of(TrainingResult training, Learner learner);
  }

  private <T> T train(TrainingControl control, Outcome<T> outcome)
      throws ConfigException,
          ModelException,
          DivergedException,
          TrainingInterruptedException,
          IOException {
    Checkpoint start = start(startNetwork(control.listener()));
    TrainingTask task = task(start.model().network(), start.average());
    try (Learner learner = learner().create(task, tuner.maxThreads())) {
      return outcome.of(trainer(task, learner, control).train(TrainingState.START), learner);
    }
  }

  /** The network before its first step. */
  private MultiLayerNetwork startNetwork(TrainingListener listener)
      throws ConfigException, ModelException {
    MultiLayerNetwork network = inputs.newNetwork();
    if (!experiment.training().from().isEmpty()) {
      StartingModel.read(experiment.training()).copyInto(network, inputs, listener::onNote);
    }
    return network;
  }

  /**
   * Trains from the start, and asks the network that comes of it.
   *
   * @param asked sets of at least one image each, of the size and the classes that are learned
   * @return what the network says of each set
   * @throws ConfigException if the model that it starts from does not fit
   * @throws ModelException if the model that it starts from cannot be read
   * @throws DivergedException if the loss becomes infinite or not a number
   * @throws TrainingInterruptedException if it was asked to stop
   * @throws IOException if the listener throws it
   */
  public List<Predictions> trainAndPredict(List<ImageSet> asked, TrainingControl control)
      throws ConfigException,
          ModelException,
          DivergedException,
          TrainingInterruptedException,
          IOException {
    return train(control, (training, learner) -> asked.stream().map(learner::predict).toList());
  }

  /** Before the first step. */
  private Checkpoint start(MultiLayerNetwork network) {
    double ema = experiment.training().ema();
    return new Checkpoint(
        trained(network, Map.of()),
        TrainingState.START,
        ema == 0 ? Optional.empty() : Optional.of(WeightAverage.begin(network, ema)));
  }

  /** Keeps the metrics, the best network and the checkpoint. */
  private TrainingListener recorder(RunFolder folder, Checkpoint start) {
    StoppingSpec stopping = experiment.training().stopping();
    return new TrainingListener() {
      // The checkpoint comes last: if the process dies before it is there, the epoch is done again
      // and writes the other files again, to the same content.
      @Override
      public void onCheckpoint(TrainingState state) throws IOException {
        if (state.step() == 0) {
          RunFormat.writeMetrics(folder, state.history());
          if (stopping.patience() > 0 && stopping.bestEpoch(state.history()) == state.epoch() - 1) {
            writeBest(folder, start);
          }
        }
        new Checkpoint(start.model(), state, start.average()).write(folder.checkpoint());
      }
    };
  }

  /** The network that was validated: with the average of its parameters, where there is one. */
  private static void writeBest(RunFolder folder, Checkpoint run) throws IOException {
    MultiLayerNetwork network = run.model().network();
    run.average().ifPresent(average -> average.swap(network));
    try {
      ModelArchive.write(folder.best(), run.model());
    } finally {
      run.average().ifPresent(average -> average.swap(network));
    }
  }

  private TrainedModel trained(MultiLayerNetwork network, Map<String, Double> metrics) {
    return new TrainedModel(network, inputs.provenance(backend, metrics));
  }

  private TrainingTask task(MultiLayerNetwork network, Optional<WeightAverage> average) {
    return new TrainingTask(
        network,
        experiment.model().output(),
        images.train(),
        images.classes(),
        experiment.training(),
        experiment.seed(),
        backend,
        inputs.classWeights(),
        average,
        experiment.model().layersWithoutFlattening(experiment.training().freeze()),
        inputs.groups());
  }

  private Trainer trainer(TrainingTask task, Learner learner, TrainingControl control) {
    return new Trainer(task, images.validation(), learner, tuner, control);
  }

  private boolean isChosenByTest() {
    return images.validatesOnTest() && experiment.training().stopping().usesValidation();
  }

  private static TensorBoardWriter eventFile(RunFolder folder, TrainingState start)
      throws IOException {
    long firstStep = start.history().isEmpty() ? 0 : start.epoch();
    return TensorBoardWriter.create(folder.tensorboard(), firstStep, System.currentTimeMillis());
  }

  /**
   * Writes the network that is kept and what is to be said of the run.
   *
   * @param predictions of that network for the test images
   */
  private RunSummary finish(
      RunFolder folder,
      MultiLayerNetwork network,
      Predictions predictions,
      TrainingResult training,
      ResourceUse.Meter meter)
      throws IOException {
    int savedEpoch = experiment.training().stopping().keptEpoch(training.epochs());
    Evaluation test =
        images.validatesOnTest()
            ? training.epochs().get(savedEpoch - 1).validation()
            : predictions.evaluation();
    Optional<PrivacyStatement> privacy = privacy(training.epochs().size());
    Map<String, Double> metrics = new TreeMap<>();
    metrics.put("test-accuracy", test.accuracy());
    metrics.put("test-loss", test.loss());
    privacy.ifPresent(
        statement -> {
          metrics.put("epsilon", statement.epsilon());
          metrics.put("delta", statement.delta());
        });
    TrainedModel trained = trained(network, metrics);
    ModelArchive.write(folder.model(), trained);
    ResourceUse resources = meter.read();
    RunSummary summary =
        new RunSummary(
            images.dataset().name(),
            images.train().size(),
            test,
            predictions,
            training,
            savedEpoch,
            privacy,
            isChosenByTest(),
            inputs.validatedOn(),
            experiment.seed(),
            trained,
            backend,
            tuner.best(),
            resources,
            TrainingEnergy.of(resources.energy(), training, experiment.training().epochs()),
            Instant.now().truncatedTo(ChronoUnit.SECONDS),
            folder.model());
    RunFormat.writeSummary(folder, summary);
    return summary;
  }

  /** What so many epochs tell of any one image; empty where the training is not private. */
  private Optional<PrivacyStatement> privacy(int epochs) {
    int count = images.train().size();
    long steps = (long) epochs * experiment.training().stepsPerEpoch(count);
    return experiment.training().privacyPlan(count).map(plan -> PrivacyStatement.of(plan, steps));
  }

  /** What it learns, and from what. */
  public TrainingInputs inputs() {
    return inputs;
  }

  /** Says how many threads compute. */
  public ThreadTuner tuner() {
    return tuner;
  }

  /** Which step it learns with. */
  public LearnerChoice learner() {
    if (backend.cards().isPresent()) {
      return LearnerChoice.onCard(experiment.model(), images.classes());
    }
    return backend.cuda().isPresent()
        ? LearnerChoice.onDevices(backend.devices())
        : LearnerChoice.of(experiment.model(), images.classes());
  }

  /**
   * Whether the CPU is probably quicker than the graphics card that was chosen: that waits for DL4J
   * to hand out the operations of a step, some hundred of them, for longer than the CPU takes for
   * all of a small dense network's.
   *
   * @throws ConfigException if the network does not fit the images
   */
  public boolean isQuickerOnCpu() throws ConfigException {
    double operations =
        OPERATIONS_PER_PARAMETER
            * inputs.modelSummary().parameters()
            * experiment.training().batchSize();
    boolean dense = experiment.model().layers().stream().noneMatch(LayerSpec::needsImage);
    return backend.cuda().isPresent() && dense && operations < WORTH_A_GPU;
  }
}
