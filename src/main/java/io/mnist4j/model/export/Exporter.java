package io.mnist4j.model.export;

import io.mnist4j.errors.ModelException;
import io.mnist4j.files.AtomicFile;
import io.mnist4j.model.Build;
import io.mnist4j.model.PixelInput;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.model.archive.ModelArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes models for other programs. */
public final class Exporter {
  private Exporter() {}

  /**
   * Writes a file; an old one of that name is as it was, or replaced by the whole new one.
   *
   * @return what the file wants and gives, as a person reads it
   * @throws ModelException if the format has no word for something in the network
   * @throws IOException if the file cannot be written
   */
  public static String export(TrainedModel model, ExportFormat format, Path target)
      throws ModelException, IOException {
    if (format == ExportFormat.DL4J) {
      ModelArchive.writeForUse(target, model);
      return dl4jInput(model);
    }
    Plan plan = Planner.plan(model);
    switch (format) {
      case ONNX -> {
        String input =
            "%s: float32 [batch, %d], pixels / 255 row by row, 0 is paper and 1 is ink"
                .formatted(OnnxFile.INPUT, plan.pixels());
        byte[] bytes = OnnxFile.bytes(plan, Metadata.of(model, input), Build.current().mnist4j());
        AtomicFile.write(target, temporary -> Files.write(temporary, bytes));
        return "takes %s; gives %s: float32 [batch, %d]"
            .formatted(input, OnnxFile.OUTPUT, plan.classes());
      }
      case KERAS_H5 -> {
        String shape =
            plan.takesImages()
                ? "%d, %d, 1".formatted(plan.height(), plan.width())
                : "" + plan.pixels();
        String input =
            "float32 [batch, %s], pixels / 255, 0 is paper and 1 is ink".formatted(shape);
        Map<String, String> metadata = Metadata.of(model, input);
        KerasH5 keras = KerasH5.of(plan);
        AtomicFile.write(target, temporary -> keras.write(temporary, metadata));
        return "takes %s; gives float32 [batch, %d]".formatted(input, plan.classes());
      }
      case CSV -> AtomicFile.write(target, temporary -> WeightFiles.writeCsv(temporary, plan));
      case NPZ -> AtomicFile.write(target, temporary -> WeightFiles.writeNpz(temporary, plan));
      case DL4J -> throw new IllegalStateException("written above");
    }
    return "%d arrays of weights; the network takes pixels of %s"
        .formatted(WeightFiles.arrays(plan).size(), plan.range());
  }

  private static String dl4jInput(TrainedModel model) {
    return model.network().getLayerWiseConfigurations().getInputPreProcess(0)
            instanceof PixelInput input
        ? "takes float32 %s, pixels of %s".formatted(input.layout(), input.effectiveRange())
        : "takes float32 [n, %d], pixels / 255 row by row"
            .formatted(model.provenance().height() * model.provenance().width());
  }
}
