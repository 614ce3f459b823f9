package io.mnist4j.train.learner;

import io.mnist4j.train.TrainingSpec;
import io.mnist4j.train.TrainingTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.deeplearning4j.parallelism.factory.DefaultTrainerContext;
import org.deeplearning4j.parallelism.trainer.DefaultTrainer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Steps of several devices at once, by DL4J's {@link ParallelWrapper}: each learns from its part of
 * the batch with a network of its own, and after each step all take the mean of their parameters
 * and of their updaters' states.
 */
public final class ParallelLearner extends Dl4jLearner {
  private final TrainingSpec spec;
  private final int devices;
  private final int frozenLayers;
  private final ParallelWrapper wrapper;
  private final BatchFeed feed = new BatchFeed();
  private final DoubleAdder losses = new DoubleAdder();
  private final LongAdder correct = new LongAdder();
  private final CountDownLatch ready;
  private volatile double rate;

  /** Of the images of each part of the batch by their groups; empty where all are 1. */
  private final Map<Object, double[]> imageWeights =
      Collections.synchronizedMap(new IdentityHashMap<>());

  /**
   * @param devices that share each batch, at least 2
   */
  public ParallelLearner(TrainingTask task, int devices) {
    super(task);
    this.spec = task.training();
    this.devices = devices;
    frozenLayers = task.frozenLayers();
    ready = new CountDownLatch(devices);
    wrapper =
        new ParallelWrapper.Builder<>(network)
            .workers(devices)
            .prefetchBuffer(0)
            .averagingFrequency(1)
            .workspaceMode(WorkspaceMode.ENABLED)
            .build();
    wrapper.setTrainerContext(new Workers());
    Thread fitting = new Thread(this::fit, "parallel training");
    fitting.setDaemon(true);
    fitting.start();
    awaitReplicas();
  }

  /**
   * Until all devices have the network. One that is given images before forgets that it has work to
   * do: it would copy a network that has learned already, and be averaged while it learns.
   */
  private void awaitReplicas() {
    try {
      if (!ready.await(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("the devices did not begin to train within a minute");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the devices began to train", e);
    }
  }

  /** One fit for the whole training: each would copy the network anew. */
  private void fit() {
    try {
      wrapper.fit(new ExistingDataSetIterator(feed));
      feed.end(null);
    } catch (Throwable e) {
      feed.end(e);
    }
  }

  @Override
  public StepResult trainBatch(int batch, double newRate, long seed) {
    rate = newRate;
    losses.reset();
    correct.reset();
    Nd4j.getRandom().setSeed(seed);
    Batches.Batch next = batches.get(batch);
    List<DataSet> parts = new ArrayList<>();
    for (int device = 0; device < devices; device++) {
      int first = (int) ((long) device * next.size() / devices);
      int last = (int) ((device + 1L) * next.size() / devices);
      // Fewer images than devices: some learn from the same.
      last = Math.max(last, first + 1);
      DataSet part =
          new DataSet(rows(next.features(), first, last), rows(next.labels(), first, last));
      if (next.weights().length > 0) {
        imageWeights.put(part, Arrays.copyOfRange(next.weights(), first, last));
      }
      parts.add(part);
    }
    feed.run(parts);
    imageWeights.clear();
    addToAverage();
    return new StepResult(
        losses.sum() / devices, Math.min(next.size(), correct.intValue()), next.size());
  }

  private static INDArray rows(INDArray array, int first, int last) {
    return array.get(NDArrayIndex.interval(first, last), NDArrayIndex.all()).dup();
  }

  @Override
  public void close() {
    feed.close();
    super.close();
  }

  private final class Workers extends DefaultTrainerContext {
    @Override
    public org.deeplearning4j.parallelism.trainer.Trainer create(
        String uuid,
        int threadId,
        Model model,
        int rootDevice,
        boolean useMds,
        ParallelWrapper owner,
        WorkspaceMode mode,
        int averagingFrequency) {
      return new Replica(threadId, model, owner, mode, averagingFrequency);
    }
  }

  /**
   * Has the optimiser of its network put right as everywhere else, and its rate set for each step.
   */
  private final class Replica extends DefaultTrainer {
    private Optimizer optimizer;

    private Replica(
        int threadId, Model model, ParallelWrapper owner, WorkspaceMode mode, int frequency) {
      this.threadId = threadId;
      originalModel = model;
      replicatedModel = model;
      parallelWrapper = owner;
      workspaceMode = mode;
      averagingFrequency = frequency;
      setName("trainer of device " + threadId);
      setDaemon(true);
      // Fed before it runs, it would make these anew.
      setupIfNeccessary();
    }

    @Override
    protected void postInit() {
      super.postInit();
      MultiLayerNetwork replica = (MultiLayerNetwork) replicatedModel;
      optimizer = Optimizer.attach(replica, spec, frozenLayers);
      new LayerFreeze(replica, frozenLayers);
      ready.countDown();
    }

    @Override
    protected void fit(org.nd4j.linalg.dataset.api.DataSet part) {
      optimizer.setLearningRate(rate);
      double[] ofImages = imageWeights.getOrDefault(part, new double[0]);
      weights.apply((MultiLayerNetwork) replicatedModel, ofImages, () -> super.fit(part));
      StepResult result = optimizer.result(part.numExamples());
      losses.add(result.loss());
      correct.add(result.correct());
    }
  }
}
