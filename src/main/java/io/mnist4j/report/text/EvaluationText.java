package io.mnist4j.report.text;

import io.mnist4j.eval.ClassMetrics;
import io.mnist4j.eval.ClassificationReport;
import io.mnist4j.eval.ConfusionMatrix.Confusion;
import io.mnist4j.run.EvaluationSummary;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The test of a model as plain text. */
public final class EvaluationText {
  /** A wider matrix cannot be read in a terminal. */
  private static final int WIDEST = 120;

  private static final int MAX_NAME = 12;
  private static final int CONFUSIONS = 10;

  private EvaluationText() {}

  /** Tables of the classes and of the confusions, then the figures; each line ends in a break. */
  public static String of(EvaluationSummary summary) {
    ClassificationReport figures = summary.figures();
    StringBuilder text = new StringBuilder();
    classes(text, figures);
    text.append('\n');
    confusion(text, figures);
    text.append('\n');
    line(text, "Loss: %.4f", figures.loss());
    line(
        text,
        "Accuracy: %.4f (95 %% interval %s)",
        figures.accuracy().value(),
        NumberText.interval(figures.accuracy()));
    // Of three classes or fewer, the right one is always among three.
    if (figures.classes().size() > 3) {
      line(
          text,
          "Top-3 accuracy: %.4f (95 %% interval %s)",
          figures.top3().value(),
          NumberText.interval(figures.top3()));
    }
    figures
        .calibration()
        .ifPresentOrElse(
            calibration ->
                line(text, "Calibration error: %.4f (ECE, 15 bins)", calibration.error()),
            () -> line(text, "Calibration error: none, for the outputs are no probabilities"));
    ClassMetrics worst = figures.worstClass();
    line(
        text,
        "Worst class: %s (F1 %s, precision %s, recall %s)",
        worst.name(),
        NumberText.share(worst.f1()),
        NumberText.share(worst.precision()),
        NumberText.share(worst.recall()));
    line(
        text,
        "%s accuracy: %.2f (%.4f: %,d of %,d %s images)",
        switch (summary.part()) {
          case TRAIN -> "Training";
          case VALIDATION -> "Validation";
          case TEST -> "Test";
        },
        figures.accuracy().value(),
        figures.accuracy().value(),
        figures.accuracy().successes(),
        figures.images(),
        summary.dataset());
    return text.toString().replace("\n", System.lineSeparator());
  }

  private static void classes(StringBuilder text, ClassificationReport figures) {
    int width = nameWidth(figures);
    String pattern = "%-" + width + "." + width + "s  %7s  %9s  %-13s  %6s  %-13s  %6s";
    line(text, pattern, "class", "images", "precision", "95 %", "recall", "95 %", "F1");
    for (ClassMetrics row : figures.classes()) {
      line(
          text,
          pattern,
          row.name(),
          NumberText.count(row.support()),
          NumberText.share(row.precision()),
          NumberText.interval(row.precision()),
          NumberText.share(row.recall()),
          NumberText.interval(row.recall()),
          NumberText.share(row.f1()));
    }
    line(
        text,
        pattern,
        "mean",
        NumberText.count(figures.images()),
        NumberText.share(figures.macroPrecision()),
        "",
        NumberText.share(figures.macroRecall()),
        "",
        NumberText.share(figures.macroF1()));
  }

  private static void confusion(StringBuilder text, ClassificationReport figures) {
    int[][] rows = figures.confusion().rows();
    List<String> names = figures.classes().stream().map(ClassMetrics::name).toList();
    int width = nameWidth(figures);
    int most = Stream.of(rows).flatMapToInt(IntStream::of).max().orElse(0);
    int cell = Math.max(String.valueOf(most).length(), Math.min(5, width));
    if (width + (cell + 1) * rows.length > WIDEST) {
      frequent(text, figures);
      return;
    }
    String cells = (" %" + cell + "." + cell + "s").repeat(rows.length);
    String pattern = "%-" + width + "." + width + "s" + cells;
    line(text, pattern, Stream.concat(Stream.of("is \\ said"), names.stream()).toArray());
    for (int actual = 0; actual < rows.length; actual++) {
      // A dot lets the eye find what is not nothing.
      Stream<Object> counts = IntStream.of(rows[actual]).mapToObj(n -> n == 0 ? "." : n);
      line(text, pattern, Stream.concat(Stream.of(names.get(actual)), counts).toArray());
    }
  }

  private static void frequent(StringBuilder text, ClassificationReport figures) {
    List<ClassMetrics> classes = figures.classes();
    boolean none = figures.confusion().confusions().isEmpty();
    line(text, none ? "Nothing was confused" : "Most often confused:");
    for (Confusion confusion :
        figures.confusion().confusions().stream().limit(CONFUSIONS).toList()) {
      line(
          text,
          "  %s taken for %s: %,d of %,d",
          classes.get(confusion.actual()).name(),
          classes.get(confusion.said()).name(),
          confusion.images(),
          classes.get(confusion.actual()).support());
    }
  }

  private static int nameWidth(ClassificationReport figures) {
    int longest = figures.classes().stream().mapToInt(row -> row.name().length()).max().orElse(0);
    return Math.max("is \\ said".length(), Math.min(MAX_NAME, longest));
  }

  private static void line(StringBuilder text, String pattern, Object... values) {
    text.append(NumberText.format(pattern, values).stripTrailing()).append('\n');
  }
}
