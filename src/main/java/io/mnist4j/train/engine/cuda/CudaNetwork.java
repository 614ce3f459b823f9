package io.mnist4j.train.engine.cuda;

import io.mnist4j.model.layers.Activation;
import io.mnist4j.model.layers.Avgpool2d;
import io.mnist4j.model.layers.Batchnorm;
import io.mnist4j.model.layers.Conv2d;
import io.mnist4j.model.layers.Dense;
import io.mnist4j.model.layers.Dropout;
import io.mnist4j.model.layers.LayerSpec;
import io.mnist4j.model.layers.Maxpool2d;
import io.mnist4j.model.layers.Shape;
import io.mnist4j.train.engine.cuda.CudaLayer.CudaLink;
import io.mnist4j.train.engine.maps.Border;
import io.mnist4j.train.engine.maps.ConvolutionGeometry;
import io.mnist4j.train.engine.stage.DropoutMask;
import io.mnist4j.train.engine.stage.ElementwiseActivation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The layers of a network on the card, and the buffers between them. */
final class CudaNetwork {
  /** As Kind in step.cu. */
  private static final byte LEARNED = 1;

  private static final byte PENALISED = 2;

  private final CudaMemory memory;
  private final List<LayerSpec> specs;
  private final int frozen;
  private final int room;
  private final int batch;
  private final byte[] kinds;
  private final List<DropoutMask> masks = new ArrayList<>();
  private final List<CudaLayer> layers = new ArrayList<>();
  private final long draws;
  private final int drawsOfStep;
  private int firstLearned;
  private int start;
  private boolean learns;

  /** What comes out of the last layer that was made. */
  private CudaLink last;

  /** Where the pixels go. */
  private final CudaMaps pixels;

  /**
   * @param specs all layers without flattening; last, the sums of the output layer
   * @param input of the first layer
   * @param flat how many of them take an image
   * @param frozen how many of the first ones stay as they are
   * @param place of the first layer
   */
  CudaNetwork(
      CudaMemory memory,
      List<LayerSpec> specs,
      Shape.Image input,
      int flat,
      int frozen,
      CudaLayer.CudaPlace place) {
    this.memory = memory;
    this.specs = specs;
    this.frozen = frozen;
    room = place.room();
    batch = place.batch();
    kinds = new byte[memory.parameters()];
    drawsOfStep = 2 * (int) specs.stream().skip(frozen).filter(Dropout.class::isInstance).count();
    draws = memory.ints(new int[Math.max(1, drawsOfStep) * CudaMemory.CHUNK]);
    Shape shape = flat == 0 ? new Shape.Flat(input.size()) : input;
    pixels = maps(shape, inputBorder(0, shape), room);
    last = new CudaLink(pixels, null, null);
    for (int i = 0; i < specs.size(); i++) {
      if (i == flat && flat > 0) {
        shape = new Shape.Flat(shape.size());
      }
      shape = add(i, shape, i + 1 < flat);
    }
  }

  private CudaMaps maps(Shape shape, Border border, int images) {
    return maps(shape, border, 1, images);
  }

  private CudaMaps maps(Shape shape, Border border, int spread, int images) {
    CudaMaps empty = CudaMaps.of(0, shape, border, spread);
    long numbers = Math.multiplyExact((long) empty.imageStride(), images);
    if (numbers > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a batch of %d images is too large for the GPU's kernels".formatted(images));
    }
    return CudaMaps.of(memory.context().allocate(Float.BYTES * numbers), shape, border, spread);
  }

  /** Appends a layer, and returns the shape of what it gives. */
  private Shape add(int i, Shape in, boolean mapsAbove) {
    LayerSpec spec = specs.get(i);
    Shape out = spec.output(in);
    int trained = Math.toIntExact(spec.trainedParameters(in));
    boolean isFrozen = i < frozen;
    boolean learnsHere = !isFrozen && trained > 0;
    CudaMaps inDeltas = learns ? last.deltas() : null;
    if (learnsHere && !learns) {
      learns = true;
      firstLearned = layers.size();
    }
    boolean softmax = spec instanceof Dense dense && dense.activation() == Activation.SOFTMAX;
    Border border = mapsAbove ? inputBorder(i + 1, out) : Border.NONE;
    CudaLink below = new CudaLink(last.values(), inDeltas, null);
    CudaLink above = link(out, border, deltas(spec, in, out), needsSums(spec));
    layers.add(layer(i, below, above, in, out));
    if (!isFrozen) {
      markLearned(spec, trained);
    }
    start += trained + Math.toIntExact(spec.statistics(in));
    last = above;
    if (softmax) {
      CudaLink outputs = link(out, Border.NONE, deltas(spec, in, out), false);
      layers.add(new CudaSoftmax(memory, above, outputs));
      last = outputs;
    }
    return out;
  }

  private CudaLink link(Shape shape, Border border, CudaMaps deltas, boolean sums) {
    return new CudaLink(maps(shape, border, room), deltas, sums ? maps(shape, border, room) : null);
  }

  /** Those by what a layer gives; null where neither it nor anything below learns. */
  private CudaMaps deltas(LayerSpec spec, Shape in, Shape out) {
    if (!learns) {
      return null;
    }
    return spec instanceof Conv2d conv
        ? maps(out, deltaBorder(geometry(conv, in, out)), conv.stride(), batch)
        : maps(out, Border.NONE, batch);
  }

  /** The weights of a layer have penalties; its biases, and what normalises, have none. */
  private void markLearned(LayerSpec spec, int trained) {
    Arrays.fill(kinds, start, start + trained, LEARNED);
    if (spec instanceof Dense dense) {
      Arrays.fill(kinds, start, start + trained - dense.units(), PENALISED);
    } else if (spec instanceof Conv2d conv) {
      Arrays.fill(kinds, start + conv.filters(), start + trained, PENALISED);
    }
  }

  private CudaLayer.CudaPlace place() {
    return new CudaLayer.CudaPlace(start, room, batch);
  }

  private CudaLayer layer(int i, CudaLink below, CudaLink above, Shape in, Shape out) {
    LayerSpec spec = specs.get(i);
    if (spec instanceof Dense dense) {
      return new CudaDense(memory, below, above, dense.activation(), place());
    } else if (spec instanceof Conv2d conv) {
      return new CudaConvolution(
          memory,
          below,
          above,
          geometry(conv, in, out),
          new ElementwiseActivation(conv.activation()),
          place());
    } else if (spec instanceof Maxpool2d pool) {
      return new CudaPooling(memory, below, above, pool.kernel(), pool.stride(), false);
    } else if (spec instanceof Avgpool2d pool) {
      return new CudaPooling(memory, below, above, pool.kernel(), pool.stride(), true);
    } else if (spec instanceof Batchnorm batchnorm) {
      return new CudaBatchnorm(memory, below, above, batchnorm, start, i < frozen);
    }
    return new CudaDropout(memory, below, above, draws(i, (Dropout) spec, in));
  }

  private static boolean needsSums(LayerSpec spec) {
    return spec instanceof Dense dense
        ? ElementwiseActivation.of(dense.activation()).needsSums()
        : spec instanceof Conv2d conv && new ElementwiseActivation(conv.activation()).needsSums();
  }

  private CudaDropout.DropoutDraws draws(int i, Dropout spec, Shape in) {
    if (i < frozen) {
      return null;
    }
    DropoutMask mask = new DropoutMask(1 - spec.rate(), Math.toIntExact(in.size()));
    masks.add(mask);
    return new CudaDropout.DropoutDraws(mask, draws, drawsOfStep, 2 * (masks.size() - 1));
  }

  private static ConvolutionGeometry geometry(Conv2d spec, Shape in, Shape out) {
    return ConvolutionGeometry.of((Shape.Image) in, (Shape.Image) out, spec);
  }

  /** The zeros that a layer reaches for beside its inputs. */
  private Border inputBorder(int i, Shape in) {
    return specs.get(i) instanceof Conv2d conv
        ? geometry(conv, in, conv.output(in)).inputBorder()
        : Border.NONE;
  }

  /** The zeros that the way back reaches for around the derivatives. */
  private static Border deltaBorder(ConvolutionGeometry conv) {
    int before = conv.kernel() - 1;
    int stride = conv.stride();
    int lastRow = (conv.output().height() - 1) * stride;
    int lastColumn = (conv.output().width() - 1) * stride;
    return new Border(
        Math.max(0, before - conv.padTop()),
        Math.max(0, before - conv.padLeft()),
        Math.max(0, conv.input().height() - 1 + conv.padTop() - lastRow),
        Math.max(0, conv.input().width() - 1 + conv.padLeft() - lastColumn));
  }

  CudaMaps pixels() {
    return pixels;
  }

  /** What the last layer gives, and the derivative by it. */
  CudaLink outputs() {
    return last;
  }

  byte[] kinds() {
    return kinds;
  }

  /** Those that draw random numbers, in the order in which they do. */
  List<DropoutMask> masks() {
    return masks;
  }

  /** Where their numbers go: two for each, for each step of a chunk. */
  long draws() {
    return draws;
  }

  void forward(int images, boolean training) {
    layers.forEach(layer -> layer.forward(images, training));
  }

  void backward(int images) {
    for (int i = layers.size() - 1; i >= firstLearned; i--) {
      layers.get(i).backward(images);
    }
  }
}
