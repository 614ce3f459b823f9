package io.mnist4j.serve;

import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.digits.Box;
import io.mnist4j.predict.Prediction;
import io.mnist4j.predict.RecognizedDigit;
import io.mnist4j.predict.Saliency;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.shade.jackson.databind.node.ArrayNode;
import org.nd4j.shade.jackson.databind.node.JsonNodeFactory;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/** The answer of {@code POST /v1/predict}; the names are those of {@code predict}'s JSON. */
final class PredictionJson {
  private PredictionJson() {}

  /**
   * A digit with what was found out about it.
   *
   * @param saliency empty where it was not asked for
   */
  record Explained(RecognizedDigit reading, Optional<Saliency> saliency) {
    /**
     * @param saliencies of the first readings
     */
    static List<Explained> of(List<RecognizedDigit> readings, List<Saliency> saliencies) {
      List<Explained> explained = new ArrayList<>();
      for (int i = 0; i < readings.size(); i++) {
        explained.add(
            new Explained(
                readings.get(i),
                i < saliencies.size() ? Optional.of(saliencies.get(i)) : Optional.empty()));
      }
      return explained;
    }
  }

  /**
   * @param boxes whether it is told where each digit lies
   */
  static ObjectNode of(List<Explained> digits, boolean boxes, PredictQuery query) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    ArrayNode predictions = document.putArray("predictions");
    for (Explained digit : digits) {
      ObjectNode object = predictions.addObject();
      put(object, digit.reading().prediction());
      if (boxes) {
        Box box = digit.reading().digit().box();
        object
            .putObject("box")
            .put("x", box.x())
            .put("y", box.y())
            .put("width", box.width())
            .put("height", box.height());
      }
      if (query.image()) {
        put(object.putArray("image"), digit.reading().digit().image());
      }
      digit.saliency().ifPresent(saliency -> put(object.putArray("saliency"), saliency));
    }
    return document;
  }

  private static void put(ObjectNode object, Prediction prediction) {
    object.put("digit", prediction.label());
    object.put("probability", prediction.probability());
    ObjectNode probabilities = object.putObject("probabilities");
    for (int label = 0; label < prediction.labels().size(); label++) {
      probabilities.put(prediction.labels().get(label), prediction.probabilities().get(label));
    }
  }

  /** Row by row, 0 is paper and 255 is ink: what a request may hold as JSON. */
  private static void put(ArrayNode array, GreyImage image) {
    for (byte pixel : image.pixels()) {
      array.add(Byte.toUnsignedInt(pixel));
    }
  }

  private static void put(ArrayNode array, Saliency saliency) {
    for (int row = 0; row < saliency.height(); row++) {
      for (int column = 0; column < saliency.width(); column++) {
        array.add(Math.round(1000 * saliency.at(row, column)) / 1000f);
      }
    }
  }
}
