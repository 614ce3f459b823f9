package io.mnist4j.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.strokes.Strokes;
import io.mnist4j.model.InputRange;
import io.mnist4j.model.Provenance;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.model.foreign.ModelFile;
import io.mnist4j.model.foreign.ModelFiles;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InputRangeDetectorTest {
  private static final ImageSet DIGITS = Strokes.generate(9, 300);

  @Test
  void findsRawPixelsAndSaysSo() throws Exception {
    TrainedModel read = ModelFile.read(ModelFiles.file("keras3-bytes.h5"));
    TrainedModel model = InputRangeDetector.on(read, DIGITS, "test");
    assertEquals(InputRange.BYTES, model.range());
    String note = model.origin().orElseThrow().notes().get(0);
    assertTrue(
        note.matches(
            "it seems to take pixels of 0\\.\\.255: it names \\d+ % of 300 test images right so,"
                + " and \\d+ % with 0\\.\\.1; --scale says it for certain"),
        note);
    assertEquals(InputRange.BYTES, InputRangeDetector.onStrokes(read).range());
  }

  @Test
  void leavesTheUsualRangeAlone() throws Exception {
    TrainedModel read = ModelFile.read(ModelFiles.file("keras3-cnn.h5"));
    assertSame(read, InputRangeDetector.onStrokes(read));
  }

  @Test
  void believesWhatIsSaid() throws Exception {
    TrainedModel read =
        ModelFile.read(ModelFiles.file("keras3-bytes.h5"), Optional.of(InputRange.UNIT));
    assertSame(read, InputRangeDetector.on(read, DIGITS, "test"));
  }

  /** A network of fewer classes than there are digits is asked nothing. */
  @Test
  void passesOverWhatIsNotForDigits() throws Exception {
    TrainedModel read = ModelFile.read(ModelFiles.file("keras3-bytes.h5"));
    TrainedModel two =
        new TrainedModel(read.network(), Provenance.unknown(2, 28, 28, "test"), read.origin());
    assertSame(two, InputRangeDetector.onStrokes(two));
  }

  @Test
  void saysWhenNothingSuits() throws Exception {
    TrainedModel read = ModelFile.read(ModelFiles.file("keras3-functional.h5"));
    TrainedModel model = InputRangeDetector.on(read, DIGITS, "test");
    assertEquals(InputRange.UNIT, model.range());
    List<String> notes = model.origin().orElseThrow().notes();
    assertTrue(notes.get(0).contains("and 0..1 is assumed"), notes.toString());
  }
}
