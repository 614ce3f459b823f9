package io.mnist4j.digits;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.TrainedRuns;
import io.mnist4j.data.ImageSet;
import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.data.store.RealMnist;
import io.mnist4j.model.foreign.ModelFile;
import io.mnist4j.predict.Classifier;
import io.mnist4j.predict.DigitReader;
import io.mnist4j.predict.DigitReader.Scope;
import io.mnist4j.predict.RecognizedDigit;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Both errors of a reader that may answer that it sees no digit: digits that it does not name, and
 * names that it gives to what is none. {@code -Dpictures=2000} takes more of each, for the table of
 * the documents.
 */
@EnabledIf(value = "io.mnist4j.data.store.RealMnist#isPresent", disabledReason = RealMnist.ABSENT)
class RejectionTest {
  private static final int PICTURES = Integer.getInteger("pictures", 200);

  /** Digits that are less sure are refused. */
  private static final double REJECT = Double.parseDouble(System.getProperty("reject", "0.5"));

  private static ImageSet mnist;
  private static DigitReader reader;

  @BeforeAll
  static void readModel() throws Exception {
    mnist = RealMnist.test();
    reader =
        new DigitReader(
            new Classifier(ModelFile.read(TrainedRuns.mnist().resolve("runs/m/model.zip"))),
            REJECT);
  }

  @Test
  void digitsAreNamed() {
    int right = 0;
    int wrong = 0;
    int refusedOfRight = 0;
    int refusedOfWrong = 0;
    for (int i = 0; i < PICTURES; i++) {
      RecognizedDigit digit = read(GreyImage.of(mnist, i)).get(0);
      boolean isRight = digit.prediction().label().equals(Integer.toString(mnist.label(i)));
      right += isRight ? 1 : 0;
      wrong += isRight ? 0 : 1;
      refusedOfRight += isRight && !digit.known() ? 1 : 0;
      refusedOfWrong += !isRight && !digit.known() ? 1 : 0;
    }
    System.out.printf(
        "refused: %d of %d digits that are read right, %d of %d that are not%n",
        refusedOfRight, right, refusedOfWrong, wrong);
    assertTrue(refusedOfRight <= 0.05 * right, refusedOfRight + " of " + right);
  }

  @Test
  void lettersAndSignsAreNot() {
    assertTrue(named("letters and signs", NonDigits.UNSEEN) <= 0.25 * PICTURES);
  }

  @Test
  void scribblesAreNot() {
    assertTrue(named("scribbles", List.of()) <= 0.25 * PICTURES);
  }

  /** How many of what is no digit get a name. */
  private static int named(String what, List<String> glyphs) {
    Random random = new Random(11);
    int named = 0;
    for (int i = 0; i < PICTURES; i++) {
      named +=
          read(picture(NonDigits.draw(glyphs, random))).stream().anyMatch(RecognizedDigit::known)
              ? 1
              : 0;
    }
    System.out.printf("named: %d of %d %s%n", named, PICTURES, what);
    return named;
  }

  /** Black on white. */
  private static GreyImage picture(InkImage image) {
    byte[] pixels = new byte[image.ink.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) Math.round(255 - 255 * image.ink[i]);
    }
    return new GreyImage(image.height, image.width, pixels);
  }

  private static List<RecognizedDigit> read(GreyImage picture) {
    return reader.read(picture.toPicture(), Scope.DIGITS);
  }
}
