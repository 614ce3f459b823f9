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

  /** Whether the optimizer keeps something of a parameter: of running statistics it does not. */
  public boolean hasState(int parameter) {
    return blocks.stream()
        .anyMatch(
            block ->
                parameter >= block.getParamOffsetStart()
                    && parameter < block.getParamOffsetEnd()
                    && block.getUpdaterViewOffsetEnd() > block.getUpdaterViewOffsetStart());
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
