package io.mnist4j.cli.options;

import io.mnist4j.cli.terminal.Console;
import io.mnist4j.errors.BackendException;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.ExitCode;
import io.mnist4j.issues.IssueRequest;
import io.mnist4j.issues.IssueRequest.IssueScope;
import io.mnist4j.issues.LabelRanking;
import io.mnist4j.report.text.NumberText;
import java.nio.file.Path;
import java.util.OptionalInt;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which data set is looked at, and by which networks. */
public final class DataIssuesOptions extends OptionGroup {
  private static final int MAX_FOLDS = 100;

  @Parameters(
      index = "0",
      paramLabel = "NAME|FILE|FOLDER",
      arity = "0..1",
      completionCandidates = DataNames.Candidates.class,
      description = "The data set; the same as --dataset.")
  private String dataset;

  @Option(
      names = "--split",
      paramLabel = "train|test|all",
      defaultValue = "all",
      description = "The part whose issues are named (default: ${DEFAULT-VALUE}).")
  private IssueScope scope;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Also writes issues.csv, issues.json and issues.html, a page with pictures.")
  private Path output;

  @Mixin private ExperimentOptions experimentOptions;
  @Mixin private DataDirOption dataDir;
  @Mixin private ThreadOption threads;
  @Mixin private BackendOption backend;

  @Option(
      names = "--rank",
      paramLabel = "margin|self-confidence",
      defaultValue = "margin",
      description =
          "What labels are ordered by: the probability of the label less that of the best other"
              + " class, or the probability of the label alone (default: ${DEFAULT-VALUE}).")
  private LabelRanking ranking;

  private int folds = 5;
  private int repeats = 1;
  private OptionalInt proposals = OptionalInt.empty();
  private OptionalInt maxIssues = OptionalInt.empty();

  @Option(
      names = "--folds",
      paramLabel = "N",
      description =
          "Parts into which the training images are dealt out; as many networks are trained, each"
              + " on all parts but one (default: 5).")
  void folds(int asked) {
    if (asked < 2 || asked > MAX_FOLDS) {
      throw wrong("--folds must be 2 to %d, not %d".formatted(MAX_FOLDS, asked));
    }
    folds = asked;
  }

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description =
          "Does that so many times, with other parts and other networks, and takes the mean"
              + " (default: 1).")
  void repeat(int asked) {
    if (asked < 1 || asked > MAX_FOLDS) {
      throw wrong("--repeat must be 1 to %d, not %d".formatted(MAX_FOLDS, asked));
    }
    repeats = asked;
  }

  @Option(
      names = "--proposals",
      paramLabel = "N",
      description =
          "Names the N labels that are least probable as issues; by default as many as confident"
              + " learning counts.")
  void proposals(int asked) {
    proposals = OptionalInt.of(notNegative("--proposals", asked));
  }

  @Option(
      names = "--max-issues",
      paramLabel = "N",
      description = "Exit code 4 if there are more issues.")
  void maxIssues(int asked) {
    maxIssues = OptionalInt.of(notNegative("--max-issues", asked));
  }

  private int notNegative(String option, int asked) {
    if (asked < 0) {
      throw wrong("%s must be at least 0, not %d".formatted(option, asked));
    }
    return asked;
  }

  /** Chooses what computes, and sums up what is to be done. */
  public IssueRequest request(Console console) throws BackendException, ConfigException {
    return new IssueRequest(
        experimentOptions.readOn(dataset),
        dataDir.store(),
        backend.choose(console, 1),
        threads.tuner(),
        folds,
        repeats,
        scope,
        ranking,
        proposals);
  }

  /** Where files go; null for nowhere. */
  public Path output() {
    return output;
  }

  /** The exit code of a result, and a line on stderr if there are too many issues. */
  public int judge(int issues, Console console) {
    if (maxIssues.isEmpty() || issues <= maxIssues.getAsInt()) {
      return ExitCode.OK.value;
    }
    console.error(
        "%s issues are more than --max-issues %d"
            .formatted(NumberText.count(issues), maxIssues.getAsInt()));
    return ExitCode.MISSED.value;
  }
}
