package io.mnist4j.digits;

import io.mnist4j.data.pictures.GreyImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The boxes of a form, side by side in rows, as they lie in a picture that may lean a little. Found
 * as pieces of paper of one size that lines enclose; boxes that are open somewhere are where their
 * neighbours leave room for them.
 */
public final class FormGrid {
  /** Darker than what is around it by so much, in 0 to 255: a line, or ink. */
  private static final double DARKER = 14;

  /** Boxes differ from each other by no more than this factor, in height and in width. */
  private static final double ALIKE = 1.35;

  /** Paper fills at least this part of a box; the rest is ink. */
  private static final double PAPER = 0.4;

  /** Boxes are no smaller than this part of the picture's smaller side. */
  private static final double SMALLEST = 1.0 / 60;

  /** Boxes of one row lie on a line, give or take this part of their size. */
  private static final double OFF_LINE = 0.5;

  /** So much of a box next to its walls is left out: they may be soft, or lean. */
  private static final double MARGIN = 0.04;

  private final GreyImage picture;
  private final List<ConnectedComponent> boxes;
  private final double boxHeight;
  private final double boxWidth;

  /** Rise over run of the rows, and run over rise of the columns. */
  private final double rowSlope;

  private final double columnSlope;

  /** Middles of the rows and columns at the picture's top left corner, were they straight. */
  private final double[] rows;

  private final double[] columns;

  private FormGrid(GreyImage picture, List<ConnectedComponent> boxes) {
    this.picture = picture;
    this.boxes = boxes;
    boxHeight = median(boxes.stream().mapToDouble(ConnectedComponent::height).toArray());
    boxWidth = median(boxes.stream().mapToDouble(ConnectedComponent::width).toArray());
    rowSlope = slope(FormGrid::middleX, FormGrid::middleY, boxWidth, boxHeight);
    columnSlope = slope(FormGrid::middleY, FormGrid::middleX, boxHeight, boxWidth);
    rows = lines(box -> across(middleX(box), middleY(box)), boxHeight);
    columns = lines(box -> along(middleX(box), middleY(box)), boxWidth);
  }

  /** The grid in a picture of dark lines on light paper; empty if there are not two boxes. */
  public static Optional<FormGrid> find(GreyImage picture) {
    List<ConnectedComponent> boxes = alike(enclosed(picture));
    return boxes.size() < 2 ? Optional.empty() : Optional.of(new FormGrid(picture, boxes));
  }

  /** Pieces of paper that do not reach the picture's edge. */
  private static List<ConnectedComponent> enclosed(GreyImage picture) {
    int height = picture.height();
    int width = picture.width();
    boolean[] dark = dark(picture);
    float[] paper = new float[dark.length];
    for (int row = 1; row < height - 1; row++) {
      for (int column = 1; column < width - 1; column++) {
        // Paper is not seen through the gaps of a line that leans.
        boolean open = true;
        for (int r = row - 1; r <= row + 1; r++) {
          open &=
              !dark[r * width + column - 1]
                  && !dark[r * width + column]
                  && !dark[r * width + column + 1];
        }
        paper[row * width + column] = open ? 1 : 0;
      }
    }
    double smallest = Math.max(8, SMALLEST * Math.min(height, width));
    List<ConnectedComponent> pieces =
        new ArrayList<>(ConnectedComponents.of(new InkImage(height, width, paper, false)));
    pieces.removeIf(
        piece ->
            piece.top() <= 1
                || piece.left() <= 1
                || piece.bottom() >= height - 1
                || piece.right() >= width - 1
                || Math.min(piece.height(), piece.width()) < smallest
                || piece.area() < PAPER * piece.height() * piece.width());
    return pieces;
  }

  private static boolean[] dark(GreyImage picture) {
    int height = picture.height();
    int width = picture.width();
    float[] tones = picture.tones();
    WindowMeans means = new WindowMeans(tones, height, width);
    int reach = Math.max(6, Math.min(height, width) / 40);
    boolean[] dark = new boolean[tones.length];
    for (int i = 0; i < dark.length; i++) {
      dark[i] = tones[i] < means.at(i / width, i % width, reach) - DARKER;
    }
    return dark;
  }

  /** The largest number of pieces that are about as large as one of them. */
  private static List<ConnectedComponent> alike(List<ConnectedComponent> pieces) {
    List<ConnectedComponent> most = List.of();
    for (ConnectedComponent piece : pieces) {
      List<ConnectedComponent> same =
          pieces.stream()
              .filter(
                  other ->
                      areAlike(other.height(), piece.height())
                          && areAlike(other.width(), piece.width()))
              .toList();
      most = same.size() > most.size() ? same : most;
    }
    return most;
  }

  private static boolean areAlike(int a, int b) {
    return Math.max(a, b) <= ALIKE * Math.min(a, b);
  }

  private static double middleX(ConnectedComponent box) {
    return (box.left() + box.right()) / 2.0;
  }

  private static double middleY(ConnectedComponent box) {
    return (box.top() + box.bottom()) / 2.0;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  /** How much neighbours on a line lean against it: the median of all. */
  private double slope(
      ToDoubleFunction<ConnectedComponent> along,
      ToDoubleFunction<ConnectedComponent> across,
      double length,
      double breadth) {
    List<Double> slopes = new ArrayList<>();
    for (ConnectedComponent box : boxes) {
      for (ConnectedComponent other : boxes) {
        double run = along.applyAsDouble(other) - along.applyAsDouble(box);
        double rise = across.applyAsDouble(other) - across.applyAsDouble(box);
        if (run > 0.5 * length && run < 2.5 * length && Math.abs(rise) < OFF_LINE * breadth) {
          slopes.add(rise / run);
        }
      }
    }
    return median(slopes.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private double across(double x, double y) {
    return y - rowSlope * x;
  }

  private double along(double x, double y) {
    return x - columnSlope * y;
  }

  /** The middles of all rows, or columns; also of those between them in which no box was found. */
  private double[] lines(ToDoubleFunction<ConnectedComponent> place, double size) {
    double[] places = boxes.stream().mapToDouble(place).sorted().toArray();
    List<Double> middles = new ArrayList<>();
    int first = 0;
    for (int i = 1; i <= places.length; i++) {
      if (i == places.length || places[i] - places[i - 1] > OFF_LINE * size) {
        middles.add(median(Arrays.copyOfRange(places, first, i)));
        first = i;
      }
    }
    double[] steps = new double[middles.size() - 1];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = middles.get(i + 1) - middles.get(i);
    }
    double step = median(steps);
    List<Double> all = new ArrayList<>(List.of(middles.get(0)));
    for (int i = 0; i < steps.length; i++) {
      long missing = Math.max(1, Math.round(steps[i] / step));
      for (int j = 1; j <= missing; j++) {
        all.add(middles.get(i) + steps[i] * j / missing);
      }
    }
    return all.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Rows of boxes, at least 1. */
  public int rows() {
    return rows.length;
  }

  /** Columns of boxes, at least 1. */
  public int columns() {
    return columns.length;
  }

  /**
   * The box that holds a place.
   *
   * @return its row and its column, from 0; empty for a place outside the grid
   */
  public Optional<int[]> boxAt(double x, double y) {
    int row = nearest(rows, across(x, y));
    int column = nearest(columns, along(x, y));
    boolean inside =
        Math.abs(rows[row] - across(x, y)) <= 0.7 * boxHeight
            && Math.abs(columns[column] - along(x, y)) <= 0.7 * boxWidth;
    return inside ? Optional.of(new int[] {row, column}) : Optional.empty();
  }

  private static int nearest(double[] middles, double place) {
    int nearest = 0;
    for (int i = 1; i < middles.length; i++) {
      nearest = Math.abs(middles[i] - place) < Math.abs(middles[nearest] - place) ? i : nearest;
    }
    return nearest;
  }

  /**
   * The picture with nothing but what stands in the boxes: the lines, and all around, are paper.
   */
  public GreyImage contents() {
    int width = picture.width();
    boolean[] inside = inside();
    boolean[] dark = dark(picture);
    float[] light = new float[dark.length];
    float[] count = new float[dark.length];
    for (int i = 0; i < dark.length; i++) {
      light[i] = dark[i] ? 0 : Byte.toUnsignedInt(picture.pixels()[i]);
      count[i] = dark[i] ? 0 : 1;
    }
    WindowMeans lights = new WindowMeans(light, picture.height(), width);
    WindowMeans counts = new WindowMeans(count, picture.height(), width);
    int reach = (int) Math.max(boxHeight, boxWidth);
    byte[] contents = picture.pixels().clone();
    for (int i = 0; i < contents.length; i++) {
      if (!inside[i]) {
        double paper = Math.max(1e-6, counts.at(i / width, i % width, reach));
        contents[i] = (byte) Math.round(lights.at(i / width, i % width, reach) / paper);
      }
    }
    return new GreyImage(picture.height(), width, contents);
  }

  private boolean[] inside() {
    boolean[] inside = new boolean[picture.pixels().length];
    double high = boxHeight * (1 - 2 * MARGIN) / 2;
    double wide = boxWidth * (1 - 2 * MARGIN) / 2;
    for (int i = 0; i < inside.length; i++) {
      int x = i % picture.width();
      int y = i / picture.width();
      double down = across(x, y) - rows[nearest(rows, across(x, y))];
      double right = along(x, y) - columns[nearest(columns, along(x, y))];
      inside[i] = Math.abs(down) <= high && Math.abs(right) <= wide;
    }
    return inside;
  }
}
