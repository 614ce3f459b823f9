package io.mnist4j.model.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.Networks;
import io.mnist4j.model.Provenance;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.model.layers.Avgpool2d;
import io.mnist4j.model.layers.Conv2d;
import io.mnist4j.model.layers.Dense;
import io.mnist4j.model.layers.Flatten;
import io.mnist4j.model.layers.LayerSpec;
import io.mnist4j.model.layers.Maxpool2d;
import io.mnist4j.model.layers.OutputSpec;
import java.util.List;
import java.util.Map;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorShapeProto.Dimension;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Sgd;

/** What readers need that follow the standard less closely than ONNX Runtime, such as OpenCV. */
class OnnxGraphTest {
  private static final List<LayerSpec> LENET =
      List.of(Conv2d.DEFAULT, Maxpool2d.DEFAULT, Avgpool2d.DEFAULT, Flatten.DEFAULT, Dense.DEFAULT);

  @Test
  void weightsOfDenseLayersAreTransposed() throws Exception {
    GraphProto graph = graph(List.of(Dense.DEFAULT));
    assertEquals(
        List.of(128L, 784L),
        graph.getInitializerList().stream()
            .filter(tensor -> tensor.getName().equals("dense.weights"))
            .findFirst()
            .orElseThrow()
            .getDimsList());
    for (NodeProto node : graph.getNodeList()) {
      if (node.getOpType().equals("Gemm")) {
        assertEquals("transB", node.getAttribute(0).getName());
        assertEquals(1, node.getAttribute(0).getI());
      }
    }
  }

  /** Protocol buffers leave out a value of 0, and not the type beside it. */
  @Test
  void noAttributeLacksItsValue() throws Exception {
    for (NodeProto node : graph(LENET).getNodeList()) {
      for (AttributeProto attribute : node.getAttributeList()) {
        assertTrue(
            attribute.getI() != 0 || attribute.getF() != 0 || attribute.getIntsCount() > 0,
            node.getName() + ": " + attribute.getName());
      }
    }
  }

  @Test
  void rowsAreMadeByReshape() throws Exception {
    GraphProto graph = graph(LENET);
    assertEquals(
        List.of("Conv", "Relu", "MaxPool", "AveragePool", "Reshape", "Gemm", "Relu", "Gemm"),
        graph.getNodeList().stream().map(NodeProto::getOpType).limit(8).toList());
    assertEquals(
        List.of(-1L, 6L * 6 * 32),
        graph.getInitializerList().stream()
            .filter(tensor -> tensor.getName().equals("flatten.shape"))
            .findFirst()
            .orElseThrow()
            .getInt64DataList());
  }

  @Test
  void imagesComeInAsImages() throws Exception {
    assertEquals(List.of(0L, 1L, 28L, 28L), inputOf(LENET));
    assertEquals(List.of(0L, 784L), inputOf(List.of(Dense.DEFAULT)));
  }

  private static List<Long> inputOf(List<LayerSpec> layers) throws Exception {
    return graph(layers).getInput(0).getType().getTensorType().getShape().getDimList().stream()
        .map(Dimension::getDimValue)
        .toList();
  }

  private static GraphProto graph(List<LayerSpec> layers) throws Exception {
    NetworkSpec spec = new NetworkSpec(layers, OutputSpec.DEFAULT);
    TrainedModel model =
        new TrainedModel(
            Networks.create(spec, 28, 28, 10, training -> training.updater(new Sgd()), 1),
            Provenance.unknown(10, 28, 28, "test"));
    return ModelProto.parseFrom(
            OnnxGraph.bytes(Planner.plan(model), OnnxForm.DEFAULT, "pixels", Map.of(), "1"))
        .getGraph();
  }
}
