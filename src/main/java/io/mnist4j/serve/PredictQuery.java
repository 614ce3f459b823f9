package io.mnist4j.serve;

import io.mnist4j.model.InputRange;
import io.mnist4j.serve.http.Problem;
import org.apache.commons.lang3.math.NumberUtils;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/**
 * What a request for predictions says in its address.
 *
 * @param image whether the answer holds what the network saw
 * @param explain whether it holds the explanations of the predictions
 * @param segment whether digits of a picture that touch are cut apart
 * @param reject digits that are less sure are answered as none, 0 to 1
 * @param scale the numbers that stand for paper and ink in JSON
 */
record PredictQuery(
    boolean image, boolean explain, boolean segment, double reject, InputRange scale) {

  /**
   * Reads the address.
   *
   * @param usual the numbers of paper and ink where it does not say them
   */
  static PredictQuery of(Request request, InputRange usual) throws Problem {
    boolean image = false;
    boolean explain = false;
    boolean segment = false;
    double reject = 0;
    InputRange scale = usual;
    Fields fields;
    try {
      fields = Request.extractQueryParameters(request);
    } catch (RuntimeException e) {
      throw new Problem(400, "what follows the ? of the address is malformed");
    }
    for (Fields.Field field : fields) {
      switch (field.getName()) {
        case "image" -> image = isTrue(field);
        case "explain" -> explain = isTrue(field);
        case "segment" -> segment = isTrue(field);
        case "reject" -> reject = probability(field);
        case "scale" -> scale = range(field);
        default ->
            throw new Problem(
                400,
                "there is no parameter %s; there are image, explain, segment, reject and scale"
                    .formatted(field.getName()));
      }
    }
    return new PredictQuery(image, explain, segment, reject, scale);
  }

  private static boolean isTrue(Fields.Field field) throws Problem {
    return switch (field.getValue()) {
      case "true", "1", "" -> true;
      case "false", "0" -> false;
      default ->
          throw new Problem(
              400, "%s is true or false, not %s".formatted(field.getName(), field.getValue()));
    };
  }

  private static double probability(Fields.Field field) throws Problem {
    double number = NumberUtils.toDouble(field.getValue(), Double.NaN);
    if (!(number >= 0 && number <= 1)) {
      throw new Problem(
          400, "%s is from 0 to 1, not %s".formatted(field.getName(), field.getValue()));
    }
    return number;
  }

  private static InputRange range(Fields.Field field) throws Problem {
    try {
      return InputRange.parse(field.getValue());
    } catch (IllegalArgumentException e) {
      throw new Problem(400, "scale: " + e.getMessage());
    }
  }
}
