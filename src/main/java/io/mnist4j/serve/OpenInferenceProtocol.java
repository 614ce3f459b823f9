package io.mnist4j.serve;

import io.mnist4j.explain.Saliency;
import io.mnist4j.model.InputRange;
import io.mnist4j.model.export.Exporter;
import io.mnist4j.predict.RecognizedDigit;
import io.mnist4j.serve.http.Problem;
import java.util.List;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The Open Inference Protocol, version 2, over HTTP: one tensor of pixels from 0 to 1 in, one of
 * probabilities out, with the names that they have in ONNX.
 */
final class OpenInferenceProtocol implements Protocol {
  private static final String VERSION = "1";
  private static final String FLOAT = "FP32";

  private final String model;

  /** What the sender calls the request; null where it does not. */
  private String id;

  /** A tensor without its numbers; -1 is any number of images. */
  record TensorInfo(String name, String datatype, List<Long> shape) {}

  /** The answer of {@code GET /v2/models/NAME}. */
  record ModelInfo(
      String name,
      List<String> versions,
      String platform,
      List<TensorInfo> inputs,
      List<TensorInfo> outputs) {

    /**
     * @param inputShape of one image
     */
    static ModelInfo of(String name, List<Long> inputShape, int classes) {
      return new ModelInfo(
          name,
          List.of(VERSION),
          "mnist4j",
          List.of(new TensorInfo(Exporter.INPUT, FLOAT, inputShape)),
          List.of(new TensorInfo(Exporter.OUTPUT, FLOAT, List.of(-1L, (long) classes))));
    }
  }

  private record OutputTensor(String name, String datatype, List<Long> shape, List<Float> data) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record InferAnswer(
      @JsonProperty("model_name") String modelName,
      @JsonProperty("model_version") String modelVersion,
      @JsonProperty String id,
      @JsonProperty List<OutputTensor> outputs) {}

  /**
   * @param model the name that it is served by
   */
  OpenInferenceProtocol(String model) {
    this.model = model;
  }

  @Override
  public InputRange range() {
    return InputRange.UNIT;
  }

  @Override
  public Problem refusal(Problem problem) {
    return problem.asError();
  }

  @Override
  public RequestBody read(byte[] content, String type, ModelJson.Input input, InputRange range)
      throws Problem {
    PixelArrays.PixelTensor read =
        PixelArrays.readTensor(content, input.height(), input.width(), range);
    id = read.id();
    return read.body();
  }

  @Override
  public Object answer(
      List<RecognizedDigit> digits, List<Saliency> saliencies, PredictQuery query) {
    List<Float> data =
        digits.stream().flatMap(digit -> digit.prediction().probabilities().stream()).toList();
    long images = digits.size();
    long classes = images == 0 ? 0 : data.size() / images;
    OutputTensor outputs = new OutputTensor(Exporter.OUTPUT, FLOAT, List.of(images, classes), data);
    return new InferAnswer(model, VERSION, id, List.of(outputs));
  }
}
