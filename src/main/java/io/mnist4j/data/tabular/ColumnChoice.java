package io.mnist4j.data.tabular;

import io.mnist4j.data.ImageSize;
import io.mnist4j.errors.DataException;
import io.mnist4j.text.ClosestName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Chooses which column of a table is the label, and which number the rows. */
final class ColumnChoice {
  /** More would be no images of characters; with the label and a number of the row. */
  static final int MAX_COLUMNS = 4 * 4096 + 2;

  /** How a column of labels is named, the surest first. */
  private static final List<String> LABEL_NAMES =
      List.of("label", "class", "target", "y", "digit", "character");

  /** What pandas and others call a column that numbers the rows. */
  private static final Pattern INDEX_NAME =
      Pattern.compile("|unnamed: [0-9.]+|id|index", Pattern.CASE_INSENSITIVE);

  private final TextLines lines;
  private final TableOptions options;
  private final List<String> names;
  private final int columns;

  /**
   * @param lines at the first row
   * @param names of the columns; empty if the table does not say
   */
  ColumnChoice(TextLines lines, TableOptions options, List<String> names, int columns) {
    this.lines = lines;
    this.options = options;
    this.names = names;
    this.columns = columns;
  }

  /** Whether a name of a column says that it is the label. */
  static boolean isLabelName(String name) {
    return LABEL_NAMES.contains(name.strip().toLowerCase(Locale.ROOT));
  }

  /** Whether a name of a column says that it numbers the rows. */
  static boolean isIndexName(String name) {
    return INDEX_NAME.matcher(name.strip()).matches();
  }

  /** What tells the label's column where neither a name nor a setting does. */
  interface Guess {
    /**
     * Tells it.
     *
     * @param first column that may be the label
     * @return the column of the label
     */
    int label(int first) throws DataException;
  }

  /**
   * Chooses.
   *
   * @param guess asked where there is one column more than pixels and no name says which
   * @param notes is told what is dropped
   */
  ColumnPlan choose(Guess guess, Consumer<String> notes) throws DataException {
    if (columns > MAX_COLUMNS) {
      throw lines.tableProblem(
          "expected at most %d columns, found %d or more".formatted(MAX_COLUMNS, columns));
    }
    int dropped = dropped();
    if (dropped > 0) {
      String which = names.subList(0, dropped).toString();
      notes.accept(
          "%s: left out the column that numbers the rows: %s"
              .formatted(lines.text().source(), TextLines.shown(which)));
    }
    int label = named(dropped);
    boolean guessed = label < 0 && isAuto() && isOneTooMany(columns - dropped);
    if (guessed) {
      label = guess.label(dropped);
    }
    int pixels = columns - dropped - (label < 0 ? 0 : 1);
    Optional<ImageSize> size = options.sizeOf(pixels);
    if (size.isEmpty()) {
      throw noSize(pixels, "");
    }
    return new ColumnPlan(columns, names, dropped, label, guessed, size.get());
  }

  private boolean isAuto() {
    return options.labelColumn().equals(TableOptions.AUTO);
  }

  /** Whether there is one column more than pixels; the size that is set is before all others. */
  private boolean isOneTooMany(int found) throws DataException {
    boolean label = options.sizeOf(found - 1).isPresent();
    boolean none = options.sizeOf(found).isPresent();
    if (!label && !none) {
      throw noSize(found, "a label and ");
    }
    boolean labelIsSet = options.sizeOf(found - 1).equals(options.size()) && label;
    boolean noneIsSet = options.sizeOf(found).equals(options.size()) && none;
    return label && (!none || (labelIsSet && !noneIsSet));
  }

  private DataException noSize(int found, String andLabel) {
    return lines.tableProblem(
        "expected %sa square number of pixels in a row %s, found %d columns%s"
            .formatted(
                andLabel, options.wantedSize(), found, andLabel.isEmpty() ? " of pixels" : ""));
  }

  private int dropped() {
    int dropped = 0;
    while (dropped < names.size() - 1
        && isIndexName(names.get(dropped))
        && !names.get(dropped).equals(options.labelColumn())) {
      dropped++;
    }
    return dropped;
  }

  /** The column that a setting or a name says; -1 if none does. */
  private int named(int dropped) throws DataException {
    return switch (options.labelColumn()) {
      case TableOptions.AUTO -> byLabelName();
      case TableOptions.FIRST -> dropped;
      case TableOptions.LAST -> columns - 1;
      case TableOptions.NONE -> -1;
      default -> column(options.labelColumn());
    };
  }

  private int byLabelName() {
    for (String name : LABEL_NAMES) {
      for (int i = 0; i < names.size(); i++) {
        if (names.get(i).strip().toLowerCase(Locale.ROOT).equals(name)) {
          return i;
        }
      }
    }
    return -1;
  }

  private int column(String name) throws DataException {
    int exact = names.indexOf(name);
    for (int i = 0; i < names.size() && exact < 0; i++) {
      exact = names.get(i).strip().equalsIgnoreCase(name) ? i : -1;
    }
    if (exact < 0) {
      throw lines.tableProblem(
          names.isEmpty()
              ? "expected a header with a column named '%s' (data.label-column), found none"
                  .formatted(name)
              : "expected a column named '%s' (data.label-column), found none of %d%s"
                  .formatted(name, names.size(), ClosestName.question(name, names)));
    }
    return exact;
  }
}
