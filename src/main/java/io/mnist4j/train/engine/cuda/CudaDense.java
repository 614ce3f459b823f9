package io.mnist4j.train.engine.cuda;

import io.mnist4j.model.layers.Activation;
import io.mnist4j.train.engine.cuda.CudaProduct.CudaMatrix;
import io.mnist4j.train.engine.cuda.CudaProduct.Epilogue;
import io.mnist4j.train.engine.stage.ElementwiseActivation;

/** A dense layer: its weights are {@code [units, inputs]}, its biases come after them. */
final class CudaDense extends CudaLayer {
  private final ElementwiseActivation activation;
  private final CudaProduct forward;
  private final CudaProduct gradient;
  private final CudaProduct backward;

  CudaDense(
      CudaMemory memory, CudaLink below, CudaLink above, Activation activation, CudaPlace place) {
    super(memory, below, above);
    int start = place.start();
    int room = place.room();
    this.activation = ElementwiseActivation.of(activation);
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
            sumsAddress(),
            0,
            KernelCodes.of(this.activation.name()));
    forward =
        new CudaProduct(
            memory,
            new CudaMatrix(in.address(), images, pixels, true),
            new CudaMatrix(memory.weights(start), numbers, filters, false),
            new CudaMatrix(out.address(), outRows, numbers, true),
            outputs);
    if (outDeltas == null) {
      gradient = null;
      backward = null;
      return;
    }
    gradient =
        new CudaProduct(
            memory,
            new CudaMatrix(outDeltas.address(), numbers, outRows, false),
            new CudaMatrix(in.address(), images, pixels, true),
            new CudaMatrix(memory.gradients(start), filters, numbers, true),
            Epilogue.rowSums(memory.gradients(biases)));
    if (inDeltas == null) {
      backward = null;
    } else {
      long deltaRows = CudaProduct.table(memory, room, i -> i * inDeltas.imageStride());
      long deltaPixels = CudaProduct.table(memory, inputs, inDeltas::at);
      backward =
          new CudaProduct(
              memory,
              new CudaMatrix(outDeltas.address(), outRows, numbers, true),
              new CudaMatrix(memory.weights(start), filters, numbers, true),
              new CudaMatrix(inDeltas.address(), deltaRows, deltaPixels, true),
              Epilogue.none());
    }
  }

  @Override
  void forward(int images, boolean training) {
    forward.launch(images, out.units(), in.units());
  }

  @Override
  void backward(int images) {
    differentiate(activation, images);
    gradient.launch(out.units(), in.units(), images);
    if (backward != null) {
      backward.launch(images, in.units(), out.units());
    }
  }
}
