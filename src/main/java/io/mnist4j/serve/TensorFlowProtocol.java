package io.mnist4j.serve;

import io.mnist4j.explain.Saliency;
import io.mnist4j.model.InputRange;
import io.mnist4j.predict.RecognizedDigit;
import io.mnist4j.serve.http.Problem;
import java.util.List;
import java.util.Map;

/**
 * TensorFlow Serving's REST: {@code {"instances": [...]}} of pixels from 0 to 1 in, the
 * probabilities of each image out.
 */
final class TensorFlowProtocol implements Protocol {
  @Override
  public InputRange range() {
    return InputRange.UNIT;
  }

  @Override
  public RequestBody read(byte[] content, String type, ModelJson.Input input, InputRange range)
      throws Problem {
    return PixelArrays.readInstances(content, input.height(), input.width(), range);
  }

  @Override
  public Map<String, List<List<Float>>> answer(
      List<RecognizedDigit> digits, List<Saliency> saliencies, PredictQuery query) {
    return Map.of(
        "predictions", digits.stream().map(digit -> digit.prediction().probabilities()).toList());
  }
}
