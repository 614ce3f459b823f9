package io.mnist4j.model.export;

import static io.mnist4j.model.export.OnnxGraph.attribute;

import io.mnist4j.errors.ModelException;
import io.mnist4j.model.InputRange;
import java.util.List;
import java.util.Map;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.StringStringEntryProto;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/** A network as an ONNX model: pixels of 0 to 1 in, a number for each class out. */
final class OnnxFile {
  /** Of May 2022: every runtime of use has it, and nothing here needs more. */
  private static final int OPSET = 17;

  private static final int IR_VERSION = 8;

  static final String INPUT = "pixels";
  static final String OUTPUT = "probabilities";

  private final Plan plan;
  private final OnnxGraph graph;

  private OnnxFile(Plan plan) {
    this.plan = plan;
    this.graph = new OnnxGraph("mnist4j", INPUT, plan.pixels());
  }

  /**
   * The file's content.
   *
   * @param metadata name → text, kept with the model
   * @throws ModelException if the network does what ONNX has no word for
   */
  static byte[] bytes(Plan plan, Map<String, String> metadata, String producerVersion)
      throws ModelException {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
            .setProducerName("mnist4j")
            .setProducerVersion(producerVersion)
            .setDocString(metadata.getOrDefault(Metadata.PREPROCESSING, ""))
            .setGraph(new OnnxFile(plan).graph());
    metadata.forEach(
        (key, value) ->
            model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return model.build().toByteArray();
  }

  private GraphProto graph() throws ModelException {
    InputRange range = plan.range();
    if (!range.equals(InputRange.UNIT)) {
      graph.add("Mul", "scaled", List.of(graph.constant("scale", range.ink() - range.paper())));
      graph.add("Add", "shifted", List.of(graph.constant("offset", range.paper())));
    }
    for (ExportStep step : plan.steps()) {
      add(step);
    }
    return graph.finish(OUTPUT, plan.classes());
  }

  private void add(ExportStep step) throws ModelException {
    String name = step.name();
    if (step instanceof ExportStep.ToImage image) {
      graph.add(
          "Reshape",
          name,
          List.of(graph.constant(name + ".shape", -1, 1, image.height(), image.width())));
    } else if (step instanceof ExportStep.FlattenStep) {
      graph.add("Flatten", name, attribute("axis", 1));
    } else if (step instanceof ExportStep.DenseStep dense) {
      graph.add(
          "Gemm",
          name,
          List.of(
              graph.constant(name + ".weights", dense.weights()),
              graph.constant(name + ".bias", dense.bias())));
    } else if (step instanceof ExportStep.Convolution convolution) {
      ExportStep.Sliding window = convolution.window();
      graph.add(
          "Conv",
          name,
          List.of(
              graph.constant(name + ".weights", convolution.weights()),
              graph.constant(name + ".bias", convolution.bias())),
          attribute("kernel_shape", window.kernel().toArray()),
          attribute("strides", window.strides().toArray()),
          attribute("dilations", window.dilation().toArray()),
          attribute("pads", pads(window.edges())));
    } else if (step instanceof ExportStep.Pooling pooling) {
      pool(pooling);
    } else if (step instanceof ExportStep.GlobalPooling pooling) {
      graph
          .add(pooling.max() ? "GlobalMaxPool" : "GlobalAveragePool", name + ".pool")
          .add("Flatten", name, attribute("axis", 1));
    } else if (step instanceof ExportStep.PaddingStep padding) {
      ExportStep.Edges e = padding.edges();
      String pads =
          graph.constant(name + ".pads", 0, 0, e.top(), e.left(), 0, 0, e.bottom(), e.right());
      graph.add("Pad", name, List.of(pads));
    } else if (step instanceof ExportStep.BatchNorm norm) {
      graph.add(
          "BatchNormalization",
          name,
          List.of(
              graph.constant(name + ".gamma", norm.gamma()),
              graph.constant(name + ".beta", norm.beta()),
              graph.constant(name + ".mean", norm.mean()),
              graph.constant(name + ".variance", norm.variance())),
          attribute("epsilon", norm.epsilon()));
    } else if (step instanceof ExportStep.ActivationStep activation) {
      activate(name, activation.function());
    }
    // A dropout does nothing to a trained network.
  }

  private void pool(ExportStep.Pooling pooling) {
    ExportStep.Sliding window = pooling.window();
    if (pooling.max()) {
      graph.add(
          "MaxPool",
          pooling.name(),
          attribute("kernel_shape", window.kernel().toArray()),
          attribute("strides", window.strides().toArray()),
          attribute("dilations", window.dilation().toArray()),
          attribute("pads", pads(window.edges())));
    } else {
      graph.add(
          "AveragePool",
          pooling.name(),
          attribute("kernel_shape", window.kernel().toArray()),
          attribute("strides", window.strides().toArray()),
          attribute("pads", pads(window.edges())),
          attribute("count_include_pad", pooling.countsPadding() ? 1 : 0));
    }
  }

  private static int[] pads(ExportStep.Edges edges) {
    return new int[] {edges.top(), edges.left(), edges.bottom(), edges.right()};
  }

  private void activate(String name, IActivation function) throws ModelException {
    String before = graph.last();
    if (function instanceof ActivationSoftmax) {
      graph.add("Softmax", name, attribute("axis", 1));
    } else if (function instanceof ActivationReLU relu && Activations.isPlain(relu)) {
      graph.add("Relu", name);
      if (relu.getMax() != null) {
        String zero = graph.constant(name + ".min", 0.0);
        graph.add(
            "Clip", name + ".clipped", List.of(zero, graph.constant(name + ".max", relu.getMax())));
      }
    } else if (function instanceof ActivationReLU6) {
      String zero = graph.constant(name + ".min", 0.0);
      graph.add("Clip", name, List.of(zero, graph.constant(name + ".max", 6.0)));
    } else if (function instanceof ActivationLReLU leaky) {
      graph.add("LeakyRelu", name, attribute("alpha", leaky.getAlpha()));
    } else if (function instanceof ActivationELU elu) {
      graph.add("Elu", name, attribute("alpha", elu.getAlpha()));
    } else if (function instanceof ActivationSELU) {
      graph.add("Selu", name);
    } else if (function instanceof ActivationSigmoid) {
      graph.add("Sigmoid", name);
    } else if (function instanceof ActivationHardSigmoid) {
      graph.add("HardSigmoid", name, attribute("alpha", 0.2), attribute("beta", 0.5));
    } else if (function instanceof ActivationTanH) {
      graph.add("Tanh", name);
    } else if (function instanceof ActivationSoftPlus) {
      graph.add("Softplus", name);
    } else if (function instanceof ActivationSoftSign) {
      graph.add("Softsign", name);
    } else if (function instanceof ActivationSwish) {
      graph.add("Sigmoid", name + ".sigmoid").add("Mul", name, List.of(before));
    } else if (function instanceof ActivationGELU gelu && !gelu.isPrecise()) {
      // ND4J's: x · sigmoid(1.702 x).
      graph
          .add("Mul", name + ".scaled", List.of(graph.constant(name + ".factor", 1.702)))
          .add("Sigmoid", name + ".sigmoid")
          .add("Mul", name, List.of(before));
    } else {
      throw Activations.unknown(function, "ONNX");
    }
  }
}
