package io.mnist4j.serve;

import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.digits.Box;
import io.mnist4j.digits.Digit;
import io.mnist4j.explain.Saliency;
import io.mnist4j.model.InputRange;
import io.mnist4j.predict.PredictionJson;
import io.mnist4j.predict.RecognizedDigit;
import io.mnist4j.serve.http.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonUnwrapped;

/** Pictures and pixels of 0 to 255 in, what each digit is and where out. */
final class OwnProtocol implements Protocol {
  /** The document of an answer. */
  record Answer(List<AnsweredDigit> predictions) {}

  /** A prediction with what was asked for besides; the rest is null and left out. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record AnsweredDigit(
      @JsonUnwrapped PredictionJson prediction,
      Box box,
      List<Integer> image,
      List<Float> saliency) {}

  @Override
  public InputRange range() {
    return InputRange.BYTES;
  }

  @Override
  public RequestBody read(byte[] content, String type, ModelJson.Input input, InputRange range)
      throws Problem {
    return RequestBody.of(content, type, input, range);
  }

  @Override
  public Answer answer(
      List<RecognizedDigit> digits, List<Saliency> saliencies, PredictQuery query) {
    List<AnsweredDigit> answered = new ArrayList<>();
    for (int i = 0; i < digits.size(); i++) {
      Digit digit = digits.get(i).digit();
      PredictionJson prediction = PredictionJson.of(digits.get(i).prediction());
      answered.add(
          new AnsweredDigit(
              digits.get(i).known() ? prediction : prediction.unknown(),
              digit.box(),
              query.image() ? pixels(digit.image()) : null,
              i < saliencies.size() ? saliencies.get(i).rounded() : null));
    }
    return new Answer(answered);
  }

  private static List<Integer> pixels(GreyImage image) {
    return IntStream.range(0, image.pixels().length)
        .mapToObj(i -> Byte.toUnsignedInt(image.pixels()[i]))
        .toList();
  }
}
