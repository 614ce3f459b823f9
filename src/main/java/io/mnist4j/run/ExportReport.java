package io.mnist4j.run;

import io.mnist4j.data.strokes.Strokes;
import io.mnist4j.errors.ModelException;
import io.mnist4j.model.InputRange;
import io.mnist4j.model.Tensors;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.model.export.ExportFormat;
import io.mnist4j.model.foreign.ModelFile;
import io.mnist4j.random.SplitMix64;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What an export came to.
 *
 * @param takes what the file wants and gives, as a person reads it
 * @param check how far it is from the model, as a person reads it; empty for a format that is not
 *     read
 */
public record ExportReport(String takes, Optional<String> check) {
  private static final Set<ExportFormat> UNREAD =
      EnumSet.of(ExportFormat.HTML, ExportFormat.CSV, ExportFormat.NPZ);

  private static final int IMAGES = 256;
  private static final long SEED = 11;

  /** Rounding makes far less, another layer or another order of the weights far more. */
  private static final double TOLERANCE = 1e-3;

  /**
   * Reads a file and holds its network against the model's.
   *
   * @throws ModelException if it says something else than the model
   */
  static ExportReport of(TrainedModel model, ExportFormat format, Path file, String takes)
      throws ModelException {
    if (UNREAD.contains(format)) {
      return new ExportReport(takes, Optional.empty());
    }
    TrainedModel read;
    try {
      // Only this one does not say it.
      Optional<InputRange> range =
          format == ExportFormat.DL4J ? Optional.of(model.effectiveRange()) : Optional.empty();
      read = ModelFile.read(file, range);
    } catch (ModelException e) {
      return new ExportReport(takes, Optional.of("not held against the model: " + e.getMessage()));
    }
    INDArray features = features(model);
    double difference =
        read.outputs(features).sub(model.outputs(features)).amaxNumber().doubleValue();
    String text =
        "max difference "
            + (difference == 0 ? "0" : String.format(Locale.ROOT, "%.2g", difference));
    if (!(difference < TOLERANCE)) {
      throw new ModelException(
          "%s was written, but is another network than the model: %s".formatted(file, text));
    }
    return new ExportReport(
        takes, Optional.of("read back: %s to the model, over %d images".formatted(text, IMAGES)));
  }

  /** Digits, or noise where the network takes images of another size. */
  private static INDArray features(TrainedModel model) {
    INDArray digits = Tensors.features(Strokes.generate(SEED, IMAGES));
    int pixels = model.provenance().height() * model.provenance().width();
    if (digits.size(1) == pixels) {
      return digits;
    }
    SplitMix64 random = new SplitMix64(SEED, 0);
    float[] noise = new float[IMAGES * pixels];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) random.nextDouble();
    }
    return Nd4j.create(noise, new long[] {IMAGES, pixels}, 'c');
  }
}
