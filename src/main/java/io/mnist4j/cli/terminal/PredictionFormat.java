package io.mnist4j.cli.terminal;

import io.mnist4j.digits.Box;
import io.mnist4j.predict.PicturePrediction;
import io.mnist4j.predict.Prediction;
import io.mnist4j.predict.PredictionJson;
import io.mnist4j.predict.RecognizedDigit;
import io.mnist4j.report.text.NumberText;
import io.mnist4j.text.Csv;
import io.mnist4j.text.Json;
import io.mnist4j.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.nd4j.shade.jackson.annotation.JsonUnwrapped;

/** How predictions are written to stdout. */
public enum PredictionFormat {
  TEXT {
    @Override
    public String of(PicturePrediction picture, Integer top, int number) {
      List<RecognizedDigit> told = picture.told();
      String file = Printable.of(picture.file());
      if (told.isEmpty()) {
        return file + ": none (no digit was found)\n";
      }
      int classes = top == null ? 1 : top;
      if (!picture.strip() && !told.get(0).known()) {
        return file + ": none (what was found is not surely a digit)\n";
      }
      if (!picture.strip()) {
        return file + ": " + ranked(told.get(0).prediction(), classes) + "\n";
      }
      StringBuilder text = new StringBuilder(file + ": " + Printable.of(digits(told)));
      if (classes == 1) {
        text.append(
            told.stream()
                .map(digit -> number(digit.prediction().probability()))
                .collect(Collectors.joining(" ", " (", ")")));
      }
      text.append('\n');
      for (RecognizedDigit digit : classes == 1 ? List.<RecognizedDigit>of() : told) {
        text.append("  ").append(ranked(digit.prediction(), classes)).append('\n');
      }
      return text.toString();
    }
  },
  JSONL {
    @Override
    public String of(PicturePrediction picture, Integer top, int number) {
      List<LocatedPrediction> found =
          picture.told().stream()
              .map(digit -> new LocatedPrediction(json(digit, top), digit.digit().box()))
              .toList();
      Object line =
          picture.strip()
              ? new StripLine(picture.file(), digits(picture.told()), found)
              : new PictureLine(
                  picture.file(),
                  found.isEmpty()
                      ? new LocatedPrediction(PredictionJson.NONE, null)
                      : found.get(0));
      return Json.line(line) + "\n";
    }
  },
  /** What the option of the other commands is called. */
  JSON {
    @Override
    public String of(PicturePrediction picture, Integer top, int number) {
      return JSONL.of(picture, top, number);
    }
  },
  CSV {
    @Override
    public String header(List<String> labels) {
      return "file,x,y,width,height,digit,probability," + Csv.row(labels);
    }

    @Override
    public String of(PicturePrediction picture, Integer top, int number) {
      if (picture.told().isEmpty()) {
        return Csv.cell(picture.file()) + ",".repeat(6 + picture.labels().size()) + "\n";
      }
      StringBuilder rows = new StringBuilder();
      for (RecognizedDigit digit : picture.told()) {
        Box box = digit.digit().box();
        Prediction prediction = digit.prediction();
        List<Object> cells =
            new ArrayList<>(List.of(picture.file(), box.x(), box.y(), box.width(), box.height()));
        cells.add(digit.known() ? prediction.label() : "");
        cells.add(digit.known() ? prediction.probability() : "");
        cells.addAll(prediction.probabilities());
        rows.append(Csv.row(cells));
      }
      return rows.toString();
    }
  },
  /** What Kaggle's digit recogniser takes: the number of each image, and what it shows. */
  KAGGLE {
    @Override
    public String header(List<String> labels) {
      return "ImageId,Label\n";
    }

    @Override
    public String of(PicturePrediction picture, Integer top, int number) {
      return Csv.row(List.of(number, digits(picture.told())));
    }
  };

  /** The JSON of a digit with its place. */
  private record LocatedPrediction(@JsonUnwrapped PredictionJson prediction, Box box) {}

  private record PictureLine(String file, @JsonUnwrapped LocatedPrediction found) {}

  private record StripLine(String file, String digits, List<LocatedPrediction> found) {}

  /** What comes before all pictures. */
  public String header(List<String> labels) {
    return "";
  }

  /**
   * The lines of one picture.
   *
   * @param top how many classes are told; null for as many as is usual
   * @param number of the picture, from 1
   */
  public abstract String of(PicturePrediction picture, Integer top, int number);

  private static String digits(List<RecognizedDigit> readings) {
    return readings.stream().map(RecognizedDigit::name).collect(Collectors.joining());
  }

  private static PredictionJson json(RecognizedDigit digit, Integer top) {
    PredictionJson json =
        top == null
            ? PredictionJson.of(digit.prediction())
            : PredictionJson.top(digit.prediction(), top);
    return digit.known() ? json : json.unknown();
  }

  private static String ranked(Prediction prediction, int classes) {
    return prediction.ranking().stream()
        .limit(classes)
        .map(
            i ->
                Printable.of(prediction.labels().get(i))
                    + " ("
                    + number(prediction.probabilities().get(i))
                    + ")")
        .collect(Collectors.joining(", "));
  }

  private static String number(float probability) {
    return NumberText.format("%.4f", probability);
  }
}
