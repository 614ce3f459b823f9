package io.mnist4j.train.engine;

import io.mnist4j.train.engine.Blas.Matrix;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * The outputs of one layer for a batch of images, and the derivative of the loss by them. In memory
 * they lie image by image, or unit by unit: {@code [images, units]} or {@code [units, images]}.
 */
final class ActivationBuffer implements AutoCloseable {
  final int units;
  final boolean imageMajor;
  final FloatPointer values;
  final FloatPointer deltas;
  final FloatBuffer valueBuffer;
  final FloatBuffer deltaBuffer;

  /**
   * @param batch the most images of a batch
   */
  ActivationBuffer(int units, int batch, boolean imageMajor) {
    this.units = units;
    this.imageMajor = imageMajor;
    values = new FloatPointer((long) units * batch);
    deltas = new FloatPointer((long) units * batch);
    valueBuffer = values.asBuffer();
    deltaBuffer = deltas.asBuffer();
  }

  /** {@code [images, units]}. */
  Matrix values(int images) {
    return matrix(values, images);
  }

  /** {@code [images, units]}. */
  Matrix deltas(int images) {
    return matrix(deltas, images);
  }

  private Matrix matrix(FloatPointer start, int images) {
    return imageMajor ? Matrix.of(start, units) : Matrix.of(start, images).transpose();
  }

  @Override
  public void close() {
    values.close();
    deltas.close();
  }
}
