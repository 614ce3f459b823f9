package io.mnist4j.digits;

import io.mnist4j.data.pictures.GreyImage;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/**
 * Draws a page and takes its picture: paper with its lines, ink, light, and a camera that stands
 * askew and adds noise. It knows nothing of how digits are found.
 */
final class PageDrawing {
  private final PageKind kind;
  private final Random random;
  private final int digitHeight;
  private final int margin;
  private final double penWidth;
  private final int height;
  private final int width;

  /** Red, green and blue of each pixel, 0 to 255. */
  private final float[][] tones;

  /** Which digit's ink a pixel has, from 1; 0 for none. */
  private final int[] owners;

  private final int[] lefts;
  private final List<PageStrokes> strokes = new ArrayList<>();

  private PageDrawing(PageKind kind, List<GreyImage> digits, Random random) {
    this.kind = kind;
    this.random = random;
    digitHeight = 50 + random.nextInt(110);
    penWidth = Math.max(1.6, kind.pen().width(random) * digitHeight);
    margin = (int) (digitHeight * between(0.8, 1.6));
    lefts = new int[digits.size()];
    int x = margin;
    int cell = (int) (digitHeight * between(1.25, 1.5));
    for (int i = 0; i < lefts.length; i++) {
      int high = (int) (digitHeight * (i == 0 ? 1 : between(0.9, 1.1)));
      PageStrokes digit = new PageStrokes(digits.get(i), high, penWidth);
      strokes.add(digit);
      boolean cells = kind.paper() == PagePaper.BOXES;
      lefts[i] = cells ? margin + i * cell + Math.max(4, (cell - digit.width) / 2) : x;
      x = cells ? x + cell : x + digit.width + (int) (digitHeight * between(0.12, 0.6));
    }
    width = x + margin;
    height = digitHeight + 2 * margin;
    tones = new float[3][height * width];
    owners = new int[height * width];
    paper(cell);
  }

  /**
   * Draws it.
   *
   * @param digits from left to right
   */
  static Page of(PageKind kind, List<GreyImage> digits, Random random) {
    PageDrawing page = new PageDrawing(kind, digits, random);
    for (int i = 0; i < digits.size(); i++) {
      page.write(i);
    }
    return page.photograph();
  }

  private double between(double least, double most) {
    return least + (most - least) * random.nextDouble();
  }

  private void paper(int cell) {
    Color colour =
        new Color(235 + random.nextInt(20), 235 + random.nextInt(20), 220 + random.nextInt(35));
    if (kind.paper() == PagePaper.CHALK) {
      colour = random.nextBoolean() ? new Color(40, 65, 52) : new Color(45, 45, 48);
    } else if (kind.paper() == PagePaper.SCREEN) {
      colour = new Color(random.nextInt(30), random.nextInt(30), random.nextInt(50));
    }
    for (int i = 0; i < owners.length; i++) {
      blend(i, colour, 1);
    }
    Color line =
        switch (random.nextInt(4)) {
          case 0 -> new Color(110, 150, 215);
          case 1 -> new Color(150, 150, 155);
          case 2 -> new Color(225, 130, 130);
          default -> new Color(120, 190, 170);
        };
    double thick = between(1, Math.max(1.5, 0.022 * digitHeight));
    switch (kind.paper()) {
      case RULED -> lines(line, thick, digitHeight * between(0.45, 1.4), 0);
      case SQUARED -> {
        double spacing = digitHeight * between(0.28, 0.9);
        lines(line, thick, 0, spacing);
        lines(line, thick, spacing, 0);
      }
      case BOX -> boxes(1, width - 2 * margin);
      case BOXES -> boxes(lefts.length, cell);
      case DESK -> desk();
      default -> {}
    }
  }

  /** Lines of the whole page at these distances; 0 for none. */
  private void lines(Color colour, double thick, double down, double across) {
    double first = between(0, Math.max(down, across));
    for (int i = 0; i < owners.length; i++) {
      int at = down > 0 ? i / width : i % width;
      double spacing = Math.max(down, across);
      double off = Math.abs((at + first) % spacing - spacing / 2);
      blend(i, colour, 0.85 * Math.min(1, Math.max(0, thick / 2 - off + 0.5)));
    }
  }

  private void boxes(int count, int cell) {
    int above = (int) (digitHeight * between(0.12, 0.35)) + (int) penWidth / 2;
    int beside = count == 1 ? (int) (digitHeight * between(0.15, 0.5)) : 0;
    Color colour = random.nextBoolean() ? new Color(40, 40, 40) : new Color(220, 120, 60);
    int thick = 1 + random.nextInt(Math.max(2, digitHeight / 30));
    int top = margin - above;
    int bottom = margin + digitHeight + above;
    for (int i = 0; i <= count; i++) {
      int x = margin - beside + i * (cell + 2 * beside);
      fill(colour, top, x, bottom + thick, x + thick);
    }
    int right = margin - beside + count * (cell + 2 * beside) + thick;
    fill(colour, top, margin - beside, top + thick, right);
    fill(colour, bottom, margin - beside, bottom + thick, right);
  }

  private void fill(Color colour, int top, int left, int bottom, int right) {
    for (int row = Math.max(0, top); row < Math.min(height, bottom); row++) {
      for (int column = Math.max(0, left); column < Math.min(width, right); column++) {
        blend(row * width + column, colour, 1);
      }
    }
  }

  /** The desk on one side, on two, or all around. */
  private void desk() {
    Color wood = random.nextInt(3) == 0 ? new Color(190, 150, 105) : new Color(95, 65, 45);
    int sides = 1 + random.nextInt(15);
    double[] slopes = {between(-0.08, 0.08), between(-0.08, 0.08)};
    double[] ends = new double[4];
    for (int side = 0; side < 4; side++) {
      ends[side] = (sides >> side & 1) == 1 ? margin * between(0.35, 0.75) : -2 * margin;
    }
    for (int i = 0; i < owners.length; i++) {
      double down = (double) i / width + slopes[0] * (i % width - width / 2.0);
      double across = i % width + slopes[1] * ((double) i / width - height / 2.0);
      boolean off =
          down < ends[0] || across < ends[1] || down > height - ends[2] || across > width - ends[3];
      if (off) {
        blend(i, wood, 1);
        shade(i, 1 + 0.07 * Math.sin(0.23 * down + 0.9 * Math.sin(0.03 * across)));
      }
    }
  }

  private void blend(int at, Color colour, double part) {
    int[] wanted = {colour.getRed(), colour.getGreen(), colour.getBlue()};
    for (int c = 0; c < 3; c++) {
      tones[c][at] += (float) (part * (wanted[c] - tones[c][at]));
    }
  }

  private void shade(int at, double light) {
    for (int c = 0; c < 3; c++) {
      tones[c][at] *= (float) light;
    }
  }

  private void write(int number) {
    PageStrokes digit = strokes.get(number);
    Color ink = kind.pen().colour(kind.paper().isDark(), random);
    int top = margin + (digitHeight - digit.height) / 2;
    double grain = kind.paper() == PagePaper.CHALK ? 0.3 : kind.pen().grain();
    for (int row = 0; row < digit.height; row++) {
      for (int column = 0; column < digit.width; column++) {
        double cover = digit.coverage(row, column, penWidth);
        int at = (top + row) * width + lefts[number] + column;
        if (cover > 0) {
          blend(at, ink, cover * (1 - grain * random.nextDouble()));
          owners[at] = cover >= 0.5 ? number + 1 : owners[at];
        }
      }
    }
  }

  /** Soft shadows and creases, which lie on the ink as well. */
  private void light() {
    boolean screen = kind.paper() == PagePaper.SCREEN;
    double angle = between(0, 2 * Math.PI);
    double dark = kind.paper() == PagePaper.SHADOW ? between(0.45, 0.7) : 1;
    double soft = digitHeight * between(0.03, 0.4);
    double edge = between(-0.3, 0.3) * digitHeight;
    double slope = screen || kind.camera() == PageCamera.CLEAN ? 0 : between(0, 0.25);
    double slopeAngle = between(0, 2 * Math.PI);
    double fold = kind.paper() == PagePaper.CREASE ? between(0.06, 0.16) : 0;
    for (int i = 0; i < owners.length; i++) {
      int row = i / width;
      double x = i % width - width / 2.0;
      double y = row - height / 2.0;
      double off = x * Math.cos(angle) + y * Math.sin(angle) - edge;
      double light = dark + (1 - dark) / (1 + Math.exp(-off / soft));
      light *= 1 - slope * (0.5 + (x * Math.cos(slopeAngle) + y * Math.sin(slopeAngle)) / width);
      // Each side of a fold is lit from another angle, and its ridge throws a narrow shadow.
      light *= 1 - fold * Math.exp(-Math.max(0, off) / digitHeight) * (off > 0 ? 1 : 0.2);
      light *= 1 - 2 * fold * Math.exp(-off * off / (0.0004 * digitHeight * digitHeight));
      shade(i, light);
    }
  }

  private Page photograph() {
    light();
    double[] corners = corners();
    double[] view = homography(corners);
    int outHeight = (int) corners[8];
    int outWidth = (int) corners[9];
    BufferedImage image = new BufferedImage(outWidth, outHeight, BufferedImage.TYPE_INT_RGB);
    int[][] boxes = new int[lefts.length][];
    boolean straight =
        kind.camera() != PageCamera.ROTATED && kind.camera() != PageCamera.PERSPECTIVE;
    double noise =
        switch (kind.camera()) {
          case NOISE -> between(5, 11);
          case PERSPECTIVE, ROTATED -> 2.5;
          default -> 0;
        };
    for (int row = 0; row < outHeight; row++) {
      for (int column = 0; column < outWidth; column++) {
        double scale = view[6] * column + view[7] * row + 1;
        double x = (view[0] * column + view[1] * row + view[2]) / scale;
        double y = (view[3] * column + view[4] * row + view[5]) / scale;
        image.setRGB(column, row, straight ? nearest(x, y, noise) : sample(x, y, noise));
        mark(boxes, at(x, y), row, column);
      }
    }
    List<Box> found = new ArrayList<>();
    for (int[] box : boxes) {
      found.add(new Box(box[1], box[0], box[3] - box[1] + 1, box[2] - box[0] + 1));
    }
    return new Page(file(image), found);
  }

  private void mark(int[][] boxes, int at, int row, int column) {
    int owner = owners[at];
    if (owner > 0) {
      int[] old =
          boxes[owner - 1] == null ? new int[] {row, column, row, column} : boxes[owner - 1];
      boxes[owner - 1] =
          new int[] {
            Math.min(old[0], row), Math.min(old[1], column),
            Math.max(old[2], row), Math.max(old[3], column)
          };
    }
  }

  private int at(double x, double y) {
    int row = (int) Math.min(height - 1, Math.max(0, Math.round(y)));
    return row * width + (int) Math.min(width - 1, Math.max(0, Math.round(x)));
  }

  private int nearest(double x, double y, double noise) {
    int at = at(x, y);
    double grain = noise * random.nextGaussian();
    return rgb(tones[0][at] + grain, tones[1][at] + grain, tones[2][at] + grain);
  }

  private int sample(double x, double y, double noise) {
    double[] sum = new double[3];
    double across = x - Math.floor(x);
    double down = y - Math.floor(y);
    for (int corner = 0; corner < 4; corner++) {
      double weight = ((corner & 1) == 1 ? across : 1 - across) * (corner > 1 ? down : 1 - down);
      int at = at(Math.floor(x) + (corner & 1), Math.floor(y) + (corner >> 1));
      for (int c = 0; c < 3; c++) {
        sum[c] += weight * tones[c][at];
      }
    }
    double grain = noise * random.nextGaussian();
    return rgb(sum[0] + grain, sum[1] + grain, sum[2] + grain);
  }

  private int rgb(double red, double green, double blue) {
    int rgb = 0;
    for (double tone : new double[] {red, green, blue}) {
      double own = kind.camera() == PageCamera.NOISE ? tone + 2 * random.nextGaussian() : tone;
      rgb = rgb << 8 | (int) Math.min(255, Math.max(0, Math.round(own)));
    }
    return rgb;
  }

  /** Where the picture's corners lie on the page (x and y, clockwise), its height, its width. */
  private double[] corners() {
    double inset = 0.3 * margin;
    double top = inset;
    double left = inset;
    double bottom = height - inset;
    double right = width - inset;
    if (kind.pen() == PagePen.CROPPED) {
      int[][] boxes = new int[lefts.length][];
      for (int i = 0; i < owners.length; i++) {
        mark(boxes, i, i / width, i % width);
      }
      int free = random.nextInt(4);
      top = Arrays.stream(boxes).mapToInt(box -> box[0]).min().orElseThrow() - free;
      left = Arrays.stream(boxes).mapToInt(box -> box[1]).min().orElseThrow() - free;
      bottom = Arrays.stream(boxes).mapToInt(box -> box[2]).max().orElseThrow() + 1 + free;
      right = Arrays.stream(boxes).mapToInt(box -> box[3]).max().orElseThrow() + 1 + free;
    }
    double[] corners = {
      left, top, right, top, right, bottom, left, bottom, bottom - top, right - left
    };
    if (kind.camera() == PageCamera.ROTATED) {
      double angle = between(0.015, 0.09) * (random.nextBoolean() ? 1 : -1);
      for (int i = 0; i < 8; i += 2) {
        double x = corners[i] - width / 2.0;
        double y = corners[i + 1] - height / 2.0;
        corners[i] = width / 2.0 + x * Math.cos(angle) - y * Math.sin(angle);
        corners[i + 1] = height / 2.0 + x * Math.sin(angle) + y * Math.cos(angle);
      }
    } else if (kind.camera() == PageCamera.PERSPECTIVE) {
      double most = 0.07 * Math.min(bottom - top, right - left);
      boolean cropped = kind.pen() == PagePen.CROPPED;
      for (int i = 0; i < 8; i++) {
        // Corners of a picture that is cut to the ink may only go outwards.
        double outwards = i == 2 || i == 4 || i == 5 || i == 7 ? 1 : -1;
        corners[i] += cropped ? outwards * between(0, most) : between(-most, most);
      }
    }
    return corners;
  }

  /** The projective map that takes the picture's corners to those on the page. */
  private static double[] homography(double[] to) {
    double[] fromX = {0, to[9], to[9], 0};
    double[] fromY = {0, 0, to[8], to[8]};
    double[][] equations = new double[8][9];
    for (int i = 0; i < 4; i++) {
      double x = to[2 * i];
      double y = to[2 * i + 1];
      double u = fromX[i];
      double v = fromY[i];
      equations[2 * i] = new double[] {u, v, 1, 0, 0, 0, -x * u, -x * v, x};
      equations[2 * i + 1] = new double[] {0, 0, 0, u, v, 1, -y * u, -y * v, y};
    }
    for (int pivot = 0; pivot < 8; pivot++) {
      int best = pivot;
      for (int row = pivot; row < 8; row++) {
        if (Math.abs(equations[row][pivot]) > Math.abs(equations[best][pivot])) {
          best = row;
        }
      }
      double[] own = equations[best];
      equations[best] = equations[pivot];
      equations[pivot] = own;
      for (int row = 0; row < 8; row++) {
        double factor = row == pivot ? 0 : equations[row][pivot] / own[pivot];
        for (int column = pivot; column < 9; column++) {
          equations[row][column] -= factor * own[column];
        }
      }
    }
    double[] map = new double[8];
    for (int i = 0; i < 8; i++) {
      map[i] = equations[i][8] / equations[i][i];
    }
    return map;
  }

  private byte[] file(BufferedImage image) {
    if (kind.camera() == PageCamera.CLEAN) {
      return Rendering.file(image, "png");
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpg").next();
    ImageWriteParam quality = writer.getDefaultWriteParam();
    quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    quality.setCompressionQuality(
        kind.camera() == PageCamera.JPEG ? (float) between(0.3, 0.6) : 0.9f);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (var stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), quality);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }
}
