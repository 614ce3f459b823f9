package io.mnist4j.cli.options;

import io.mnist4j.cli.terminal.Console;
import io.mnist4j.data.fetch.FetchListener;
import io.mnist4j.data.store.DataStore;
import io.mnist4j.data.store.GroupTables;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.ExitCode;
import io.mnist4j.fairness.GroupReport;
import io.mnist4j.report.text.NumberText;
import io.mnist4j.run.EvaluationSummary;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** By which groups of images a model is judged. */
public final class GroupOptions extends OptionGroup {
  /** For the shells. */
  private static final class Tables implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return GroupTables.names().iterator();
    }
  }

  /** For the shells: columns of the tables that are known by name. */
  private static final class Columns implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of("hsf", "writer", "label").iterator();
    }
  }

  @Option(
      names = "--groups",
      paramLabel = "NAME|FILE",
      completionCandidates = Tables.class,
      description =
          "Also tests by groups of images, which this table names: a CSV (index,group), a table of"
              + " QMNIST's labels, or mnist-writers (see mnist4j data list).")
  private String table;

  @Option(
      names = "--group-column",
      paramLabel = "NAME",
      completionCandidates = Columns.class,
      description =
          "The column of that table (default: group, hsf, or the only one): for mnist-writers hsf,"
              + " writer or label.")
  private String column;

  private double maxGap = Double.NaN;

  @Option(
      names = "--max-gap",
      paramLabel = "SHARE",
      description =
          "Exit code 4 if the accuracies of the best and the worst group differ by more: 0 to 1,"
              + " such as 0.005 for half a point.")
  void maxGap(double asked) {
    if (!(asked >= 0 && asked <= 1)) {
      throw wrong("--max-gap must be 0 to 1, not " + asked);
    }
    maxGap = asked;
  }

  /** Refuses what has no meaning without a table. */
  public void check() {
    if (table == null && column != null) {
      throw wrong("--group-column is a column of the table that --groups names; add --groups");
    }
    if (table == null && !Double.isNaN(maxGap)) {
      throw wrong("--max-gap compares groups; add --groups");
    }
  }

  /**
   * The figures by group, where they were asked for.
   *
   * @throws ConfigException if the table has no such column
   * @throws DataException if the table cannot be had, or is of other images
   */
  public Optional<GroupReport> report(
      EvaluationSummary test, DataStore store, FetchListener listener)
      throws ConfigException, DataException {
    return table == null
        ? Optional.empty()
        : Optional.of(
            GroupReport.of(
                test,
                GroupTables.load(table, test.source(), store, listener),
                column == null ? "" : column));
  }

  /** The exit code of a result, and a line on stderr if the gap is too large. */
  public int judge(Optional<GroupReport> report, Console console) {
    double gap =
        report.flatMap(GroupReport::gap).map(found -> found.difference().value()).orElse(0.0);
    if (!(gap > maxGap)) {
      return ExitCode.OK.value;
    }
    console.error(
        NumberText.format(
            "the gap of %.4f between the best and the worst group exceeds --max-gap %s",
            gap, maxGap));
    return ExitCode.MISSED.value;
  }
}
