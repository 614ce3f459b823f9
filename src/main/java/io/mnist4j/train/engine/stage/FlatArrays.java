package io.mnist4j.train.engine.stage;

import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.MultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The arrays that a DL4J network keeps its parameters, gradients and updater state in, each in one
 * piece. A dense layer has its weights as {@code [outputs, inputs]}, row by row, and its biases
 * after them; the updater state of a block of parameters is its first state for all of them, then
 * the second, and so on.
 */
public final class FlatArrays {
  // Held because the memory is freed with the array, even if pointers to it exist.
  private final INDArray parameterArray;
  private final INDArray gradientArray;
  private final INDArray stateArray;
  private final List<UpdaterBlock> blocks;
  public final FloatPointer parameters;
  public final FloatPointer gradients;
  public final FloatBuffer parameterBuffer;
  public final FloatBuffer gradientBuffer;
  public final FloatBuffer stateBuffer;

  public FlatArrays(MultiLayerNetwork network) {
    MultiLayerUpdater updater = (MultiLayerUpdater) network.getUpdater();
    blocks = updater.getUpdaterBlocks();
    parameterArray = network.params();
    gradientArray = network.getGradientsViewArray();
    stateArray = updater.getStateViewArray();
    parameters = start(parameterArray);
    gradients = start(gradientArray);
    parameterBuffer = parameterArray.data().asNioFloat();
    gradientBuffer = gradientArray.data().asNioFloat();
    stateBuffer = stateArray == null ? FloatBuffer.allocate(0) : stateArray.data().asNioFloat();
  }

  private static FloatPointer start(INDArray array) {
    return new FloatPointer(array.data().addressPointer());
  }

  /** A stretch of parameters of which the optimizer keeps something. */
  @FunctionalInterface
  public interface StateStretch {
    /**
     * One state of each of them.
     *
     * @param index of the first one in {@link #stateBuffer}
     * @param parameter the first of them
     * @param length how many
     */
    void run(int index, int state, int parameter, int length);
  }

  /** Goes through all states; of running statistics there are none. */
  public void forEachState(int states, StateStretch work) {
    for (UpdaterBlock block : blocks) {
      int length = block.getParamOffsetEnd() - block.getParamOffsetStart();
      int first = block.getUpdaterViewOffsetStart();
      if (block.getUpdaterViewOffsetEnd() > first) {
        for (int state = 0; state < states; state++) {
          work.run(first + state * length, state, block.getParamOffsetStart(), length);
        }
      }
    }
  }

  /** Where one of the states of a parameter lies. */
  public int stateIndex(int parameter, int state) {
    for (UpdaterBlock block : blocks) {
      if (parameter >= block.getParamOffsetStart() && parameter < block.getParamOffsetEnd()) {
        int length = block.getParamOffsetEnd() - block.getParamOffsetStart();
        return block.getUpdaterViewOffsetStart()
            + state * length
            + parameter
            - block.getParamOffsetStart();
      }
    }
    throw new IllegalArgumentException("no parameter " + parameter);
  }
}
