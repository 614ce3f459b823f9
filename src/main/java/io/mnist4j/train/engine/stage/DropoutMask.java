package io.mnist4j.train.engine.stage;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.random.impl.DropOutInverted;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * What dropout multiplies the outputs of a layer by, {@code [images, units]}: 0, or 1 / the
 * probability of being kept. Drawn by ND4J as DL4J's own layer does, so that the same seed drops
 * the same numbers.
 */
public final class DropoutMask {
  private final double keepProbability;
  private final INDArray array;
  private final FloatBuffer buffer;

  /**
   * @param keepProbability above 0, at most 1
   * @param batch the most images of a batch
   */
  public DropoutMask(double keepProbability, int batch, int units) {
    this.keepProbability = keepProbability;
    array = Nd4j.createUninitialized(DataType.FLOAT, batch, units);
    buffer = array.data().asNioFloat();
  }

  /** Draws one for a batch. */
  public FloatBuffer draw(int images) {
    INDArray rows =
        images == array.rows()
            ? array
            : array.get(NDArrayIndex.interval(0, images), NDArrayIndex.all());
    rows.assign(1.0);
    Nd4j.getExecutioner().exec(new DropOutInverted(rows, rows, keepProbability));
    return buffer;
  }
}
