package io.mnist4j.model.foreign;

import io.mnist4j.model.InputLayout;
import io.mnist4j.model.InputRange;
import io.mnist4j.model.archive.ForwardSize;
import io.mnist4j.model.foreign.KerasLayer.MovingWindow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * A Keras model made into a DL4J network, layer by layer. Each setting of a layer is read, is known
 * to change nothing in a trained network, or refuses the model.
 */
final class KerasNetwork {
  /** What does nothing once a network is trained; Dropout, which is the same, is kept. */
  private static final Set<String> IDENTITIES =
      Set.of(
          "InputLayer",
          "Identity",
          "ActivityRegularization",
          "AlphaDropout",
          "GaussianDropout",
          "GaussianNoise",
          "SpatialDropout2D",
          "RandomBrightness",
          "RandomContrast",
          "RandomFlip",
          "RandomHeight",
          "RandomRotation",
          "RandomTranslation",
          "RandomWidth",
          "RandomZoom");

  private static final String READABLE =
      "Dense, Conv2D, DepthwiseConv2D, SeparableConv2D, MaxPooling2D, AveragePooling2D,"
          + " GlobalMaxPooling2D, GlobalAveragePooling2D, ZeroPadding2D, Cropping2D, UpSampling2D,"
          + " Flatten, Reshape, Permute, Dropout, BatchNormalization, Normalization, Rescaling and"
          + " the activations";

  /** A Rescaling by less than this is made for pixels up to 255. */
  private static final double SMALL_FACTOR = 0.02;

  /** No mean of pixels from 0 to 1 is that large. */
  private static final double LARGE_MEAN = 2;

  /** As good as nothing beside a variance of 1. */
  private static final double NO_EPSILON = 1e-30;

  private final KerasFile file;
  private final NeuralNetConfiguration.ListBuilder network =
      new NeuralNetConfiguration.Builder()
          .weightInit(WeightInit.ZERO)
          .updater(new Sgd())
          .list()
          .validateOutputLayerConfig(false);
  private final List<Map<String, INDArray>> parameters = new ArrayList<>();
  private final KerasData data;
  private double factor = 1;
  private double offset;
  private Optional<InputRange> range = Optional.empty();

  private KerasNetwork(KerasFile file, KerasData data) {
    this.file = file;
    this.data = data;
  }

  /**
   * The network.
   *
   * @throws UnreadableModelException if it cannot be had exactly; the message names the layer
   */
  static ForeignNetwork of(KerasFile file) throws UnreadableModelException {
    List<KerasLayer> layers = KerasGraph.layers(file.model());
    long[] shape = KerasData.inputShape(file.model(), layers);
    InputLayout layout = KerasData.layout(shape);
    KerasNetwork network = new KerasNetwork(file, new KerasData(shape));
    for (KerasLayer layer : layers) {
      if (!IDENTITIES.contains(layer.kind())) {
        try {
          network.add(layer);
        } catch (IllegalArgumentException | IllegalStateException e) {
          throw layer.refused("has settings that do not fit together: " + e.getMessage());
        }
        layer.requireAllRead();
      }
    }
    return network.finish(layout);
  }

  private ForeignNetwork finish(InputLayout layout) throws UnreadableModelException {
    if (parameters.isEmpty()) {
      throw new UnreadableModelException("it has no layers");
    }
    data.toRow();
    if (data.order() != null) {
      throw new UnreadableModelException("its outputs are an image");
    }
    MultiLayerConfiguration configuration = network.build();
    configuration.getInputPreProcessors().putAll(data.preProcessors());
    try {
      ForwardSize.check(configuration, layout.type());
    } catch (IOException e) {
      throw new UnreadableModelException(e.getMessage(), e);
    }
    MultiLayerNetwork built = new MultiLayerNetwork(configuration);
    built.init();
    for (int i = 0; i < parameters.size(); i++) {
      Map<String, INDArray> table = built.getLayer(i).paramTable();
      parameters
          .get(i)
          .forEach((key, values) -> table.get(key).assign(values.reshape(table.get(key).shape())));
    }
    return new ForeignNetwork(
        configuration,
        built.params(),
        layout,
        factor,
        offset,
        new ForeignNetwork.Said("Keras " + file.version(), range, List.of(), List.of()));
  }

  private void add(KerasLayer layer) throws UnreadableModelException {
    switch (layer.kind()) {
      case "Dense" -> dense(layer);
      case "Conv2D", "Convolution2D", "DepthwiseConv2D", "SeparableConv2D" -> convolution(layer);
      case "MaxPooling2D" -> pooling(layer, SubsamplingLayer.PoolingType.MAX);
      case "AveragePooling2D" -> pooling(layer, SubsamplingLayer.PoolingType.AVG);
      case "GlobalMaxPooling2D" -> globalPooling(layer, PoolingType.MAX);
      case "GlobalAveragePooling2D" -> globalPooling(layer, PoolingType.AVG);
      case "ZeroPadding2D", "Cropping2D" -> edges(layer);
      case "UpSampling2D" -> upSampling(layer);
      case "BatchNormalization" -> batchNormalization(layer);
      case "Normalization" -> normalization(layer);
      case "Rescaling" -> rescaling(layer);
      case "PReLU" -> prelu(layer);
      case "Flatten" -> data.flatten(layer.isChannelsFirst());
      case "Reshape" -> data.reshape(layer);
      case "Permute" -> data.permute(layer);
      case "Resizing", "CenterCrop" -> {
        int[] size = data.image(layer);
        boolean same = layer.setting("height").asInt() == size[0];
        layer.require(
            same && layer.setting("width").asInt() == size[1], "changes the size of images");
        layer.setting("interpolation");
      }
      case "Dropout" -> {
        double rate = layer.setting("rate").asDouble(0);
        layer.setting("noise_shape");
        if (rate > 0 && !parameters.isEmpty()) {
          double kept = 1 - rate;
          append(layer, new DropoutLayer.Builder(kept).build(), Map.of());
        }
      }
      default -> {
        IActivation function = KerasActivation.ofLayer(layer, file.version());
        if (function == null) {
          throw layer.refused("is of a kind that mnist4j does not read; it reads " + READABLE);
        }
        append(
            layer,
            new ActivationLayer.Builder().activation(checked(layer, function)).build(),
            Map.of());
      }
    }
  }

  private void append(KerasLayer layer, Layer made, Map<String, INDArray> weights) {
    made.setLayerName(layer.name());
    network.layer(made);
    parameters.add(weights);
    data.setLayers(parameters.size());
  }

  private IActivation activation(KerasLayer layer) throws UnreadableModelException {
    return checked(layer, KerasActivation.of(layer, layer.setting("activation"), file.version()));
  }

  /** ND4J takes a softmax over the columns of an image, Keras over its channels. */
  private IActivation checked(KerasLayer layer, IActivation function)
      throws UnreadableModelException {
    layer.require(
        !(function instanceof ActivationSoftmax) || data.isVector(), "is a softmax over images");
    return function;
  }

  /** Its arrays, of the shapes that Keras gives them. */
  private List<INDArray> weights(KerasLayer layer, List<long[]> shapes)
      throws UnreadableModelException {
    List<INDArray> arrays = file.weights().of(layer);
    if (arrays.size() != shapes.size()) {
      throw layer.refused(
          "has %d arrays of weights in the file, not %d".formatted(arrays.size(), shapes.size()));
    }
    for (int i = 0; i < arrays.size(); i++) {
      if (!Arrays.equals(arrays.get(i).shape(), shapes.get(i))) {
        throw layer.refused(
            "takes weights of the shape %s, and the file has %s"
                .formatted(Arrays.toString(shapes.get(i)), Arrays.toString(arrays.get(i).shape())));
      }
    }
    return arrays;
  }

  private void dense(KerasLayer layer) throws UnreadableModelException {
    if (!data.isVector()) {
      // On each pixel by itself.
      convolution(layer);
      return;
    }
    data.toRow();
    long units = layer.setting("units").asLong();
    boolean bias = layer.isTrue("use_bias", true);
    List<long[]> shapes = new ArrayList<>(List.of(new long[] {data.size(), units}));
    if (bias) {
      shapes.add(new long[] {units});
    }
    List<INDArray> weights = weights(layer, shapes);
    DenseLayer.Builder dense = new DenseLayer.Builder();
    dense.nIn(data.size()).nOut(units).hasBias(bias);
    INDArray rows = data.inOrder(weights.get(0));
    data.setRow((int) units);
    append(
        layer,
        dense.activation(activation(layer)).build(),
        bias ? Map.of("W", rows, "b", weights.get(1)) : Map.of("W", rows));
  }

  /** Also a dense layer on each pixel, which is a convolution with a kernel of one pixel. */
  private void convolution(KerasLayer layer) throws UnreadableModelException {
    boolean pointwise = layer.kind().equals("Dense");
    boolean depthwise = layer.kind().equals("DepthwiseConv2D");
    boolean separable = layer.kind().equals("SeparableConv2D");
    int channels = data.image(layer)[2];
    MovingWindow window = pointwise ? MovingWindow.PIXEL : layer.window("kernel_size");
    int[] size = window.size();
    int multiplier = layer.setting("depth_multiplier").asInt(1);
    int groups = layer.setting("groups").asInt(1);
    boolean divides = groups >= 1 && channels % groups == 0;
    layer.require(divides && !(depthwise && groups > 1), "has groups " + groups);
    long filters =
        depthwise
            ? (long) channels * multiplier
            : layer.setting(pointwise ? "units" : "filters").asInt();
    boolean bias = layer.isTrue("use_bias", true);
    List<long[]> shapes = new ArrayList<>();
    shapes.add(
        pointwise
            ? new long[] {channels, filters}
            : depthwise || separable
                ? new long[] {size[0], size[1], channels, multiplier}
                : new long[] {size[0], size[1], channels / groups, filters});
    if (separable) {
      shapes.add(new long[] {1, 1, (long) channels * multiplier, filters});
    }
    if (bias) {
      shapes.add(new long[] {filters});
    }
    List<INDArray> weights = weights(layer, shapes);
    INDArray kernel = weights.get(0).reshape(size[0], size[1], -1, weights.get(0).size(-1));
    Map<String, INDArray> arrays = new HashMap<>();
    // Keras has rows, columns, channels, filters; DL4J filters first, but in this one kind.
    arrays.put("W", depthwise ? kernel : ungrouped(kernel, groups).permute(3, 2, 0, 1));
    if (separable) {
      arrays.put("pW", weights.get(1).permute(3, 2, 0, 1));
    }
    if (bias) {
      arrays.put("b", weights.get(weights.size() - 1));
    }
    window = framed(layer, window, true);
    ConvolutionLayer.BaseConvBuilder<?> made =
        depthwise
            ? new DepthwiseConvolution2D.Builder(size).depthMultiplier(multiplier)
            : separable
                ? new SeparableConvolution2D.Builder(size).depthMultiplier(multiplier)
                : new ConvolutionLayer.Builder(size);
    made.stride(window.strides()).dilation(window.dilation()).convolutionMode(window.mode());
    made.padding(window.symmetricPadding());
    made.nIn(channels).nOut(filters).hasBias(bias);
    data.slide(layer, window, (int) filters);
    append(layer, made.activation(activation(layer)).build(), arrays);
  }

  /** A kernel over all channels that is 0 where a filter does not see a channel. */
  private static INDArray ungrouped(INDArray kernel, int groups) {
    INDArrayIndex all = NDArrayIndex.all();
    long inputs = kernel.size(2);
    long filters = kernel.size(3) / groups;
    INDArray whole = Nd4j.zeros(kernel.size(0), kernel.size(1), inputs * groups, kernel.size(3));
    for (int group = 0; group < groups; group++) {
      INDArrayIndex seen = NDArrayIndex.interval(group * inputs, (group + 1) * inputs);
      INDArrayIndex own = NDArrayIndex.interval(group * filters, (group + 1) * filters);
      whole.get(all, all, seen, own).assign(kernel.get(all, all, all, own));
    }
    return whole;
  }

  private void pooling(KerasLayer layer, SubsamplingLayer.PoolingType type)
      throws UnreadableModelException {
    int channels = data.image(layer)[2];
    MovingWindow window = framed(layer, layer.window("pool_size"), false);
    boolean zerosCount = layer.isTrue("count_include_pad", false);
    layer.require(!(zerosCount && window.same()), "counts zeros around images that it puts itself");
    data.slide(layer, window, channels);
    append(
        layer,
        new SubsamplingLayer.Builder(type)
            .kernelSize(window.size())
            .stride(window.strides())
            .dilation(window.dilation())
            .padding(window.symmetricPadding())
            .convolutionMode(window.mode())
            .avgPoolIncludePadInDivisor(zerosCount)
            .build(),
        Map.of());
  }

  /**
   * A window with the edges that DL4J has: those of "same", none, or as many on both sides. For a
   * convolution, others become a layer of zeros in front.
   */
  private MovingWindow framed(KerasLayer layer, MovingWindow window, boolean convolution)
      throws UnreadableModelException {
    int[] image = data.image(layer);
    MovingWindow usual = window.asSame(image);
    if (usual.isSymmetric()) {
      return usual;
    }
    layer.require(convolution, "pools over edges that differ");
    int[] e = usual.edges();
    data.setImage(layer, (long) image[0] + e[0] + e[2], (long) image[1] + e[1] + e[3], image[2]);
    append(layer, new ZeroPaddingLayer.Builder(e[0], e[2], e[1], e[3]).build(), Map.of());
    return usual.withoutEdges();
  }

  private void globalPooling(KerasLayer layer, PoolingType type) throws UnreadableModelException {
    int channels = data.image(layer)[2];
    if (layer.isTrue("keepdims", false)) {
      data.setRow(
          layer.isChannelsFirst() ? new int[] {channels, 1, 1} : new int[] {1, 1, channels});
    } else {
      data.setRow(channels);
    }
    append(layer, new GlobalPoolingLayer.Builder(type).build(), Map.of());
  }

  private void edges(KerasLayer layer) throws UnreadableModelException {
    int[] image = data.image(layer);
    boolean zeros = layer.kind().equals("ZeroPadding2D");
    int[] e = layer.edges(zeros ? "padding" : "cropping");
    int sign = zeros ? 1 : -1;
    data.setImage(
        layer,
        image[0] + sign * ((long) e[0] + e[1]),
        image[1] + sign * ((long) e[2] + e[3]),
        image[2]);
    append(
        layer,
        zeros
            ? new ZeroPaddingLayer.Builder(e[0], e[1], e[2], e[3]).build()
            : new Cropping2D.Builder(e[0], e[1], e[2], e[3]).build(),
        Map.of());
  }

  private void upSampling(KerasLayer layer) throws UnreadableModelException {
    int[] image = data.image(layer);
    int[] size = layer.pair("size", 1, 2, 2);
    String interpolation = layer.setting("interpolation").asText("nearest");
    layer.require(interpolation.equals("nearest"), "has the interpolation " + interpolation);
    data.setImage(layer, (long) image[0] * size[0], (long) image[1] * size[1], image[2]);
    append(layer, new Upsampling2D.Builder().size(size).build(), Map.of());
  }

  private void prelu(KerasLayer layer) throws UnreadableModelException {
    List<INDArray> weights = file.weights().of(layer);
    layer.require(weights.size() == 1, "has " + weights.size() + " arrays of weights");
    layer.setting("shared_axes");
    INDArray slopes = data.spread(layer, weights.get(0));
    append(layer, new PReLULayer.Builder().inputShape(slopes.shape()).build(), Map.of("W", slopes));
  }

  private void batchNormalization(KerasLayer layer) throws UnreadableModelException {
    layer.require(!layer.isTrue("renorm", false), "has renorm");
    int[] axes = data.axes(layer, layer.setting("axis"), false);
    boolean scale = layer.isTrue("scale", true);
    boolean center = layer.isTrue("center", true);
    long[] shape = {data.size(axes)};
    int count = 2 + (scale ? 1 : 0) + (center ? 1 : 0);
    List<INDArray> weights = new ArrayList<>(weights(layer, Collections.nCopies(count, shape)));
    INDArray gamma = scale ? weights.remove(0) : Nd4j.ones(shape);
    INDArray beta = center ? weights.remove(0) : Nd4j.zeros(shape);
    double epsilon = layer.setting("epsilon").asDouble(1e-3);
    normalize(layer, axes, List.of(gamma, beta, weights.get(0), weights.get(1)), epsilon);
  }

  /**
   * gamma (x - mean) / √(variance + epsilon) + beta.
   *
   * @param axes from 0, without the batch, whose places have a number each
   * @param arrays gamma, beta, mean and variance
   */
  private void normalize(KerasLayer layer, int[] axes, List<INDArray> arrays, double epsilon)
      throws UnreadableModelException {
    boolean channels = data.isChannels(axes);
    List<INDArray> all = arrays;
    if (!channels) {
      data.toRow();
      all = arrays.stream().map(array -> data.spread(array, axes)).toList();
    }
    long size = all.get(0).length();
    append(
        layer,
        new BatchNormalization.Builder().nIn(size).nOut(size).eps(epsilon).useLogStd(false).build(),
        Map.of("gamma", all.get(0), "beta", all.get(1), "mean", all.get(2), "var", all.get(3)));
  }

  private void rescaling(KerasLayer layer) throws UnreadableModelException {
    JsonNode scale = layer.setting("scale");
    JsonNode shift = layer.setting("offset");
    layer.require(
        scale.isNumber() && (shift.isNumber() || shift.isMissingNode()),
        "rescales each pixel in its own way");
    if (parameters.isEmpty()) {
      range = Optional.of(scale.asDouble() < SMALL_FACTOR ? InputRange.BYTES : InputRange.UNIT);
    }
    affine(layer, scale.asDouble(), shift.asDouble(0));
  }

  private void affine(KerasLayer layer, double scale, double shift)
      throws UnreadableModelException {
    if (parameters.isEmpty()) {
      factor *= scale;
      offset = offset * scale + shift;
      return;
    }
    int[] axes = {data.channelAxis()};
    INDArray ones = Nd4j.ones(data.size(axes));
    List<INDArray> arrays = List.of(ones.mul(scale), ones.mul(shift), ones.mul(0), ones);
    normalize(layer, axes, arrays, NO_EPSILON);
  }

  /** (x - mean) / the deviation, which is at least 1e-7. */
  private void normalization(KerasLayer layer) throws UnreadableModelException {
    layer.require(!layer.isTrue("invert", false), "is inverted");
    JsonNode axis = layer.setting("axis");
    int[] axes = data.axes(layer, axis, layer.json().path("config").has("axis"));
    INDArray mean;
    INDArray variance;
    if (layer.setting("mean").isMissingNode()) {
      List<INDArray> weights = file.weights().of(layer);
      layer.require(weights.size() >= 2, "has " + weights.size() + " arrays of weights");
      mean = weights.get(0);
      variance = weights.get(1);
    } else {
      mean = KerasData.array(layer.setting("mean"));
      variance = KerasData.array(layer.setting("variance"));
    }
    long size = mean.length() == 1 ? 1 : data.size(axes);
    layer.require(
        mean.length() == size && variance.length() == size,
        "has %d means of %d numbers".formatted(mean.length(), size));
    INDArray deviation = Transforms.sqrt(variance, true);
    deviation = Transforms.max(deviation, 1e-7, true);
    if (parameters.isEmpty() && mean.maxNumber().doubleValue() > LARGE_MEAN) {
      range = Optional.of(InputRange.BYTES);
    }
    if (size == 1) {
      double scale = 1 / deviation.getDouble(0);
      affine(layer, scale, -mean.getDouble(0) * scale);
    } else {
      INDArray ones = Nd4j.onesLike(mean);
      normalize(layer, axes, List.of(deviation.rdiv(1), ones.mul(0), mean, ones), NO_EPSILON);
    }
  }
}
