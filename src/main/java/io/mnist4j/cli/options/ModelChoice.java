package io.mnist4j.cli.options;

import io.mnist4j.backend.Backend;
import io.mnist4j.cli.terminal.CommandContext;
import io.mnist4j.cli.terminal.Console;
import io.mnist4j.errors.BackendException;
import io.mnist4j.errors.ModelException;
import io.mnist4j.eval.InputRangeDetector;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.model.foreign.ModelFile;
import io.mnist4j.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Which model reads digits.
 *
 * @param file of any kind that is read
 */
public record ModelChoice(Path file) {

  /**
   * The model that was named, else that of the newest run, which is printed on stderr.
   *
   * @param named may be null
   * @param command that asks for it
   */
  public static ModelChoice of(Path named, CommandSpec command, Console console)
      throws IOException, ModelException {
    if (named != null) {
      return new ModelChoice(RunFolder.modelOf(named));
    }
    Path runs = CommandContext.of(command).directory().resolve("runs");
    Path newest =
        RunFolder.newest(runs)
            .map(RunFolder::model)
            .orElseThrow(
                () ->
                    new ModelException(
                        "there is no model in "
                            + runs.toAbsolutePath()
                            + ": train one with `mnist4j train`, or name one"));
    console.line("Model: " + newest);
    return new ModelChoice(newest);
  }

  /**
   * Starts the backend and reads the model, with the range of pixels that was said or that suits.
   */
  public TrainedModel load(
      ScaleOption scale, Backend backend, ThreadOption threads, Console console)
      throws ModelException, BackendException {
    backend.start().setThreads(threads.count());
    TrainedModel loaded =
        InputRangeDetector.onStrokes(ModelFile.read(file, scale.range())).fittingMnist();
    loaded.notes().forEach(note -> console.warn(file + ": " + note));
    return loaded;
  }

  /** Its name for clients of a server: the file and the folder that it is in, which names a run. */
  public String name() {
    Path absolute = file.toAbsolutePath().normalize();
    int names = absolute.getNameCount();
    return absolute.subpath(Math.max(0, names - 2), names).toString();
  }
}
