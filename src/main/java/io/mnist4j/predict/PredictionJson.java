package io.mnist4j.predict;

import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.digits.Box;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.shade.jackson.databind.node.ArrayNode;
import org.nd4j.shade.jackson.databind.node.JsonNodeFactory;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/**
 * The JSON form of a prediction, on the command line and over HTTP: {@code {"digit": "7",
 * "probability": 0.98, "probabilities": {"0": 0.001, ...}, "box": {"x": 3, "y": 5, "width": 20,
 * "height": 31}}}.
 */
public final class PredictionJson {
  private PredictionJson() {}

  /** A prediction with the probabilities of all classes, in the order of the network's outputs. */
  public static ObjectNode of(Prediction prediction) {
    return of(prediction, IntStream.range(0, prediction.labels().size()).boxed().toList());
  }

  /** A prediction with the probabilities of its most probable classes, the largest first. */
  public static ObjectNode top(Prediction prediction, int classes) {
    List<Integer> ranking = prediction.ranking();
    return of(prediction, ranking.subList(0, Math.min(classes, ranking.size())));
  }

  private static ObjectNode of(Prediction prediction, List<Integer> classes) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("digit", prediction.label());
    object.put("probability", prediction.probability());
    ObjectNode probabilities = object.putObject("probabilities");
    for (int label : classes) {
      probabilities.put(prediction.labels().get(label), prediction.probabilities().get(label));
    }
    return object;
  }

  /** The same fields where no digit was found: all are null, but for empty probabilities. */
  public static ObjectNode none() {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.putNull("digit").putNull("probability").putObject("probabilities");
    object.putNull("box");
    return object;
  }

  /** Adds where the digit lies in its picture, in pixels of the file. */
  public static void putBox(ObjectNode object, Box box) {
    object
        .putObject("box")
        .put("x", box.x())
        .put("y", box.y())
        .put("width", box.width())
        .put("height", box.height());
  }

  /** Adds what the network saw, {@code [height * width]} row by row: 0 is paper, 255 is ink. */
  public static void putImage(ObjectNode object, GreyImage image) {
    ArrayNode pixels = object.putArray("image");
    for (byte pixel : image.pixels()) {
      pixels.add(Byte.toUnsignedInt(pixel));
    }
  }

  /** Adds the slopes of an explanation, {@code [height * width]} row by row, to three decimals. */
  public static void putSaliency(ObjectNode object, Saliency saliency) {
    ArrayNode slopes = object.putArray("saliency");
    for (int row = 0; row < saliency.height(); row++) {
      for (int column = 0; column < saliency.width(); column++) {
        slopes.add(Math.round(1000 * saliency.at(row, column)) / 1000f);
      }
    }
  }
}
