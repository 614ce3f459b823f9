package io.mnist4j.train.engine.cuda;

import com.sun.jna.Pointer;
import io.mnist4j.backend.driver.CudaContext;
import io.mnist4j.backend.driver.KernelArgument;
import io.mnist4j.data.ImageSet;
import io.mnist4j.data.augment.Augmenter;
import io.mnist4j.eval.Predictions;
import io.mnist4j.model.layers.Activation;
import io.mnist4j.model.layers.LayerSpec;
import io.mnist4j.model.layers.Loss;
import io.mnist4j.model.layers.OutputSpec;
import io.mnist4j.model.layers.Shape;
import io.mnist4j.train.BatchOrder;
import io.mnist4j.train.Learner;
import io.mnist4j.train.Mixup;
import io.mnist4j.train.TrainingGroups;
import io.mnist4j.train.TrainingSpec;
import io.mnist4j.train.TrainingTask;
import io.mnist4j.train.WeightAverage;
import io.mnist4j.train.engine.stage.DropoutMask;
import io.mnist4j.train.engine.stage.FlatArrays;
import io.mnist4j.train.optimizer.OptimizerSpec;
import io.mnist4j.train.optimizer.UpdateRule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The steps of a network on a graphics card. Parameters, updater state and images stay there; a
 * step is one graph of kernels; the losses are read after {@link #stepsAtOnce} of them.
 */
public final class CudaLearner implements Learner {
  private static final String KERNELS = "step.ptx";

  /** Images that are evaluated at once, even where fewer are learned from at once. */
  private static final int SMALLEST_ROOM = 256;

  /** The most pixels that are bent and copied to the card at once. */
  private static final int BENT_PIXELS = 1 << 22;

  private final CudaContext context;
  private final CudaMemory memory;
  private final CudaNetwork layers;
  private final MultiLayerNetwork network;
  private final OutputSpec outputSpec;
  private final FlatArrays arrays;
  private final TrainingSpec spec;
  private final UpdateRule rule;
  private final ImageSet images;
  private final BatchOrder batchOrder;
  private final int classes;
  private final int batchSize;
  private final int room;
  private final int[] order;
  private int epoch;

  /** Null where images stay by themselves. */
  private final Mixup mixup;

  /** Null where images stay as they are. */
  private final Augmenter augmenter;

  private final float[] augmented;

  /** Null where there is none. */
  private final WeightAverage average;

  private final BiConsumer<float[], Integer> activate;
  private final long averageArray;
  private final long spareArray;
  private final long imageArray;
  private final long batchArray;
  private final long orderArray;
  private final long partnerArray;
  private final long labelArray;
  private final long lossArray;
  private final long rightArray;
  private final long scratchArray;
  private final long classWeights;
  private final long imageWeights;
  private final long kindArray;
  private final long normArray;
  private final long evaluatedArray;
  private final long countArray;

  /** By the images of the batch: of whole ones, and of the last of an epoch. */
  private final Map<Integer, Pointer> graphs = new HashMap<>();

  /**
   * @param specs all layers without flattening; last, the sums of the output layer
   * @param flat how many of them take an image
   * @param activate replaces the sums of the output layer, {@code [images, classes]}, by the
   *     outputs of so many images
   * @param context of the card that computes; closed with this
   */
  public CudaLearner(
      TrainingTask task,
      List<LayerSpec> specs,
      int flat,
      BiConsumer<float[], Integer> activate,
      CudaContext context) {
    this.context = context;
    this.activate = activate;
    spec = task.training();
    network = task.network();
    outputSpec = task.output();
    images = task.images();
    classes = task.classes();
    batchOrder = BatchOrder.of(task);
    batchSize = Math.min(spec.batchSize(), images.size());
    room = Math.max(SMALLEST_ROOM, batchSize);
    order = new int[images.size()];
    arrays = new FlatArrays(network);
    rule = new UpdateRule(spec.optimizer());
    mixup = Mixup.of(task, batchSize);
    average = task.average().orElse(null);
    augmenter =
        spec.augmentation().isOff()
            ? null
            : new Augmenter(images, spec.augmentation(), task.seed());
    context.enter();
    memory = new CudaMemory(context, Math.toIntExact(network.numParams()), rule.states());
    memory.load(arrays);
    Shape.Image input = new Shape.Image(images.height(), images.width(), 1);
    layers =
        new CudaNetwork(
            memory,
            specs,
            input,
            flat,
            task.frozenLayers(),
            new CudaLayer.CudaPlace(0, room, batchSize));
    long bytesOfParameters = (long) Float.BYTES * memory.parameters();
    averageArray = average == null ? 0 : context.allocate(bytesOfParameters);
    spareArray = average == null ? 0 : context.allocate(bytesOfParameters);
    if (average != null) {
      memory.load(averageArray, average.buffer());
    }
    int pixels = images.pixelsPerImage();
    imageArray = bytes(images.pixels());
    augmented = new float[augmenter == null ? 0 : stepsAtOnce() * batchSize * pixels];
    batchArray = augmenter == null ? 0 : memory.floats(augmented);
    orderArray = memory.ints(order);
    partnerArray = mixup == null ? 0 : memory.ints(new int[CudaMemory.CHUNK * batchSize]);
    labelArray = memory.ints(IntStream.range(0, images.size()).map(images::label).toArray());
    lossArray = memory.floats(new float[CudaMemory.CHUNK * batchSize]);
    rightArray = memory.ints(new int[CudaMemory.CHUNK * batchSize]);
    scratchArray = memory.floats(new float[batchSize * classes]);
    classWeights = task.classWeights().isEmpty() ? 0 : memory.floats(floats(task.classWeights()));
    imageWeights =
        task.groups()
            .filter(TrainingGroups::hasWeights)
            .map(groups -> memory.floats(weights(groups)))
            .orElse(0L);
    kindArray = bytes(layers.kinds());
    normArray = spec.clipping().norm() == 0 ? 0 : memory.floats(new float[128]);
    evaluatedArray = context.allocate((long) room * pixels);
    countArray = memory.ints(IntStream.range(0, room).toArray());
  }

  /** The kernels, as PTX. */
  public static String kernels() {
    try (InputStream in = CudaLearner.class.getResourceAsStream(KERNELS)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long bytes(byte[] from) {
    long address = context.allocate(from.length);
    context.upload(address, from, 0, from.length);
    return address;
  }

  private float[] weights(TrainingGroups groups) {
    float[] weights = new float[images.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) groups.weight(i);
    }
    return weights;
  }

  private static float[] floats(List<Double> numbers) {
    float[] floats = new float[numbers.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = numbers.get(i).floatValue();
    }
    return floats;
  }

  @Override
  public void shuffle(int ofEpoch) {
    epoch = ofEpoch;
    batchOrder.fill(order, ofEpoch);
    context.enter();
    context.upload(orderArray, order, order.length);
  }

  @Override
  public int stepsAtOnce() {
    int pixels = batchSize * images.pixelsPerImage();
    return augmenter == null
        ? CudaMemory.CHUNK
        : Math.max(1, Math.min(CudaMemory.CHUNK, BENT_PIXELS / pixels));
  }

  @Override
  public StepResult trainBatch(int batch, double rate, long stepSeed) {
    return trainBatches(batch, new double[] {rate}, new long[] {stepSeed}).get(0);
  }

  @Override
  public List<StepResult> trainBatches(int first, double[] rates, long[] seeds) {
    context.enter();
    int steps = rates.length;
    int done = network.getIterationCount();
    float[] values = new float[steps * CudaMemory.STEP_VALUES];
    int[] draws = new int[2 * layers.masks().size() * steps];
    int[] partners = new int[mixup == null ? 0 : steps * batchSize];
    for (int step = 0; step < steps; step++) {
      int size = size(first + step);
      draw(seeds[step], size, draws, 2 * layers.masks().size() * step);
      if (mixup != null) {
        mixup.draw(epoch, first + step, size);
        for (int i = 0; i < size; i++) {
          partners[step * batchSize + i] = mixup.partner(i);
        }
      }
      rule.begin(rates[step], done + step + 1);
      CudaMemory.putStep(
          values,
          step,
          rule.factors(),
          rates[step] * spec.regularization().weightDecay(),
          average == null ? 0 : average.shareOfNew(done + step + 1),
          mixup == null ? 1 : mixup.share());
    }
    context.upload(memory.steps(), values, values.length);
    context.upload(layers.draws(), draws, draws.length);
    if (mixup != null) {
      context.upload(partnerArray, partners, partners.length);
    }
    augment(first, steps);
    context.upload(memory.control(), new int[] {0, first * batchSize}, 2);
    for (int step = 0; step < steps; step++) {
      context.launch(graphs.computeIfAbsent(size(first + step), this::graph));
    }
    context.synchronize();
    network.getLayerWiseConfigurations().setIterationCount(done + steps);
    return results(first, steps);
  }

  private int size(int batch) {
    return Math.min(batchSize, order.length - batch * batchSize);
  }

  private void draw(long seed, int size, int[] draws, int from) {
    Nd4j.getRandom().setSeed(seed);
    int place = from;
    for (DropoutMask mask : layers.masks()) {
      mask.draw(size);
      System.arraycopy(mask.state(), 0, draws, place, 2);
      place += 2;
    }
  }

  /** Bends the images of some steps, on all cores. */
  private void augment(int first, int steps) {
    if (augmenter == null) {
      return;
    }
    int pixels = images.pixelsPerImage();
    int count = Math.min(steps * batchSize, order.length - first * batchSize);
    IntStream.range(0, count)
        .parallel()
        .forEach(
            i -> augmenter.augment(order[first * batchSize + i], epoch, augmented, i * pixels));
    context.upload(batchArray, augmented, count * pixels);
  }

  private List<StepResult> results(int first, int steps) {
    float[] losses = new float[steps * batchSize];
    int[] right = new int[steps * batchSize];
    context.download(lossArray, losses, losses.length);
    context.download(rightArray, right, right.length);
    List<StepResult> results = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      int size = size(first + step);
      double loss = 0;
      int correct = 0;
      for (int i = step * batchSize; i < step * batchSize + size; i++) {
        loss += losses[i];
        correct += right[i];
      }
      results.add(new StepResult(loss / size, correct, size));
    }
    return results;
  }

  /** Records a step on so many images. */
  private Pointer graph(int size) {
    return context.capture(
        () -> {
          load(size, imageArray, batchArray, orderArray, memory.control(), partnerArray);
          layers.forward(size, true);
          differentiate(size);
          layers.backward(size);
          update();
          KernelArgument next = new KernelArgument().pointers(memory.control()).ints(batchSize);
          context.launch("next_step", 1, 1, 1, next);
        });
  }

  private void load(int size, long from, long batch, long indices, long control, long partners) {
    CudaMaps pixels = layers.pixels();
    KernelArgument argument =
        new KernelArgument()
            .pointers(from, batch, indices, control, partners, memory.steps(), pixels.address());
    pixels.addTo(argument);
    context.launch("load", size, 1, 1, argument.ints(size, batchSize));
  }

  private void differentiate(int size) {
    memory.launch(
        "loss",
        size,
        new KernelArgument()
            .pointers(layers.outputs().values().address(), layers.outputs().deltas().address())
            .pointers(scratchArray, labelArray, orderArray, memory.control(), partnerArray)
            .pointers(memory.steps(), classWeights, imageWeights, lossArray, rightArray)
            .ints(size, classes, batchSize, head(), KernelCodes.of(outputSpec.activation()))
            .floats(outputSpec.targetOfLabel(classes), outputSpec.targetOfOthers(classes)));
  }

  /** As Head in step.cu. */
  private int head() {
    boolean softmax = outputSpec.activation() == Activation.SOFTMAX;
    if (outputSpec.loss() == Loss.CROSS_ENTROPY) {
      return softmax ? 0 : 1;
    }
    return softmax ? 2 : 3;
  }

  private void update() {
    OptimizerSpec optimizer = spec.optimizer();
    KernelArgument argument =
        new KernelArgument()
            .pointers(memory.weights(0), memory.gradients(0), memory.states(), averageArray)
            .pointers(kindArray, memory.steps(), memory.control(), normArray)
            .ints(memory.parameters(), KernelCodes.of(optimizer.name()))
            .floats(optimizer.beta1(), optimizer.beta2(), optimizer.epsilon())
            .floats(optimizer.momentum(), optimizer.decay())
            .floats(spec.regularization().l1(), spec.regularization().l2())
            .floats(spec.clipping().value(), spec.clipping().norm());
    if (normArray != 0) {
      context.launch("squares", 64, 1, 1, argument);
      context.launch("clip", 1, 1, 1, argument);
    }
    memory.launch("update", memory.parameters(), argument);
  }

  @Override
  public Predictions predict(ImageSet others) {
    context.enter();
    if (average == null) {
      return predictions(others);
    }
    long bytes = (long) Float.BYTES * memory.parameters();
    context.copy(memory.weights(0), spareArray, bytes);
    context.copy(averageArray, memory.weights(0), bytes);
    try {
      return predictions(others);
    } finally {
      context.copy(spareArray, memory.weights(0), bytes);
    }
  }

  private Predictions predictions(ImageSet others) {
    float[] outputs = new float[others.size() * classes];
    int pixels = others.pixelsPerImage();
    float[] sums = new float[room * classes];
    context.upload(memory.control(), new int[2], 2);
    for (int first = 0; first < others.size(); first += room) {
      int size = Math.min(room, others.size() - first);
      context.upload(evaluatedArray, others.pixels(), first * pixels, size * pixels);
      load(size, evaluatedArray, 0, countArray, memory.control(), 0);
      layers.forward(size, false);
      context.download(layers.outputs().values().address(), sums, size * classes);
      activate.accept(sums, size);
      System.arraycopy(sums, 0, outputs, first * classes, size * classes);
    }
    return Predictions.of(network, others, outputs);
  }

  @Override
  public void syncParameters() {
    context.enter();
    memory.store(arrays);
    if (average != null) {
      memory.store(averageArray, average.buffer());
    }
  }

  /** The card has its own; those of the CPU only bend images. */
  @Override
  public void setThreads(int threads) {}

  @Override
  public void close() {
    context.close();
  }
}
