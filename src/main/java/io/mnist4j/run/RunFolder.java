package io.mnist4j.run;

import io.mnist4j.errors.ModelException;
import io.mnist4j.files.AtomicFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder of one run, and the names of the files in it. */
public final class RunFolder {
  /** A single file name on any system that does not hide or leave its folder. */
  private static final String NAME = "[^./\\\\:*?\"<>|\\p{Cntrl}][^/\\\\:*?\"<>|\\p{Cntrl}]*";

  /** What a folder has that holds several runs and is none itself. */
  public static final String REPEATS = "repeat.json";

  private final Path path;
  private final boolean replacing;

  private RunFolder(Path path, boolean replacing) {
    this.path = path;
    this.replacing = replacing;
  }

  /**
   * Makes the folder of a run that the user named.
   *
   * @param name a single file name
   * @param content fills the folder before it appears under its name
   * @throws IllegalArgumentException if the name is none, or leads out of the output folder
   * @throws FileAlreadyExistsException if there is something of that name
   */
  public static RunFolder create(Path output, String name, AtomicFile.ContentWriter content)
      throws IOException {
    if (!name.matches(NAME)) {
      throw new IllegalArgumentException(
          "'%s' cannot be the name of a run's folder; take letters, digits, - and _"
              .formatted(name));
    }
    Files.createDirectories(output);
    RunFolder run = new RunFolder(output.resolve(name), false);
    AtomicFile.createFolder(run.path, content);
    return run;
  }

  /** Makes the folder of the next run: the stem with the first number that is free. */
  public static RunFolder createNext(Path output, String stem, AtomicFile.ContentWriter content)
      throws IOException {
    for (int number = 1; ; number++) {
      try {
        return create(output, stem + "-" + number, content);
      } catch (FileAlreadyExistsException taken) {
        if (!Files.isDirectory(output)) {
          throw taken;
        }
      }
    }
  }

  /**
   * As {@link #create}, but where there is a run of that name, the folder is to replace it: {@link
   * #deleteReplaced} removes its files.
   */
  public static RunFolder replace(Path output, String name, AtomicFile.ContentWriter content)
      throws IOException {
    try {
      return create(output, name, content);
    } catch (FileAlreadyExistsException e) {
      RunFolder earlier = new RunFolder(output.resolve(name), true);
      if (!Files.isDirectory(earlier.path)) {
        throw e;
      }
      return earlier;
    }
  }

  /**
   * Removes the files of the run that this one replaces, but for {@code config.yaml}, which is
   * overwritten next. To be called by the holder of the run's lock.
   */
  void deleteReplaced() throws IOException {
    if (!replacing) {
      return;
    }
    // The summary first: without it no reader takes the rest for a finished run.
    for (Path file : List.of(summary(), checkpoint(), model(), best(), metrics())) {
      Files.deleteIfExists(file);
    }
    deleteReport();
    deleteFiles(tensorboard(), "events.out.tfevents.*");
  }

  /** What the folder of a run has from the beginning, so that one that is killed can go on. */
  public static AtomicFile.ContentWriter begun(Experiment experiment) {
    return folder -> AtomicFile.write(of(folder).config(), ExperimentFile.toYaml(experiment));
  }

  /**
   * The run whose model was written last; empty if there is none.
   *
   * @param output the folder of all runs, which need not exist
   */
  public static Optional<RunFolder> newest(Path output) throws IOException {
    if (!Files.isDirectory(output)) {
      return Optional.empty();
    }
    // Repeated runs lie one level deeper.
    try (Stream<Path> runs = Files.walk(output, 2)) {
      return runs.filter(run -> !run.equals(output))
          .map(RunFolder::of)
          .filter(run -> Files.isRegularFile(run.model()))
          .max(Comparator.comparingLong(run -> run.model().toFile().lastModified()));
    }
  }

  /**
   * The folder that is meant where a run is asked for: itself, or where a file of a run is named,
   * such as its model, the folder that it lies in.
   */
  public static Path pathOf(Path named) {
    Path folder = named.toAbsolutePath().getParent();
    boolean inRun =
        Files.isRegularFile(named) && folder != null && Files.exists(of(folder).config());
    if (!inRun) {
      return named;
    }
    return named.getParent() == null ? Path.of(".") : named.getParent();
  }

  /**
   * The file that is meant where a model is asked for: itself, or where the folder of a run or of a
   * sweep is named, the model in it.
   *
   * @throws ModelException if there is none in it yet
   */
  public static Path modelOf(Path named) throws ModelException {
    Path model = of(named).model();
    if (Files.isRegularFile(model)) {
      return model;
    }
    if (Files.exists(named.resolve(REPEATS))) {
      throw new ModelException(
          "%s has several runs, each with a model; name one of them, such as %s"
              .formatted(named, named.resolve("1")));
    }
    if (Files.isDirectory(named) && Files.exists(of(named).config())) {
      throw new ModelException(
          "%s has no model.zip: that run has not come to its end; `mnist4j train --resume %s` goes on"
              .formatted(named, named));
    }
    return named;
  }

  /** A folder that an earlier run made; its files may be missing. */
  public static RunFolder of(Path path) {
    return new RunFolder(path, false);
  }

  public Path path() {
    return path;
  }

  /** The experiment, complete: it alone reproduces the run. */
  public Path config() {
    return path.resolve("config.yaml");
  }

  /** The network at the end. */
  public Path model() {
    return path.resolve("model.zip");
  }

  /** The network after the best epoch, where early stopping asks for it. */
  public Path best() {
    return path.resolve("best.zip");
  }

  /** What the run goes on from if it is cut. */
  public Path checkpoint() {
    return path.resolve("checkpoint.zip");
  }

  /** The result; it is there if, and only if, the run has ended. */
  public Path summary() {
    return path.resolve("summary.json");
  }

  /** A line for each epoch. */
  public Path metrics() {
    return path.resolve("metrics.csv");
  }

  /** The page that shows the run. */
  public Path report() {
    return path.resolve("report.html");
  }

  /** The plots of the page, each in a file of its own. */
  public Path plots() {
    return path.resolve("plots");
  }

  /** Removes the page and its plots, which would be of an earlier state of the run. */
  public void deleteReport() throws IOException {
    Files.deleteIfExists(report());
    deleteFiles(plots(), "*.{png,svg}");
  }

  private static void deleteFiles(Path folder, String glob) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  /** Event files for TensorBoard. */
  public Path tensorboard() {
    return path.resolve("tensorboard");
  }
}
