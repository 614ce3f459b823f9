package io.mnist4j.train.engine.cuda;

import io.mnist4j.backend.driver.KernelArgument;
import io.mnist4j.model.layers.Activation;
import io.mnist4j.train.engine.cuda.CudaProduct.Epilogue;
import io.mnist4j.train.engine.cuda.CudaProduct.Matrix;
import io.mnist4j.train.engine.stage.ElementwiseActivation;

/** A dense layer: its weights are {@code [units, inputs]}, its biases come after them. */
final class CudaDense extends CudaLayer {
  private final ElementwiseActivation activation;
  private final CudaProduct forward;
  private final CudaProduct gradient;
  private final CudaProduct backward;

  /** What the activation is differentiated by. */
  private final CudaMaps differentiated;

  /**
   * @param start of the layer's parameters in the network's
   * @param room the most images at once
   * @param sums where the sums are kept if the activation's derivative needs them
   */
  CudaDense(
      CudaMemory memory,
      Link below,
      Link above,
      Activation activation,
      int start,
      int room,
      CudaMaps sums) {
    super(memory, below, above);
    this.activation = ElementwiseActivation.of(activation);
    differentiated = this.activation.needsSums() ? sums : out;
    int inputs = in.units();
    int units = out.units();
    int biases = start + units * inputs;
    long images = CudaProduct.table(memory, room, i -> i * in.imageStride());
    long pixels = CudaProduct.table(memory, inputs, in::at);
    long outRows = CudaProduct.table(memory, room, i -> i * units);
    long numbers = CudaProduct.table(memory, Math.max(inputs, units), i -> i);
    long filters = CudaProduct.table(memory, units, i -> i * inputs);
    Epilogue outputs =
        new Epilogue(
            memory.weights(biases),
            false,
            this.activation.needsSums() ? sums.address() : 0,
            0,
            0,
            this.activation.name().ordinal());
    forward =
        new CudaProduct(
            memory,
            new Matrix(in.address(), images, pixels, true),
            new Matrix(memory.weights(start), numbers, filters, false),
            new Matrix(out.address(), outRows, numbers, true),
            outputs);
    if (outDeltas == null) {
      gradient = null;
      backward = null;
      return;
    }
    gradient =
        new CudaProduct(
            memory,
            new Matrix(outDeltas.address(), numbers, outRows, false),
            new Matrix(in.address(), images, pixels, true),
            new Matrix(memory.gradients(start), filters, numbers, true),
            Epilogue.rowSums(memory.gradients(biases)));
    if (inDeltas == null) {
      backward = null;
    } else {
      long deltaRows = CudaProduct.table(memory, room, i -> i * inDeltas.imageStride());
      long deltaPixels = CudaProduct.table(memory, inputs, inDeltas::at);
      backward =
          new CudaProduct(
              memory,
              new Matrix(outDeltas.address(), outRows, numbers, true),
              new Matrix(memory.weights(start), filters, numbers, true),
              new Matrix(inDeltas.address(), deltaRows, deltaPixels, true),
              Epilogue.none());
    }
  }

  @Override
  void forward(int images, boolean training) {
    forward.launch(images, out.units(), in.units());
  }

  @Override
  void backward(int images) {
    differentiate(memory, activation, outDeltas, differentiated, images);
    gradient.launch(out.units(), in.units(), images);
    if (backward != null) {
      backward.launch(images, in.units(), out.units());
    }
  }

  /** Makes the derivative by sums of that by outputs. */
  static void differentiate(
      CudaMemory memory,
      ElementwiseActivation activation,
      CudaMaps deltas,
      CudaMaps values,
      int images) {
    if (activation.isIdentity()) {
      return;
    }
    KernelArgument argument = new KernelArgument().pointers(deltas.address(), values.address());
    deltas.addTo(argument);
    values.addTo(argument);
    argument.ints(images, activation.name().ordinal());
    memory.launch("differentiate", (long) images * deltas.units(), argument);
  }
}
