package io.mnist4j.train.engine.stage;

import io.mnist4j.train.engine.stage.Blas.Matrix;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * The outputs of one layer for a batch of images, and the derivative of the loss by them. In memory
 * they lie image by image, or unit by unit: {@code [images, units]} or {@code [units, images]}.
 */
public final class ActivationBuffer implements AutoCloseable {
  /**
   * Added and taken off again, it makes 0 of a value or derivative that is far too small to matter,
   * as the derivatives of images that the network has memorised: products with them would be
   * denormal, and slow.
   */
  public static final float TINY = 1e-20f;

  public final int units;
  public final boolean imageMajor;
  public final FloatPointer values;
  public final FloatPointer deltas;
  public final FloatBuffer valueBuffer;
  public final FloatBuffer deltaBuffer;

  /**
   * @param batch the most images of a batch
   */
  public ActivationBuffer(int units, int batch, boolean imageMajor) {
    this.units = units;
    this.imageMajor = imageMajor;
    values = new FloatPointer((long) units * batch);
    deltas = new FloatPointer((long) units * batch);
    valueBuffer = values.asBuffer();
    deltaBuffer = deltas.asBuffer();
  }

  /** {@code [images, units]}. */
  public Matrix values(int images) {
    return matrix(values, images);
  }

  /** {@code [images, units]}. */
  public Matrix deltas(int images) {
    return matrix(deltas, images);
  }

  private Matrix matrix(FloatPointer start, int images) {
    return imageMajor ? Matrix.of(start, units) : Matrix.of(start, images).transpose();
  }

  /** Pieces of memory that belong together: units, or where it is image-major, images. */
  public int lines(int images) {
    return imageMajor ? images : units;
  }

  /** Numbers of one line. */
  public int lineLength(int images) {
    return imageMajor ? units : images;
  }

  @Override
  public void close() {
    values.close();
    deltas.close();
  }
}
