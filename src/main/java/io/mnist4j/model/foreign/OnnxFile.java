package io.mnist4j.model.foreign;

import io.mnist4j.model.InputRange;
import io.mnist4j.text.Json;
import io.mnist4j.text.Printable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import onnx.Onnx.ModelProto;
import onnx.Onnx.StringStringEntryProto;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.protobuf.InvalidProtocolBufferException;

/**
 * An ONNX model, of this program or of another one. Its nodes have to follow one another, as those
 * of a perceptron or of a plain convolutional network do.
 */
final class OnnxFile {
  /** The keys of a ModelProto that may come first after its version. */
  private static final List<Integer> SECOND_KEYS =
      List.of(0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42);

  private static final int LATEST_VERSION = 40;

  private OnnxFile() {}

  /** Whether a file begins as ONNX' protobuf does: with its version, and another key after it. */
  static boolean isStart(byte[] start) {
    return start.length > 2
        && start[0] == 0x08
        && start[1] > 0
        && start[1] < LATEST_VERSION
        && SECOND_KEYS.contains((int) start[2]);
  }

  static ForeignNetwork read(Path file) throws UnreadableModelException {
    ModelProto model = model(file);
    OnnxConstants constants = new OnnxConstants(file);
    List<String> notes = new ArrayList<>();
    ForeignNetwork network = new OnnxLayers(model.getGraph(), constants, notes).network();
    boolean ours = model.getProducerName().equals("mnist4j");
    Optional<InputRange> range = ours ? Optional.of(InputRange.UNIT) : network.said().range();
    String producer = model.getProducerName() + " " + model.getProducerVersion();
    return network.saying(
        new ForeignNetwork.Said(
            "ONNX" + (producer.isBlank() ? "" : " of " + Printable.of(producer.strip())),
            range,
            labels(model),
            notes));
  }

  private static ModelProto model(Path file) throws UnreadableModelException {
    byte[] bytes = WholeFile.read(file);
    try {
      return ModelProto.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new UnreadableModelException("its ONNX is damaged: " + e.getMessage(), e);
    }
  }

  /** The names of the classes, which this program writes into the metadata. */
  private static List<String> labels(ModelProto model) throws UnreadableModelException {
    for (StringStringEntryProto entry : model.getMetadataPropsList()) {
      if (entry.getKey().equals("labels")) {
        List<String> labels = new ArrayList<>();
        try {
          for (JsonNode label : Json.parse(entry.getValue())) {
            labels.add(label.asText());
          }
        } catch (IllegalArgumentException e) {
          return List.of();
        }
        return labels.stream().allMatch(Printable::isName) ? labels : List.of();
      }
    }
    return List.of();
  }
}
