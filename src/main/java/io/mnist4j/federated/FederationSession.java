package io.mnist4j.federated;

import io.mnist4j.backend.Backend;
import io.mnist4j.cluster.Cluster;
import io.mnist4j.data.DataSplit;
import io.mnist4j.data.Dataset;
import io.mnist4j.data.Part;
import io.mnist4j.data.store.GroupTables;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.DivergedException;
import io.mnist4j.errors.Mnist4jException;
import io.mnist4j.errors.ModelException;
import io.mnist4j.errors.WorkersException;
import io.mnist4j.eval.Evaluation;
import io.mnist4j.federated.RoundAggregate.Participants;
import io.mnist4j.files.AtomicFile;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.model.archive.ModelArchive;
import io.mnist4j.model.layers.Batchnorm;
import io.mnist4j.run.MemoryEstimate;
import io.mnist4j.run.ResourceUse;
import io.mnist4j.run.RunLock;
import io.mnist4j.run.TrainingInputs;
import io.mnist4j.train.engine.LearnerChoice;
import io.mnist4j.train.privacy.RenyiAccountant;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.MultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.factory.Nd4j;

/** A federation, carried out: its rounds, and the files of its folder. */
public final class FederationSession {
  private static final String FEDERATION_ENTRY = "federation.yaml";

  /** Between two writes of rounds.csv. */
  private static final double ROUNDS_SECONDS = 1;

  private final Federation federation;
  private final TrainingInputs inputs;
  private final DataSplit images;
  private final Backend backend;
  private final FederationFolder folder;
  private final int[][] clients;
  private final MultiLayerNetwork network;
  private final boolean[] statistics;

  /** Null without privacy. */
  private final RenyiAccountant accountant;

  private FederationSession(
      Federation federation,
      TrainingInputs inputs,
      Backend backend,
      FederationFolder folder,
      int[][] clients) {
    this.federation = federation;
    this.inputs = inputs;
    this.backend = backend;
    this.folder = folder;
    this.clients = clients;
    images = inputs.images();
    network = inputs.newNetwork();
    statistics = statistics(network);
    accountant =
        federation.privacy().isOn()
            ? new RenyiAccountant(federation.fraction(), federation.privacy().noiseMultiplier())
            : null;
  }

  /** Which parameters are running statistics of batch normalisation, which no gradient changes. */
  private static boolean[] statistics(MultiLayerNetwork network) {
    boolean[] statistics = new boolean[Math.toIntExact(network.numParams())];
    for (UpdaterBlock block : ((MultiLayerUpdater) network.getUpdater()).getUpdaterBlocks()) {
      if (!block.getGradientUpdater().getConfig().hasLearningRate()) {
        Arrays.fill(statistics, block.getParamOffsetStart(), block.getParamOffsetEnd(), true);
      }
    }
    return statistics;
  }

  /**
   * Loads the data, deals it out, runs the rounds that are left, and writes configuration, rounds,
   * checkpoints, model and summary. The same settings and data give the same network, however many
   * threads there are and however often it was cut.
   *
   * @return empty if it was asked to stop; the checkpoint is written
   * @throws ConfigException if the settings do not fit the data or the memory
   * @throws DataException if the data set cannot be had
   * @throws DivergedException if a loss becomes infinite or not a number
   * @throws ModelException if the checkpoint cannot be read or is of other data
   * @throws WorkersException if the cluster cannot be reached, or its workers are lost
   * @throws IOException if the folder cannot be written, or another process works in it
   */
  public static Optional<FederationSummary> run(
      FederationRequest request, FederationMonitor monitor) throws Mnist4jException, IOException {
    ResourceUse.Meter meter = new ResourceUse.Meter();
    LearnerChoice.warmUp(request.federation().model());
    TrainingInputs inputs =
        TrainingInputs.load(
            request.federation().experiment(), request.store(), monitor, monitor::onFallback);
    Federation named = request.federation().withData(inputs.experiment().data());
    inputs.modelSummary();
    int[][] clients =
        withoutSingles(
            named,
            named
                .clients()
                .deal(
                    inputs.images(),
                    asked -> GroupTables.load(asked, Part.TRAIN, request.store(), monitor),
                    named.seed()));
    Backend backend = request.backend().start();
    MemoryEstimate.checkAll(inputs, backend);
    ControlMemory.check(named, inputs, clients.length);
    Dataset dataset = inputs.images().dataset();
    try (ClientTrainer cluster = cluster(request, named, dataset)) {
      FederationFolder folder = request.folder().folder(named, dataset.name());
      FederationSession session = new FederationSession(named, inputs, backend, folder, clients);
      try (RunLock lock = RunLock.take(folder.run())) {
        return session.run(request, cluster, monitor, meter);
      }
    }
  }

  /** Null where the clients train in this process. */
  private static ClientTrainer cluster(
      FederationRequest request, Federation federation, Dataset dataset) throws WorkersException {
    return request.cluster().isEmpty()
        ? null
        : Cluster.connector(ClientConnector.class)
            .connect(request.cluster().get(), federation, dataset);
  }

  /** Leaves out an image that would be a batch by itself, which batch normalisation cannot take. */
  private static int[][] withoutSingles(Federation federation, int[][] clients)
      throws ConfigException {
    if (federation.model().layers().stream().noneMatch(Batchnorm.class::isInstance)) {
      return clients;
    }
    for (int c = 0; c < clients.length; c++) {
      int count = clients[c].length;
      if (count == 1) {
        throw new ConfigException(
            "clients: number %d has one image, which batchnorm cannot learn from".formatted(c));
      }
      if (count % federation.local().batchSize() == 1) {
        clients[c] = Arrays.copyOf(clients[c], count - 1);
      }
    }
    return clients;
  }

  private Optional<FederationSummary> run(
      FederationRequest request,
      ClientTrainer cluster,
      FederationMonitor monitor,
      ResourceUse.Meter meter)
      throws DivergedException, ModelException, WorkersException, IOException {
    AtomicFile.deleteLeftovers(folder.path());
    FederationCheckpoint state = start();
    Files.deleteIfExists(folder.run().summary());
    folder.run().deleteReport();
    AtomicFile.write(folder.run().config(), FederationFile.toYaml(federation));
    int perRound = Participants.perRound(federation, clients.length);
    try (ClientPool pool = pool(Math.min(request.threads(), perRound))) {
      ClientTrainer trainer = cluster == null ? pool : cluster;
      int atOnce = Math.min(trainer.atOnce(), perRound);
      monitor.onStart(
          new FederationStart(
              federation,
              folder,
              images,
              clients,
              perRound,
              statistics.length,
              state.history().size(),
              atOnce));
      long lastRounds = System.nanoTime();
      long lastCheckpoint = lastRounds;
      while (!isDone(state.history())) {
        state = round(state, trainer, pool);
        monitor.onRound(last(state.history()));
        boolean stop = monitor.stopRequested() && !isDone(state.history());
        long now = System.nanoTime();
        if (stop || (now - lastCheckpoint) / 1e9 >= request.checkpointSeconds()) {
          lastCheckpoint = now;
          save(state);
        } else if ((now - lastRounds) / 1e9 >= ROUNDS_SECONDS) {
          folder.writeRounds(state.history());
        } else {
          continue;
        }
        lastRounds = now;
        if (stop) {
          return Optional.empty();
        }
      }
      save(state);
      return Optional.of(finish(state, pool, meter, atOnce));
    }
  }

  private FederationCheckpoint start() throws ModelException {
    if (Files.exists(folder.run().checkpoint())) {
      return FederationCheckpoint.read(
          folder.run().checkpoint(), federation, statistics.length, images.dataset());
    }
    float[] parameters = network.params().reshape(statistics.length).toFloatVector();
    return new FederationCheckpoint(
        ServerState.first(parameters, federation.strategy()), List.of());
  }

  private ClientPool pool(int threads) {
    return new ClientPool(
        threads, () -> new ClientLearner(federation, inputs, backend), () -> backend.setThreads(1));
  }

  private boolean isDone(List<RoundMetrics> history) {
    return history.size() >= federation.rounds()
        || (!history.isEmpty() && reachesTarget(last(history)));
  }

  private boolean reachesTarget(RoundMetrics round) {
    return federation.targetAccuracy() > 0 && round.accuracy() >= federation.targetAccuracy();
  }

  private static RoundMetrics last(List<RoundMetrics> history) {
    return history.get(history.size() - 1);
  }

  private FederationCheckpoint round(
      FederationCheckpoint before, ClientTrainer trainer, ClientPool pool)
      throws DivergedException, WorkersException {
    long begin = System.nanoTime();
    int round = before.history().size() + 1;
    ServerState server = before.server();
    Participants participants = Participants.draw(federation, clients.length, round);
    List<ClientTask> tasks = new ArrayList<>();
    for (int client : participants.answering()) {
      tasks.add(
          new ClientTask(
              client,
              clients[client],
              round,
              server.parameters(),
              server.control(),
              server.controls().get(client)));
    }
    RoundAggregate aggregate = new RoundAggregate(server, federation);
    trainer.train(tasks, aggregate::add);
    ServerState after = aggregate.finish(statistics, clients.length, round);
    requireFinite(after.parameters(), round);
    Evaluation evaluation = pool.evaluate(after.parameters(), images.validation());
    long bytes =
        (long) Float.BYTES * statistics.length * (federation.strategy().usesControls() ? 2 : 1);
    RoundMetrics metrics =
        new RoundMetrics(
            round,
            evaluation.accuracy(),
            evaluation.loss(),
            aggregate.loss(),
            participants.chosen().size(),
            aggregate.answered(),
            bytes * participants.chosen().size(),
            bytes * aggregate.answered(),
            epsilon(round),
            (System.nanoTime() - begin) / 1e9);
    List<RoundMetrics> history = new ArrayList<>(before.history());
    history.add(metrics);
    return new FederationCheckpoint(after, history);
  }

  /** Null without privacy. */
  private Double epsilon(int round) {
    return accountant == null
        ? null
        : (Double) accountant.loss(round, federation.privacy().delta()).epsilon();
  }

  /** A checkpoint with parameters that are not numbers must not replace a good one. */
  private static void requireFinite(float[] parameters, int round) throws DivergedException {
    double sum = 0;
    for (float parameter : parameters) {
      sum += parameter;
    }
    if (!Double.isFinite(sum)) {
      throw new DivergedException(round, round);
    }
  }

  private TrainedModel model(ServerState server, Map<String, Double> metrics) {
    network
        .params()
        .assign(Nd4j.createFromArray(server.parameters()).reshape(1, statistics.length));
    return new TrainedModel(network, inputs.provenance(backend, metrics));
  }

  private void save(FederationCheckpoint state) throws IOException {
    folder.writeRounds(state.history());
    state.write(folder.run().checkpoint(), model(state.server(), Map.of()));
  }

  private FederationSummary finish(
      FederationCheckpoint state, ClientPool pool, ResourceUse.Meter meter, int atOnce)
      throws IOException {
    Evaluation test = pool.evaluate(state.server().parameters(), images.test());
    TrainedModel model =
        model(state.server(), Map.of("test-accuracy", test.accuracy(), "test-loss", test.loss()));
    ModelArchive.write(
        folder.run().model(), model, Map.of(FEDERATION_ENTRY, FederationFile.toYaml(federation)));
    List<RoundMetrics> rounds = state.history();
    Optional<RoundMetrics> reached = rounds.stream().filter(this::reachesTarget).findFirst();
    ResourceUse use = meter.read();
    OptionalLong peak = use.peakMemoryBytes();
    boolean hasTarget = federation.targetAccuracy() > 0;
    FederationSummary summary =
        new FederationSummary(
            images.dataset().name(),
            test.images(),
            test.accuracy(),
            test.loss(),
            federation.strategy().key(),
            clients.length,
            rounds.size(),
            reached.isPresent() ? "target-reached" : "completed",
            hasTarget ? (Double) federation.targetAccuracy() : null,
            reached.map(RoundMetrics::round).orElse(null),
            rounds.stream().mapToDouble(RoundMetrics::accuracy).max().orElse(0),
            rounds.stream().mapToLong(RoundMetrics::bytesDown).sum(),
            rounds.stream().mapToLong(RoundMetrics::bytesUp).sum(),
            rounds.stream().mapToDouble(RoundMetrics::seconds).sum(),
            (hasTarget && images.validatesOnTest()) ? true : null,
            last(rounds).epsilon(),
            accountant == null ? null : (Double) federation.privacy().delta(),
            use.wallSeconds(),
            use.cpuSeconds(),
            peak.isPresent() ? (Long) peak.getAsLong() : null,
            atOnce,
            federation.seed(),
            statistics.length,
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
            folder.run().model().toString());
    AtomicFile.write(folder.run().summary(), summary.toJson());
    return summary;
  }
}
