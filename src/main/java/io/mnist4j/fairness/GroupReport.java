package io.mnist4j.fairness;

import io.mnist4j.data.groups.GroupTable;
import io.mnist4j.data.groups.GroupsOfImages;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DataException;
import io.mnist4j.eval.ClassMetrics;
import io.mnist4j.eval.ClassificationReport;
import io.mnist4j.eval.Predictions;
import io.mnist4j.eval.Proportion;
import io.mnist4j.run.EvaluationSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The test of a model, by groups of images.
 *
 * @param test of all images
 * @param table the file that names the groups
 * @param column of the table
 * @param groups in natural order of their names, at least one
 * @param gap between the best and the worst; empty where there is one group alone
 * @param byWriter whether the gap's intervals resample writers, and not images
 * @param writers the worst first: by the upper end of the interval of their accuracy, so that one
 *     wrong image of few makes nobody the worst; empty where they are not known
 */
public record GroupReport(
    EvaluationSummary test,
    String table,
    String column,
    List<GroupFigures> groups,
    Optional<GroupGap> gap,
    boolean byWriter,
    List<WriterFigures> writers) {
  public GroupReport {
    groups = List.copyOf(groups);
    writers = List.copyOf(writers);
  }

  /**
   * Counts by group.
   *
   * @param column asked for; empty for the usual one
   * @throws ConfigException if the table has no such column
   * @throws DataException if the table is of other images
   */
  public static GroupReport of(EvaluationSummary test, GroupTable table, String column)
      throws ConfigException, DataException {
    String chosen = table.column(column);
    Predictions predictions = test.predictions();
    List<String> classNames = test.figures().classes().stream().map(ClassMetrics::name).toList();
    GroupsOfImages found = table.of(test.source(), predictions.images(), classNames);
    int[] group = found.of(chosen);
    boolean known = table.hasWriters();
    int[] writer = known ? found.of(GroupTable.WRITER) : new int[0];
    List<String> names = found.names(chosen);
    List<int[]> members = members(group, names.size());
    List<GroupFigures> figures = new ArrayList<>();
    for (int g = 0; g < names.size(); g++) {
      int[] images = members.get(g);
      figures.add(
          new GroupFigures(
              names.get(g),
              known ? (int) IntStream.of(images).map(i -> writer[i]).distinct().count() : 0,
              ClassificationReport.of(predictions.of(images), classNames)));
    }
    // A group that is a writer has no other writers to draw.
    boolean byWriter = known && !chosen.equals(GroupTable.WRITER);
    int[] cluster = byWriter ? writer : IntStream.range(0, group.length).toArray();
    return new GroupReport(
        test,
        table.file().toString(),
        chosen,
        figures,
        gap(predictions, figures, group, cluster),
        byWriter,
        known ? writers(predictions, found, chosen) : List.of());
  }

  /** The images of each group, ascending. */
  private static List<int[]> members(int[] group, int groups) {
    int[] counts = new int[groups];
    for (int g : group) {
      counts[g]++;
    }
    List<int[]> members = new ArrayList<>();
    for (int count : counts) {
      members.add(new int[count]);
    }
    int[] next = new int[groups];
    for (int image = 0; image < group.length; image++) {
      int g = group[image];
      members.get(g)[next[g]++] = image;
    }
    return members;
  }

  private static Optional<GroupGap> gap(
      Predictions predictions, List<GroupFigures> figures, int[] group, int[] cluster) {
    if (figures.size() < 2) {
      return Optional.empty();
    }
    int best = 0;
    int worst = 0;
    for (int g = 1; g < figures.size(); g++) {
      best = figures.get(g).accuracy() > figures.get(best).accuracy() ? g : best;
      worst = figures.get(g).accuracy() < figures.get(worst).accuracy() ? g : worst;
    }
    if (best == worst) {
      // All are the same.
      worst = 1;
    }
    boolean[] right = new boolean[predictions.size()];
    for (int image = 0; image < right.length; image++) {
      right[image] = predictions.isRight(image);
    }
    return Optional.of(
        new ClusterBootstrap(cluster, group, right, best, worst)
            .gap(figures.get(best).name(), figures.get(worst).name()));
  }

  private static List<WriterFigures> writers(
      Predictions predictions, GroupsOfImages found, String column) {
    List<String> names = found.names(GroupTable.WRITER);
    List<int[]> members = members(found.of(GroupTable.WRITER), names.size());
    List<WriterFigures> writers = new ArrayList<>();
    for (int w = 0; w < names.size(); w++) {
      int[] images = members.get(w);
      long right = IntStream.of(images).filter(predictions::isRight).count();
      writers.add(
          new WriterFigures(
              names.get(w),
              found.value(column, images[0]),
              new Proportion(right, images.length),
              IntStream.of(images)
                  .boxed()
                  .sorted(Comparator.comparing(predictions::isRight))
                  .toList()));
    }
    writers.sort(
        Comparator.comparingDouble((WriterFigures writer) -> writer.accuracy().high())
            .thenComparingDouble(writer -> writer.accuracy().value()));
    return writers;
  }
}
