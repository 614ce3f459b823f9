package io.mnist4j.model.foreign;

import io.mnist4j.model.InputLayout;
import io.mnist4j.model.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * What a layer of a Keras model takes: its shape to Keras, and where its numbers are in DL4J, which
 * has {@code [channels, rows, columns]} for an image whatever Keras has, or a row of numbers.
 */
final class KerasData {
  private static final int MNIST_SIDE = 28;
  private static final int LARGEST = 1 << 20;

  /** As many as {@link io.mnist4j.model.archive.ForwardSize} takes. */
  private static final int MOST_NUMBERS = 1 << 22;

  /** Far more than any model reorders; a file of many layers could ask for hours of it. */
  private static final long MOST_REORDERED = 1 << 27;

  private final Map<Integer, InputPreProcessor> preProcessors = new HashMap<>();

  /** How many layers of DL4J there are so far. */
  private int layers;

  /** How many numbers were given another place so far. */
  private long reordered;

  /** To Keras, without the batch. */
  private int[] shape;

  private boolean image;

  /** Of an image: whether its shape begins with its channels. */
  private boolean channelsFirst;

  /** Of a row: where each number of Keras is; null where that is the same place. */
  private int[] order;

  /**
   * What comes in.
   *
   * @param shape one that {@link #layout} takes
   */
  KerasData(long[] shape) {
    this.shape = Arrays.stream(shape).mapToInt(Math::toIntExact).toArray();
    if (shape.length == 3) {
      image = true;
      channelsFirst = shape[2] > 1;
      int[] hwc = heightWidthChannels();
      preProcessors.put(0, new FeedForwardToCnnPreProcessor(hwc[0], hwc[1], hwc[2]));
    }
  }

  /** What the first layer takes, without the batch. */
  static long[] inputShape(JsonNode model, List<KerasLayer> layers)
      throws UnreadableModelException {
    List<JsonNode> places = new ArrayList<>();
    if (!layers.isEmpty()) {
      JsonNode first = layers.get(0).json();
      places.add(first.path("config").path("batch_shape"));
      places.add(first.path("config").path("batch_input_shape"));
      places.add(first.path("build_config").path("input_shape"));
    }
    JsonNode config = model.path("config");
    places.add(config.path("build_input_shape"));
    places.add(config.path("layers").path(0).path("build_config").path("input_shape"));
    for (JsonNode place : places) {
      if (place.isArray() && place.size() > 1) {
        // A size that may vary is null.
        return IntStream.range(1, place.size())
            .mapToLong(d -> place.get(d).asLong(-1) < 1 ? MNIST_SIDE : place.get(d).asLong())
            .toArray();
      }
    }
    throw new UnreadableModelException(
        "it does not say the shape of its input; give the model an Input layer, or build it before"
            + " it is saved");
  }

  /** Grey images in any shape that has their height and width, or is as long as a square one. */
  static InputLayout layout(long[] shape) throws UnreadableModelException {
    double numbers = Arrays.stream(shape).asDoubleStream().reduce(1, (a, b) -> a * b);
    long[] sides = Arrays.stream(shape).filter(size -> size > 1).toArray();
    int side = (int) Math.round(Math.sqrt(numbers));
    if (numbers <= LARGEST && sides.length == 2) {
      return new InputLayout((int) sides[0], (int) sides[1], InputLayout.Order.FLAT);
    }
    if (numbers <= LARGEST && sides.length == 1 && (double) side * side == numbers) {
      return new InputLayout(side, side, InputLayout.Order.FLAT);
    }
    throw new UnreadableModelException(
        "it takes arrays of the shape %s, which are no images of grey tones"
            .formatted(Arrays.toString(shape)));
  }

  Map<Integer, InputPreProcessor> preProcessors() {
    return preProcessors;
  }

  int[] order() {
    return order;
  }

  void setLayers(int count) {
    layers = count;
  }

  int size() {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  /** How many numbers the places along some axes have. */
  int size(int[] axes) {
    return Arrays.stream(axes).map(axis -> shape[axis]).reduce(1, (a, b) -> a * b);
  }

  /** Whether it has one axis that is longer than 1. */
  boolean isVector() {
    return shape.length == 1 || (!image && Arrays.stream(shape).filter(s -> s > 1).count() <= 1);
  }

  int channelAxis() {
    return image && channelsFirst ? 0 : shape.length - 1;
  }

  boolean isChannels(int[] axes) {
    return image && axes.length == 1 && axes[0] == channelAxis();
  }

  void setRow(int... to) {
    shape = to;
    image = false;
    order = null;
  }

  /** Makes rows of images. */
  void toRow() {
    if (!image) {
      return;
    }
    requireFew();
    int[] hwc = heightWidthChannels();
    order = imageOrder(hwc, channelsFirst);
    image = false;
    if (preProcessors.remove(layers) == null) {
      preProcessors.put(layers, new CnnToFeedForwardPreProcessor(hwc[0], hwc[1], hwc[2]));
    }
  }

  /**
   * Makes images of rows, where they are not.
   *
   * @return height, width and channels
   */
  int[] image(KerasLayer layer) throws UnreadableModelException {
    boolean first = layer.isChannelsFirst();
    if (image && first == channelsFirst) {
      return heightWidthChannels();
    }
    toRow();
    if (shape.length != 3) {
      throw layer.refused("takes images, and gets arrays of the shape " + Arrays.toString(shape));
    }
    channelsFirst = first;
    int[] hwc = heightWidthChannels();
    layer.require(
        Arrays.equals(order, imageOrder(hwc, first)), "takes an image of reordered numbers");
    image = true;
    order = null;
    if (preProcessors.remove(layers) == null) {
      preProcessors.put(layers, new FeedForwardToCnnPreProcessor(hwc[0], hwc[1], hwc[2]));
    }
    return hwc;
  }

  private int[] heightWidthChannels() {
    return channelsFirst
        ? new int[] {shape[1], shape[2], shape[0]}
        : new int[] {shape[0], shape[1], shape[2]};
  }

  /** Where DL4J has the numbers of an image; null where Keras has them in the same place. */
  private static int[] imageOrder(int[] hwc, boolean channelsFirst) {
    int pixels = hwc[0] * hwc[1];
    int channels = hwc[2];
    return channelsFirst || channels == 1 || pixels == 1
        ? null
        : IntStream.range(0, pixels * channels)
            .map(i -> i % channels * pixels + i / channels)
            .toArray();
  }

  /** The image that a window makes which is moved over this one. */
  void slide(KerasLayer layer, KerasLayer.MovingWindow window, int channels)
      throws UnreadableModelException {
    int[] hwc = heightWidthChannels();
    setImage(layer, window.places(0, hwc[0]), window.places(1, hwc[1]), channels);
  }

  void setImage(KerasLayer layer, long height, long width, long channels)
      throws UnreadableModelException {
    if (height < 1 || width < 1 || channels < 1) {
      throw layer.refused("leaves nothing of images of " + Arrays.toString(shape));
    }
    double numbers = (double) height * width * channels;
    if (numbers > MOST_NUMBERS) {
      throw layer.refused(
          "makes %.0f numbers of one image, and %d are too many already"
              .formatted(numbers, MOST_NUMBERS));
    }
    shape =
        channelsFirst
            ? new int[] {(int) channels, (int) height, (int) width}
            : new int[] {(int) height, (int) width, (int) channels};
  }

  /** Keras puts the channels last before it flattens what is said to have them first. */
  void flatten(boolean first) {
    if (first && shape.length == 3) {
      transpose(1, 2, 0);
    }
    toRow();
    shape = new int[] {size()};
  }

  void reshape(KerasLayer layer) throws UnreadableModelException {
    toRow();
    JsonNode target = layer.setting("target_shape");
    int[] to = IntStream.range(0, target.size()).map(i -> target.get(i).asInt()).toArray();
    double known =
        Arrays.stream(to).filter(s -> s != -1).asDoubleStream().reduce(1, (a, b) -> a * b);
    for (int d = 0; d < to.length; d++) {
      to[d] = to[d] == -1 && known > 0 ? (int) (size() / known) : to[d];
    }
    double numbers = Arrays.stream(to).asDoubleStream().reduce(1, (a, b) -> a * b);
    layer.require(
        numbers == size() && Arrays.stream(to).allMatch(s -> s > 0),
        "makes %s of %d numbers".formatted(target, size()));
    shape = to;
  }

  void permute(KerasLayer layer) throws UnreadableModelException {
    JsonNode dims = layer.setting("dims");
    int[] axes = IntStream.range(0, dims.size()).map(i -> dims.get(i).asInt() - 1).toArray();
    int[] all = IntStream.range(0, shape.length).toArray();
    layer.require(Arrays.equals(Arrays.stream(axes).sorted().toArray(), all), "has dims " + dims);
    transpose(axes);
  }

  private void requireFew() {
    reordered += size();
    if (reordered > MOST_REORDERED) {
      throw new IllegalStateException(
          "they reorder more than %,d numbers".formatted(MOST_REORDERED));
    }
  }

  private void transpose(int... axes) {
    toRow();
    requireFew();
    int[] from = order;
    int[] to = Arrays.stream(axes).map(axis -> shape[axis]).toArray();
    int[] moved = new int[size()];
    int[] place = new int[shape.length];
    for (int i = 0; i < moved.length; i++) {
      for (int d = to.length - 1, rest = i; d >= 0; rest /= to[d], d--) {
        place[axes[d]] = rest % to[d];
      }
      int old = 0;
      for (int d = 0; d < shape.length; d++) {
        old = old * shape[d] + place[d];
      }
      moved[i] = from == null ? old : from[old];
    }
    shape = to;
    order = Arrays.equals(moved, IntStream.range(0, moved.length).toArray()) ? null : moved;
  }

  /** What belongs to the numbers of a row, along the first dimension, in DL4J's order. */
  INDArray inOrder(INDArray values) {
    if (order == null) {
      return values;
    }
    int[] inverse = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      inverse[order[i]] = i;
    }
    return Tensors.reordered(values, inverse);
  }

  /** An axis from 0, without the batch. */
  private int axis(KerasLayer layer, int axis) throws UnreadableModelException {
    int place = axis < 0 ? shape.length + axis : axis - 1;
    layer.require(place >= 0 && place < shape.length, "is over axis " + axis);
    return place;
  }

  /** As {@link #axis}, of a list, of one, of none, or of the last if nothing is said. */
  int[] axes(KerasLayer layer, JsonNode axis, boolean said) throws UnreadableModelException {
    if (axis.isMissingNode()) {
      return said ? new int[0] : new int[] {shape.length - 1};
    }
    int[] axes = new int[axis.isArray() ? axis.size() : 1];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = axis(layer, (axis.isArray() ? axis.get(i) : axis).asInt());
    }
    return Arrays.stream(axes).sorted().toArray();
  }

  /** A number for each place along some axes, given to each number of a row. */
  INDArray spread(INDArray values, int[] axes) {
    requireFew();
    float[] some = values.dup('c').data().asFloat();
    float[] all = new float[size()];
    int[] place = new int[shape.length];
    for (int i = 0; i < all.length; i++) {
      for (int d = shape.length - 1, rest = i; d >= 0; rest /= shape[d], d--) {
        place[d] = rest % shape[d];
      }
      int at = 0;
      for (int axis : axes) {
        at = at * shape[axis] + place[axis];
      }
      all[i] = some[at];
    }
    return inOrder(Nd4j.create(all, new long[] {all.length}, 'c'));
  }

  /** A number for each place along the axes along which an array is as long, for a whole image. */
  INDArray spread(KerasLayer layer, INDArray values) throws UnreadableModelException {
    int[] axes = IntStream.range(0, shape.length).toArray();
    boolean fits = values.rank() == shape.length;
    for (int d = 0; fits && d < shape.length; d++) {
      fits = values.size(d) == shape[d] || values.size(d) == 1;
    }
    layer.require(fits, "has slopes of the shape " + Arrays.toString(values.shape()));
    int[] own = Arrays.stream(axes).filter(d -> values.size(d) == shape[d]).toArray();
    toRow();
    return spread(values, own);
  }

  static INDArray array(JsonNode numbers) {
    List<Float> all = new ArrayList<>();
    collect(numbers, all);
    float[] values = new float[all.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = all.get(i);
    }
    return Nd4j.create(values, new long[] {values.length}, 'c');
  }

  private static void collect(JsonNode numbers, List<Float> all) {
    if (numbers.isNumber()) {
      all.add((float) numbers.asDouble());
    }
    numbers.forEach(number -> collect(number, all));
  }
}
