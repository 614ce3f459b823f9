package io.mnist4j.digits;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Takes the lines of ruled and squared paper out of a picture. Lines are found by a Hough transform
 * of thin runs of ink across their direction (R. Duda, P. Hart, "Use of the Hough transformation to
 * detect lines and curves in pictures", Communications of the ACM 15(1), 1972). Where a run is much
 * longer than the line is thick, a stroke crosses it and stays.
 */
final class RuledLines {
  /** Smaller pictures show a digit and no lines. */
  private static final int SMALLEST = 40;

  /** Lines lean by no more than this: rise over run. */
  private static final double STEEPEST = 0.16;

  /** Folds go anywhere. */
  private static final double ANYWHERE = 1;

  private static final int MOST_FOLDS = 3;

  /** A line is no thicker than this part of the picture's side across it. */
  private static final double THICKEST = 1.0 / 45;

  /** Of a line's columns, so many must show it ... */
  private static final double COVERED = 0.45;

  /**
   * ... and of each of these parts of it so many, but for two that strokes may cover, and never the
   * ends.
   */
  private static final int PARTS = 8;

  private static final double PART_COVERED = 0.3;
  private static final int MOST_LINES = 80;

  /** Pixels around a box. */
  private static final int BESIDE = 3;

  /** A stroke that is so many times as dark as the line is not erased with it. */
  private static final double DARKER = 1.7;

  private final float[] taken;

  /** Pixels along the lines, and across them. */
  private final int length;

  private final int breadth;

  /** What is added to an index to go one pixel along, or across. */
  private final int along;

  private final int across;
  private final float floor;
  private final int thickest;
  private final int slopes;
  private final double[] slope;
  private final int offset;
  private final int bins;

  /** For each slope, how many runs lie on the line that begins in each bin. */
  private final int[] votes;

  private final List<Run> runs = new ArrayList<>();

  /** Pixels of one column that are ink, and those around them not. */
  private record Run(int column, int first, int last) {
    double middle() {
      return (first + last) / 2.0;
    }

    int thickness() {
      return last - first + 1;
    }
  }

  /** A line: its row in the middle of the picture, its slope, and the runs that it consists of. */
  private record RuledLine(double row, double slope, List<Run> runs) {}

  private RuledLines(
      float[] taken, int height, int width, boolean upright, float floor, double steepest) {
    this.taken = taken;
    this.floor = floor;
    length = upright ? height : width;
    breadth = upright ? width : height;
    along = upright ? width : 1;
    across = upright ? 1 : width;
    thickest = Math.max(3, (int) Math.ceil(THICKEST * breadth));
    slopes = 2 * (int) Math.ceil(steepest * length / 3) + 1;
    offset = (int) (steepest * length / 2) + 4;
    bins = breadth + 2 * offset;
    votes = new int[slopes * bins];
    slope = new double[slopes];
    for (int i = 0; i < slopes; i++) {
      slope[i] = steepest * (2.0 * i / (slopes - 1) - 1);
    }
  }

  /**
   * Erases all lines from one side of the picture to the other.
   *
   * @param taken {@code [height, width]}: how much darker than paper each pixel is
   * @param floor what is darker by less is no ink
   */
  static void erase(float[] taken, int height, int width, double floor) {
    if (Math.min(height, width) < SMALLEST) {
      return;
    }
    float[] before = taken.clone();
    int lines = erase(taken, height, width, floor, STEEPEST, MOST_LINES);
    lines += eraseBox(taken, height, width, floor);
    lines += erase(taken, height, width, floor, ANYWHERE, MOST_FOLDS);
    if (lines == 1) {
      restoreStroke(before, taken, height, width, floor);
    }
  }

  /** One line over the whole of a picture that is cut to the digit is a stroke of it. */
  private static void restoreStroke(
      float[] before, float[] taken, int height, int width, double floor) {
    if (reachesOver(before, height, width, floor)) {
      System.arraycopy(before, 0, taken, 0, taken.length);
    }
  }

  /** Erases the edges of folds alone, which go anywhere from one side to another. */
  static void eraseFolds(float[] taken, int height, int width, double floor) {
    if (Math.min(height, width) < SMALLEST) {
      return;
    }
    float[] before = taken.clone();
    if (erase(taken, height, width, floor, ANYWHERE, MOST_FOLDS) == 1) {
      restoreStroke(before, taken, height, width, floor);
    }
  }

  private static int erase(
      float[] taken, int height, int width, double floor, double steepest, int most) {
    int lines = 0;
    for (boolean upright : new boolean[] {false, true}) {
      RuledLines search = new RuledLines(taken, height, width, upright, (float) floor, steepest);
      List<RuledLine> found = search.lines(most);
      found.forEach(search::erase);
      lines += found.size();
    }
    return lines;
  }

  /**
   * Erases the walls of a box, or a row of boxes, that is around all other ink.
   *
   * @return how many walls there were
   */
  static int eraseBox(float[] taken, int height, int width, double floor) {
    int[] box = extent(taken, height, width, floor);
    int rows = box[2] - box[0] + 2 * BESIDE;
    int columns = box[3] - box[1] + 2 * BESIDE;
    if (Math.min(rows, columns) < SMALLEST) {
      return 0;
    }
    float[] inside = new float[rows * columns];
    copy(taken, width, box, inside, columns, true);
    int sides = 0;
    int lines = 0;
    for (boolean upright : new boolean[] {false, true}) {
      RuledLines search = new RuledLines(inside, rows, columns, upright, (float) floor, STEEPEST);
      List<RuledLine> found = search.lines(MOST_LINES);
      double near = BESIDE + 0.12 * search.breadth;
      sides += found.stream().anyMatch(line -> line.row < near) ? 1 : 0;
      sides += found.stream().anyMatch(line -> line.row > search.breadth - near) ? 1 : 0;
      found.forEach(search::erase);
      lines += found.size();
    }
    if (sides < 3) {
      return 0;
    }
    copy(taken, width, box, inside, columns, false);
    return lines;
  }

  private static void copy(
      float[] taken, int width, int[] box, float[] inside, int columns, boolean into) {
    for (int row = box[0]; row < box[2]; row++) {
      int from = row * width + box[1];
      int to = (row - box[0] + BESIDE) * columns + BESIDE;
      if (into) {
        System.arraycopy(taken, from, inside, to, box[3] - box[1]);
      } else {
        System.arraycopy(inside, to, taken, from, box[3] - box[1]);
      }
    }
  }

  /** Whether there is ink close to all four sides. */
  private static boolean reachesOver(float[] taken, int height, int width, double floor) {
    int[] box = extent(taken, height, width, floor);
    return box[2] - box[0] > 0.9 * height && box[3] - box[1] > 0.9 * width;
  }

  /** Top, left, bottom and right of all ink. */
  private static int[] extent(float[] taken, int height, int width, double floor) {
    int[] box = {height, width, 0, 0};
    for (int i = 0; i < taken.length; i++) {
      if (taken[i] > floor) {
        box[0] = Math.min(box[0], i / width);
        box[1] = Math.min(box[1], i % width);
        box[2] = Math.max(box[2], i / width + 1);
        box[3] = Math.max(box[3], i % width + 1);
      }
    }
    return box;
  }

  private List<RuledLine> lines(int most) {
    collectRuns();
    List<RuledLine> lines = new ArrayList<>();
    for (RuledLine line = strongest(); line != null && lines.size() < most; line = strongest()) {
      lines.add(line);
    }
    return lines;
  }

  private void collectRuns() {
    int border = Math.max(2, breadth / 50);
    for (int column = 0; column < length; column++) {
      for (int row = border; row < breadth - border; row++) {
        if (at(column, row) > floor) {
          int last = row;
          while (last + 1 < breadth && at(column, last + 1) > floor) {
            last++;
          }
          if (last - row < thickest && row > border) {
            Run run = new Run(column, row, last);
            runs.add(run);
            vote(run, 1);
          }
          row = last;
        }
      }
    }
  }

  private float at(int column, int row) {
    return taken[column * along + row * across];
  }

  private void vote(Run run, int weight) {
    double start = run.middle() + offset + 0.5;
    double along = run.column - length / 2.0;
    for (int i = 0; i < slopes; i++) {
      // All of it is above 0, so that this rounds.
      votes[i * bins + (int) (start - slope[i] * along)] += weight;
    }
  }

  /** The line that most runs lie on, which are counted no more; null if none is a line. */
  private RuledLine strongest() {
    int best = 0;
    int most = 0;
    for (int i = 0; i < slopes; i++) {
      for (int bin = 1; bin < bins - 1; bin++) {
        int at = i * bins + bin;
        int count = votes[at - 1] + votes[at] + votes[at + 1];
        if (count > most) {
          most = count;
          best = at;
        }
      }
    }
    if (most < COVERED * 0.7 * length) {
      return null;
    }
    double slope = this.slope[best / bins];
    double row = best % bins - offset;
    List<Run> own = new ArrayList<>();
    int[] covered = new int[PARTS];
    int[] visible = new int[PARTS];
    boolean[] seen = new boolean[length];
    int from = length;
    int to = -1;
    for (int column = 0; column < length; column++) {
      double there = row + slope * (column - length / 2.0);
      if (there >= 0 && there < breadth) {
        visible[column * PARTS / length]++;
        from = Math.min(from, column);
        to = column;
      }
    }
    for (Run run : runs) {
      if (isOn(run, row, slope)) {
        own.add(run);
        covered[run.column * PARTS / length] += seen[run.column] ? 0 : 1;
        seen[run.column] = true;
      }
    }
    runs.removeIf(run -> isOn(run, row, slope));
    own.forEach(run -> vote(run, -1));
    // Lines reach the picture's sides, which strokes of digits seldom do.
    int first = from;
    int last = to;
    int slack = Math.max(6, length / 25);
    boolean ends =
        own.stream().anyMatch(run -> run.column <= first + slack)
            && own.stream().anyMatch(run -> run.column >= last - slack);
    return ends && isLine(covered, visible, Math.min(length, breadth / Math.abs(slope)))
        ? new RuledLine(row, slope, own)
        : strongest();
  }

  private boolean isOn(Run run, double row, double slope) {
    return Math.abs(run.middle() - row - slope * (run.column - length / 2.0)) <= 2.5;
  }

  /**
   * Whether runs are a line.
   *
   * @param longest columns that a line of this slope may have in the picture
   */
  private boolean isLine(int[] covered, int[] visible, double longest) {
    int missing = 0;
    for (int part = 0; part < PARTS; part++) {
      missing += isMissing(covered, visible, part) ? 1 : 0;
    }
    int all = Arrays.stream(visible).sum();
    if (isMissing(covered, visible, 0) || isMissing(covered, visible, PARTS - 1)) {
      return false;
    }
    return missing <= 2 && all > 0.6 * longest && Arrays.stream(covered).sum() >= COVERED * all;
  }

  private static boolean isMissing(int[] covered, int[] visible, int part) {
    return covered[part] < PART_COVERED * visible[part];
  }

  private void erase(RuledLine line) {
    int[] thicknesses = line.runs.stream().mapToInt(Run::thickness).sorted().toArray();
    double[] tones = line.runs.stream().mapToDouble(this::darkest).sorted().toArray();
    int thickness = thicknesses[thicknesses.length * 3 / 4] + 2;
    double tone = tones[tones.length / 2];
    for (int column = 0; column < length; column++) {
      int there = (int) Math.round(line.row + line.slope * (column - length / 2.0));
      int near = nearest(column, there);
      if (near >= 0) {
        int first = near;
        int last = near;
        while (first > 0 && at(column, first - 1) > floor) {
          first--;
        }
        while (last + 1 < breadth && at(column, last + 1) > floor) {
          last++;
        }
        Run run = new Run(column, first, last);
        if (run.thickness() <= thickness && darkest(run) <= DARKER * tone) {
          clear(run);
        }
      }
    }
  }

  /** The darkest pixel of a column near a row; negative if none is ink. */
  private int nearest(int column, int row) {
    int best = -1;
    for (int r = Math.max(0, row - 2); r <= Math.min(breadth - 1, row + 2); r++) {
      if (at(column, r) > floor && (best < 0 || at(column, r) > at(column, best))) {
        best = r;
      }
    }
    return best;
  }

  private double darkest(Run run) {
    double darkest = 0;
    for (int row = run.first; row <= run.last; row++) {
      darkest = Math.max(darkest, at(run.column, row));
    }
    return darkest;
  }

  /** Erases a run with its soft edges. */
  private void clear(Run run) {
    for (int row = Math.max(0, run.first - 2); row <= Math.min(breadth - 1, run.last + 2); row++) {
      int at = run.column * along + row * across;
      taken[at] = Math.min(taken[at], 0);
    }
  }
}
