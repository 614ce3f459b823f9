package io.mnist4j.run;

import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.ModelException;
import io.mnist4j.eval.InputRangeDetector;
import io.mnist4j.model.InputRange;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.model.export.ExportFormat;
import io.mnist4j.model.export.Exporter;
import io.mnist4j.model.export.OnnxForm;
import io.mnist4j.model.foreign.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** A saved model, written for another program. */
public final class ExportSession {
  private ExportSession() {}

  /**
   * Writes a model in another format.
   *
   * @param range of pixels that the model was trained with; empty for what its file says, or what
   *     suits digits
   * @param form of ONNX; of no use to others
   * @param target never the model itself
   * @param notes gets what a user should know of a model that another program wrote
   * @return what the file wants and gives, and how far it is from the model when it is read back
   * @throws ModelException if the model cannot be read, or has what the format has no word for, or
   *     the file is another network
   * @throws ConfigException if the target is the model
   * @throws IOException if the file cannot be written
   */
  public static ExportReport run(
      Path file,
      Optional<InputRange> range,
      ExportFormat format,
      OnnxForm form,
      Path target,
      Consumer<String> notes)
      throws ModelException, ConfigException, IOException {
    TrainedModel model = InputRangeDetector.onStrokes(ModelFile.read(file, range));
    if (Files.exists(target) && Files.isSameFile(file, target)) {
      throw new ConfigException(
          "%s would be overwritten by its own export; name another file".formatted(file));
    }
    String takes = Exporter.export(model, format, form, target);
    model.notes().forEach(note -> notes.accept(file + ": " + note));
    return ExportReport.of(model, format, target, takes);
  }
}
