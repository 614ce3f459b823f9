package io.mnist4j.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.digits.Box;
import io.mnist4j.digits.Digit;
import io.mnist4j.predict.PicturePrediction;
import io.mnist4j.predict.Prediction;
import io.mnist4j.predict.RecognizedDigit;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionFormatTest {
  private static final List<String> LABELS = List.of("a,b", "\u202ec");
  private static final String PROBABILITIES = "\"probabilities\":{\"a,b\":0.25,\"\u202ec\":0.75}";

  private final RecognizedDigit digit =
      new RecognizedDigit(
          new Digit(new Box(1, 2, 3, 4), new GreyImage(1, 1, new byte[1])),
          new Prediction(LABELS, List.of(0.25f, 0.75f)));

  @Test
  void textIsForATerminal() {
    assertEquals(
        "x\\x07: \\u202ec (0.7500)\n", PredictionFormat.TEXT.of(picture("x\7", false, 1), null, 1));
    assertEquals(
        "x: \\u202ec (0.7500), a,b (0.2500)\n",
        PredictionFormat.TEXT.of(picture("x", false, 1), 2, 1));
    assertEquals(
        "x: \\u202ec\\u202ec (0.7500 0.7500)\n",
        PredictionFormat.TEXT.of(picture("x", true, 2), null, 1));
    assertEquals(
        "x: none (no digit was found)\n", PredictionFormat.TEXT.of(picture("x", true, 0), null, 1));
  }

  @Test
  void jsonHasTheSameKeysWithAndWithoutADigit() {
    assertEquals(
        "{\"file\":\"x\",\"digit\":\"\u202ec\",\"probability\":0.75,"
            + PROBABILITIES
            + ",\"box\":{\"x\":1,\"y\":2,\"width\":3,\"height\":4}}\n",
        PredictionFormat.JSONL.of(picture("x", false, 1), null, 1));
    assertEquals(
        "{\"file\":\"x\",\"digit\":null,\"probability\":null,\"probabilities\":{},\"box\":null}\n",
        PredictionFormat.JSON.of(picture("x", false, 0), null, 1));
    assertEquals(
        "{\"file\":\"x\",\"digits\":\"\",\"found\":[]}\n",
        PredictionFormat.JSONL.of(picture("x", true, 0), null, 1));
  }

  @Test
  void whatIsNotSurelyADigitHasNoName() {
    List<RecognizedDigit> two =
        List.of(digit, new RecognizedDigit(digit.digit(), digit.prediction(), false));
    PicturePrediction one = new PicturePrediction("x", LABELS, two.subList(1, 2), false);
    PicturePrediction strip = new PicturePrediction("x", LABELS, two, true);
    assertEquals(
        "x: none (what was found is not surely a digit)\n", PredictionFormat.TEXT.of(one, null, 1));
    assertEquals("x: \\u202ec? (0.7500 0.7500)\n", PredictionFormat.TEXT.of(strip, null, 1));
    assertEquals(
        "{\"file\":\"x\",\"digit\":null,\"probability\":null,"
            + PROBABILITIES
            + ",\"box\":{\"x\":1,\"y\":2,\"width\":3,\"height\":4}}\n",
        PredictionFormat.JSONL.of(one, null, 1));
    assertEquals("x,1,2,3,4,,,0.25,0.75\n", PredictionFormat.CSV.of(one, null, 1));
  }

  @Test
  void csvQuotesNamesAndHasARowADigit() {
    assertEquals(
        "file,x,y,width,height,digit,probability,\"a,b\",\u202ec\n",
        PredictionFormat.CSV.header(LABELS));
    String row = "\"x,y\",1,2,3,4,\u202ec,0.75,0.25,0.75\n";
    assertEquals(row + row, PredictionFormat.CSV.of(picture("x,y", true, 2), null, 1));
    assertEquals("x,,,,,,,,\n", PredictionFormat.CSV.of(picture("x", true, 0), null, 1));
  }

  private PicturePrediction picture(String file, boolean strip, int digits) {
    return new PicturePrediction(file, LABELS, List.of(digit, digit).subList(0, digits), strip);
  }
}
