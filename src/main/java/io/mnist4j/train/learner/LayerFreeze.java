package io.mnist4j.train.learner;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The first layers of a DL4J network wrapped by {@link FrozenLayer} for as long as it trains: the
 * way back ends there, and they compute as in evaluation. The configuration stays as it is, and
 * with it what is written to files.
 */
final class LayerFreeze implements AutoCloseable {
  private final Layer[] layers;
  private final Layer[] unfrozen;

  /**
   * @param count of layers, 0 for none; the output layer cannot be one of them
   */
  LayerFreeze(MultiLayerNetwork network, int count) {
    layers = network.getLayers();
    unfrozen = layers.clone();
    for (int i = 0; i < count; i++) {
      // The network that the first of several devices trains is frozen already.
      layers[i] = layers[i] instanceof FrozenLayer ? layers[i] : new Frozen(layers[i]);
    }
  }

  /** Makes the layers those that they were. */
  @Override
  public void close() {
    System.arraycopy(unfrozen, 0, layers, 0, layers.length);
  }

  /**
   * Brings what it passes on to where DL4J looks for it: dropout that does nothing hands its input
   * on, which DL4J refuses in training where that is the batch itself.
   */
  private static final class Frozen extends FrozenLayer {
    private static final long serialVersionUID = 1;

    Frozen(Layer layer) {
      super(layer);
    }

    @Override
    public INDArray activate(INDArray input, boolean training, LayerWorkspaceMgr workspaces) {
      INDArray output = super.activate(input, training, workspaces);
      return output.isAttached() ? output : workspaces.dup(ArrayType.ACTIVATIONS, output);
    }
  }
}
