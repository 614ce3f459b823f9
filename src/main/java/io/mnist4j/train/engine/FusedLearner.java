package io.mnist4j.train.engine;

import io.mnist4j.data.ImageSet;
import io.mnist4j.eval.Predictions;
import io.mnist4j.train.BatchOrder;
import io.mnist4j.train.EpochOrder;
import io.mnist4j.train.Learner;
import io.mnist4j.train.Mixup;
import io.mnist4j.train.TrainingGroups;
import io.mnist4j.train.TrainingSpec;
import io.mnist4j.train.TrainingTask;
import io.mnist4j.train.engine.stage.ActivationBuffer;
import io.mnist4j.train.engine.stage.FlatArrays;
import io.mnist4j.train.engine.stage.GradientTerm;
import io.mnist4j.train.engine.stage.InputBatch;
import io.mnist4j.train.engine.stage.NetworkFront;
import io.mnist4j.train.engine.stage.ParameterUpdate;
import io.mnist4j.train.engine.stage.Scratch;
import io.mnist4j.train.engine.stage.Stage;
import io.mnist4j.train.engine.stage.StageContext;
import io.mnist4j.train.engine.stage.Trainable;
import io.mnist4j.train.engine.stage.WorkerPool;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The steps of a network, without what DL4J does beside the arithmetic: no product twice, no
 * derivative by the pixels, no memory taken, a handful of native calls.
 *
 * <p>It works on the network's own arrays, or on a copy, which {@link #syncParameters} brings back.
 */
public final class FusedLearner implements Learner {
  /** Images that are evaluated at once, even where fewer are learned from at once. */
  private static final int SMALLEST_ROOM = 128;

  private final MultiLayerNetwork network;
  private final int classes;
  private final ImageSet images;
  private final FlatArrays arrays;
  private final BatchOrder batchOrder;
  private final int batchSize;
  private final int room;
  private final WorkerPool workers;
  private final Scratch[] scratch;
  private final ParameterUpdate update;
  private final double largestNorm;

  /** From the first, which is the front, to the last, which gives the sums of the outputs. */
  private final List<Stage> stages;

  /** What learns in them. */
  private final List<Trainable> trainables = new ArrayList<>();

  /** Null where images stay by themselves. */
  private final Mixup mixup;

  /** Null where all groups count the same. */
  private final TrainingGroups groups;

  /** Null where the training is not private. */
  private final PrivateStep privacy;

  private final NetworkFront front;
  private final OutputLayer output;

  /** Null where there is none. */
  private final FusedAverage average;

  private long seed;

  /** Which of the images it learns from; null for all. */
  private int[] chosen;

  private int[] order;
  private int epoch;

  /**
   * @param plan of the network's layers
   * @param threads the most that will ever compute
   */
  public FusedLearner(TrainingTask task, NetworkPlan plan, int threads) {
    TrainingSpec spec = task.training();
    network = task.network();
    images = task.images();
    batchOrder = BatchOrder.of(task);
    groups = task.groups().filter(TrainingGroups::hasWeights).orElse(null);
    classes = task.classes();
    batchSize = Math.min(spec.batchSize(), images.size());
    room = imagesAtOnce(spec, images.size());
    order = new int[images.size()];
    workers = new WorkerPool(threads);
    scratch = new Scratch[threads];
    Arrays.setAll(scratch, i -> new Scratch(room, images.pixelsPerImage()));
    update = new ParameterUpdate(spec);
    largestNorm = spec.clipping().norm();
    arrays = new FlatArrays(network);
    StageContext context =
        new StageContext(arrays, spec.largestBatch(images.size()), room, update.states());
    mixup = Mixup.of(task, batchSize);
    stages = new StageBuilder(task, plan, context, mixup).build();
    stages.stream()
        .filter(stage -> !stage.isFrozen())
        .forEach(stage -> trainables.addAll(stage.trainables()));
    privacy = PrivateStep.of(task, trainables, threads);
    front = (NetworkFront) stages.get(0);
    average = task.average().map(a -> new FusedAverage(a, arrays, front)).orElse(null);
    output = new OutputLayer(plan.output(), classes, task.classWeights(), room);
  }

  /**
   * How many images its buffers are made for.
   *
   * @param images to learn from
   */
  public static int imagesAtOnce(TrainingSpec spec, int images) {
    return Math.max(SMALLEST_ROOM, spec.largestBatch(images));
  }

  @Override
  public void shuffle(int ofEpoch) {
    epoch = ofEpoch;
    if (privacy != null) {
      return;
    }
    if (chosen == null) {
      batchOrder.fill(order, ofEpoch);
      return;
    }
    EpochOrder.shuffle(order, seed, ofEpoch);
    for (int i = 0; i < order.length; i++) {
      order[i] = chosen[order[i]];
    }
  }

  /**
   * Begins another training with the same network and settings: as a new learner would, but that it
   * takes some microseconds. Its networks must have no running average.
   *
   * @param parameters all that the network has, in its order; not changed as long as it learns
   * @param someImages indices of those that it learns from, at least one; not copied
   * @param newSeed of their order
   * @param term what is added to the gradients; null for nothing
   */
  public void restart(float[] parameters, int[] someImages, long newSeed, GradientTerm term) {
    seed = newSeed;
    chosen = someImages;
    order = new int[someImages.length];
    FloatBuffer states = arrays.stateBuffer;
    for (int i = 0; i < states.capacity(); i++) {
      states.put(i, 0);
    }
    network.getLayerWiseConfigurations().setIterationCount(0);
    setParameters(parameters);
    update.setTerm(term, parameters);
    stages.forEach(stage -> stage.setTerm(term));
  }

  /**
   * Gives the network other parameters; what else belongs to the training stays.
   *
   * @param parameters all that the network has, in its order
   */
  public void setParameters(float[] parameters) {
    arrays.parameterBuffer.put(0, parameters);
    stages.forEach(Stage::loadParameters);
  }

  /**
   * The network's parameters as they are now.
   *
   * @param parameters gets them, in the network's order
   */
  public void getParameters(float[] parameters) {
    stages.forEach(Stage::syncParameters);
    arrays.parameterBuffer.get(0, parameters);
  }

  @Override
  public StepResult trainBatch(int batch, double rate, long stepSeed) {
    int step = network.getIterationCount() + 1;
    InputBatch input = privacy == null ? inOrder(batch) : privacy.draw(step, epoch);
    int size = input.size();
    Nd4j.getRandom().setSeed(stepSeed);
    for (Stage stage : stages) {
      if (!stage.isFrozen()) {
        stage.draw(size);
      }
    }
    if (mixup != null) {
      mixup.draw(epoch, batch, size);
    }
    front.load(workers, scratch, input);
    forward(size, true);
    StepResult result =
        output.differentiate(
            workers,
            sums(),
            size,
            image -> images.label(input.order()[input.first() + image]),
            groups == null ? null : image -> groups.weight(input.order()[input.first() + image]),
            mixup);
    backward(size);
    update.begin(rate, step);
    if (privacy == null) {
      updateParameters(size);
    } else {
      privacy.clip(workers, scratch, size);
      updatePrivately(size, step);
    }
    if (average != null) {
      average.add(workers, scratch, step);
    }
    network.getLayerWiseConfigurations().setIterationCount(step);
    return privacy != null && privacy.drawn() == 0 ? new StepResult(0, 0, 0) : result;
  }

  private InputBatch inOrder(int batch) {
    int first = batch * batchSize;
    return new InputBatch(order, first, Math.min(batchSize, order.length - first), epoch);
  }

  private ActivationBuffer sums() {
    return stages.get(stages.size() - 1).out;
  }

  private void forward(int size, boolean training) {
    for (Stage stage : stages) {
      stage.forward(workers, scratch, size, training && !stage.isFrozen());
    }
    output.read(sums(), size);
  }

  private void backward(int size) {
    for (int s = stages.size() - 1; s >= 0; s--) {
      if (stages.get(s).needsDeltas()) {
        stages.get(s).backward(workers, scratch, size);
      }
    }
  }

  private void updateParameters(int size) {
    if (largestNorm == 0) {
      forEachPart(
          (trainable, part, number, worker) ->
              trainable.learn(part, scratch[worker], size, update));
      return;
    }
    forEachPart(
        (trainable, part, number, worker) -> trainable.learn(part, scratch[worker], size, null));
    double squares = 0;
    for (Trainable trainable : trainables) {
      for (int part = 0; part < trainable.parts(); part++) {
        squares += trainable.squaredNorm(part, scratch[0]);
      }
    }
    double norm = Math.sqrt(squares);
    if (norm > largestNorm) {
      update.scale(largestNorm / norm);
    }
    forEachPart(
        (trainable, part, number, worker) ->
            trainable.applyGradient(part, scratch[worker], update));
  }

  private void updatePrivately(int size, int step) {
    forEachPart(
        (trainable, part, number, worker) ->
            trainable.learn(
                part, scratch[worker], size, privacy.update(update, step, number, worker)));
  }

  @FunctionalInterface
  private interface PartWork {
    /**
     * Does one part.
     *
     * @param part of the parameters of what learns
     * @param number of the part among all
     * @param worker that does it
     */
    void run(Trainable trainable, int part, int number, int worker);
  }

  /** Runs the parts of all that learns as one job. */
  private void forEachPart(PartWork work) {
    int all = 0;
    for (Trainable trainable : trainables) {
      all += trainable.parts();
    }
    workers.run(
        all,
        (part, worker) -> {
          int left = part;
          for (Trainable trainable : trainables) {
            if (left < trainable.parts()) {
              work.run(trainable, left, part, worker);
              return;
            }
            left -= trainable.parts();
          }
        });
  }

  @Override
  public Predictions predict(ImageSet others) {
    if (average == null) {
      return predictions(others);
    }
    average.swap();
    try {
      return predictions(others);
    } finally {
      average.swap();
    }
  }

  private Predictions predictions(ImageSet others) {
    float[] outputs = new float[others.size() * classes];
    for (int first = 0; first < others.size(); first += room) {
      int size = Math.min(room, others.size() - first);
      front.load(workers, scratch, others, first, size);
      forward(size, false);
      for (int i = 0; i < size; i++) {
        System.arraycopy(output.outputs(i, size), 0, outputs, (first + i) * classes, classes);
      }
    }
    return Predictions.of(network, others, outputs);
  }

  @Override
  public void syncParameters() {
    stages.forEach(Stage::syncParameters);
    if (average != null) {
      average.sync();
    }
  }

  @Override
  public void setThreads(int threads) {
    workers.resize(threads);
  }

  @Override
  public void close() {
    workers.close();
    stages.forEach(Stage::close);
  }
}
