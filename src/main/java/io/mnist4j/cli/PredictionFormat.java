package io.mnist4j.cli;

import io.mnist4j.cli.terminal.Terminal;
import io.mnist4j.digits.Box;
import io.mnist4j.predict.PicturePrediction;
import io.mnist4j.predict.Prediction;
import io.mnist4j.predict.PredictionJson;
import io.mnist4j.predict.RecognizedDigit;
import io.mnist4j.text.Csv;
import io.mnist4j.text.Json;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.nd4j.shade.jackson.databind.node.ArrayNode;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/** How predictions are written to stdout. */
enum PredictionFormat {
  TEXT {
    @Override
    String of(PicturePrediction picture, Integer top) {
      List<RecognizedDigit> told = picture.told();
      String file = Terminal.printable(picture.file());
      if (told.isEmpty()) {
        return file + ": none (no digit was found)\n";
      }
      int classes = top == null ? 1 : top;
      if (!picture.strip()) {
        return file + ": " + ranked(told.get(0).prediction(), classes, ", ") + "\n";
      }
      StringBuilder text = new StringBuilder(file + ": " + digits(told));
      if (classes == 1) {
        text.append(
            told.stream()
                .map(digit -> number(digit.prediction().probability()))
                .collect(Collectors.joining(" ", " (", ")")));
      }
      text.append('\n');
      for (RecognizedDigit digit : classes == 1 ? List.<RecognizedDigit>of() : told) {
        text.append("  ").append(ranked(digit.prediction(), classes, ", ")).append('\n');
      }
      return text.toString();
    }
  },
  JSONL {
    @Override
    String of(PicturePrediction picture, Integer top) {
      ObjectNode document = Json.object().put("file", picture.file());
      if (picture.strip()) {
        document.put("digits", digits(picture.told()));
        ArrayNode found = document.putArray("found");
        picture.told().forEach(digit -> found.add(json(digit, top)));
      } else if (picture.told().isEmpty()) {
        document.setAll(PredictionJson.none());
      } else {
        document.setAll(json(picture.told().get(0), top));
      }
      return document + "\n";
    }

    private ObjectNode json(RecognizedDigit digit, Integer top) {
      ObjectNode object =
          top == null
              ? PredictionJson.of(digit.prediction())
              : PredictionJson.top(digit.prediction(), top);
      PredictionJson.putBox(object, digit.digit().box());
      return object;
    }
  },
  /** What the option of the other commands is called. */
  JSON {
    @Override
    String of(PicturePrediction picture, Integer top) {
      return JSONL.of(picture, top);
    }
  },
  CSV {
    @Override
    String header(List<String> labels) {
      return "file,x,y,width,height,digit,probability,"
          + labels.stream().map(Csv::cell).collect(Collectors.joining(","))
          + "\n";
    }

    @Override
    String of(PicturePrediction picture, Integer top) {
      if (picture.told().isEmpty()) {
        return Csv.cell(picture.file()) + ",".repeat(6 + picture.labels().size()) + "\n";
      }
      StringBuilder rows = new StringBuilder();
      for (RecognizedDigit digit : picture.told()) {
        Box box = digit.digit().box();
        Prediction prediction = digit.prediction();
        rows.append(Csv.cell(picture.file()))
            .append(",%d,%d,%d,%d,".formatted(box.x(), box.y(), box.width(), box.height()))
            .append(Csv.cell(prediction.label()))
            .append(',')
            .append(prediction.probability());
        prediction.probabilities().forEach(probability -> rows.append(',').append(probability));
        rows.append('\n');
      }
      return rows.toString();
    }
  };

  /** What comes before all pictures. */
  String header(List<String> labels) {
    return "";
  }

  /**
   * The lines of one picture.
   *
   * @param top how many classes are told; null for as many as is usual
   */
  abstract String of(PicturePrediction picture, Integer top);

  private static String digits(List<RecognizedDigit> readings) {
    return readings.stream().map(r -> r.prediction().label()).collect(Collectors.joining());
  }

  private static String ranked(Prediction prediction, int classes, String separator) {
    return prediction.ranking().stream()
        .limit(classes)
        .map(
            label ->
                prediction.labels().get(label)
                    + " ("
                    + number(prediction.probabilities().get(label))
                    + ")")
        .collect(Collectors.joining(separator));
  }

  private static String number(float probability) {
    return String.format(Locale.ROOT, "%.4f", probability);
  }
}
