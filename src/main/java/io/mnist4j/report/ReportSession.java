package io.mnist4j.report;

import io.mnist4j.backend.Backend;
import io.mnist4j.data.fetch.FetchListener;
import io.mnist4j.errors.BackendException;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.Mnist4jException;
import io.mnist4j.errors.ModelException;
import io.mnist4j.errors.RunFolderException;
import io.mnist4j.run.EvaluationRequest;
import io.mnist4j.run.EvaluationSession;
import io.mnist4j.run.EvaluationSummary;
import io.mnist4j.run.RunFolder;
import io.mnist4j.sweep.SweepDirectory;
import io.mnist4j.sweep.SweepFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** What was written by runs or a sweep, shown as a page. */
public final class ReportSession {
  private ReportSession() {}

  /**
   * Writes the page, and each of its plots. The network of a single run is tested anew for it,
   * where the test images can be had.
   *
   * @param notes gets what a user should know of the result
   * @return the page
   * @throws RunFolderException if a folder is no run's, or a file in it is damaged
   * @throws ConfigException if an experiment file cannot be read
   * @throws ModelException if the model of a run is damaged
   * @throws BackendException if ND4J does not start
   * @throws IOException if something cannot be written
   */
  public static Path run(ReportRequest request, FetchListener listener, Consumer<String> notes)
      throws Mnist4jException, IOException {
    Path first = request.folders().get(0);
    Path output = request.output().orElse(first);
    if (request.folders().size() > 1) {
      return Reports.compare(request.folders().stream().map(RunFolder::of).toList(), output);
    }
    return SweepDirectory.isSweep(first)
        ? Reports.write(SweepFolder.summary(first), output)
        : single(RunFolder.of(first), output, request, listener, notes);
  }

  private static Path single(
      RunFolder run,
      Path output,
      ReportRequest request,
      FetchListener listener,
      Consumer<String> notes)
      throws Mnist4jException, IOException {
    Reports.check(run);
    if (!Files.exists(run.model())) {
      return Reports.write(run, output, Optional.empty(), "the run has no model.zip");
    }
    EvaluationRequest ofModel =
        new EvaluationRequest(
            run.model(),
            Optional.empty(),
            Optional.empty(),
            request.store(),
            Backend.cpu(),
            request.threads());
    EvaluationSummary test;
    try {
      test = EvaluationSession.run(ofModel, listener, notes);
    } catch (DataException e) {
      notes.accept("the report goes without test images: " + e.getMessage());
      return Reports.write(run, output, Optional.empty(), e.getMessage());
    }
    return Reports.write(run, output, Optional.of(test), "");
  }
}
