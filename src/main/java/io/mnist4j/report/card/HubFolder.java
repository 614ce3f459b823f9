package io.mnist4j.report.card;

import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.ModelException;
import io.mnist4j.errors.RunFolderException;
import io.mnist4j.files.AtomicFile;
import io.mnist4j.model.InputRange;
import io.mnist4j.model.export.ExportFormat;
import io.mnist4j.model.export.Exporter;
import io.mnist4j.model.export.OnnxForm;
import io.mnist4j.model.foreign.ModelFile;
import io.mnist4j.run.ExportReport;
import io.mnist4j.run.ExportSession;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.io.file.PathUtils;

/**
 * A model as hubs take it: the card, {@code config.json} with the names of the classes, the weights
 * as safetensors, and ONNX.
 */
public final class HubFolder {
  private static final String CARD = "README.md";
  private static final String CONFIG = "config.json";
  private static final List<ExportFormat> FORMATS =
      List.of(ExportFormat.SAFETENSORS, ExportFormat.ONNX);

  private final Path model;
  private final Optional<InputRange> range;
  private final Consumer<String> notes;

  /**
   * @param model the model's file
   * @param range of pixels that it was trained with; empty for what its file says, or what suits
   * @param notes gets what a user should know of what was left out
   */
  public HubFolder(Path model, Optional<InputRange> range, Consumer<String> notes) {
    this.model = model;
    this.range = range;
    this.notes = notes;
  }

  /**
   * Writes a folder, or a zip of it; files that are there are replaced.
   *
   * @param license an identifier such as {@code apache-2.0}; empty for none
   * @param target a folder, or a file whose name ends in {@code .zip}
   * @return each file with what it is, as a person reads it
   * @throws ModelException if the model cannot be read, or a file is another network than the model
   * @throws RunFolderException if another file of the run is damaged
   * @throws IOException if a file cannot be written
   */
  public Map<String, String> write(Optional<String> license, Path target)
      throws ModelException, RunFolderException, ConfigException, IOException {
    if (!String.valueOf(target.getFileName()).endsWith(".zip")) {
      Files.createDirectories(target);
      return fill(target, license);
    }
    Path folder = Files.createTempDirectory("mnist4j-hub");
    try {
      Map<String, String> files = fill(folder, license);
      AtomicFile.write(target, temporary -> zip(folder, files, temporary));
      return files;
    } finally {
      PathUtils.deleteDirectory(folder);
    }
  }

  private Map<String, String> fill(Path folder, Optional<String> license)
      throws ModelException, RunFolderException, ConfigException, IOException {
    Map<String, String> files = new LinkedHashMap<>();
    StringBuilder section = new StringBuilder("\n## Files\n\n");
    for (ExportFormat format : FORMATS) {
      String name = "model." + format.extension();
      ExportReport report;
      try {
        report =
            ExportSession.run(
                model, range, format, OnnxForm.DEFAULT, folder.resolve(name), note -> {});
      } catch (ModelException e) {
        ModelFile.read(model);
        notes.accept("%s is left out: %s".formatted(name, e.getMessage()));
        continue;
      }
      files.put(name, report.check().orElse("written"));
      // What a person types stands by itself.
      String takes =
          report.takes().replaceFirst("; in Python: (.*)", ":\n\n  ```python\n  $1\n  ```\n");
      section.append("- `%s` %s\n".formatted(name, takes));
      if (format == ExportFormat.SAFETENSORS) {
        AtomicFile.write(
            folder.resolve(CONFIG), Exporter.config(ModelFile.read(folder.resolve(name))));
        files.put(CONFIG, "layers, and the names of the classes");
        section.append(
            "- `%s` has the layers, with PyTorch's names, and the names of the classes.\n"
                .formatted(CONFIG));
      }
    }
    ModelCard.write(model, license, folder.resolve(CARD), notes);
    Files.writeString(folder.resolve(CARD), Files.readString(folder.resolve(CARD)) + section);
    files.put(CARD, "the card");
    return files;
  }

  private static void zip(Path folder, Map<String, String> files, Path target) throws IOException {
    try (OutputStream out = Files.newOutputStream(target);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String name : files.keySet()) {
        zip.putNextEntry(new ZipEntry(name));
        Files.copy(folder.resolve(name), zip);
        zip.closeEntry();
      }
    }
  }
}
