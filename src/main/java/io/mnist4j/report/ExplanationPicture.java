package io.mnist4j.report;

import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.data.pictures.Picture;
import io.mnist4j.digits.Box;
import io.mnist4j.explain.Counterfactual;
import io.mnist4j.explain.Saliency;
import io.mnist4j.files.AtomicFile;
import io.mnist4j.predict.RecognizedDigit;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * Why a network said what it said, as a picture of three panels: the input with the place where the
 * digit was found, what the network saw of it, and over that which ink speaks for the answer
 * (orange) and which speaks against it (blue), the more the stronger.
 */
public final class ExplanationPicture {
  private static final int PANEL = 280;
  private static final int GAP = 12;
  private static final Color FOUND = new Color(0xd5, 0x2b, 0x1e);
  private static final int FOR = 0xe66100;
  private static final int AGAINST = 0x2c6bd1;

  private ExplanationPicture() {}

  /**
   * Draws the panels.
   *
   * @param picture that was read
   * @param digit one of the digits in it
   * @param saliency of what the network saw there
   */
  public static BufferedImage of(Picture picture, RecognizedDigit digit, Saliency saliency) {
    BufferedImage panels = blank();
    Graphics2D graphics = panels.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    drawInput(graphics, picture, digit.digit().box());
    int secondLeft = 2 * GAP + PANEL;
    // Light ink on dark paper, as the network has it.
    draw(graphics, grey(digit.digit().image(), 0, 255), secondLeft, false);
    int thirdLeft = 3 * GAP + 2 * PANEL;
    // Grey ink on white paper, so that the colours are seen.
    draw(graphics, grey(digit.digit().image(), 255, 110), thirdLeft, false);
    draw(graphics, overlay(saliency), thirdLeft, true);
    frame(graphics);
    graphics.dispose();
    return panels;
  }

  /**
   * How little changes the answer: what the network saw, the ink that comes (orange) and goes
   * (blue), and the image that it takes for another class.
   */
  public static BufferedImage of(Counterfactual counterfactual) {
    BufferedImage panels = blank();
    Graphics2D graphics = panels.createGraphics();
    draw(graphics, grey(counterfactual.before(), 0, 255), GAP, false);
    int secondLeft = 2 * GAP + PANEL;
    draw(graphics, grey(counterfactual.before(), 255, 110), secondLeft, false);
    draw(graphics, changes(counterfactual), secondLeft, false);
    draw(graphics, grey(counterfactual.after(), 0, 255), 3 * GAP + 2 * PANEL, false);
    frame(graphics);
    graphics.dispose();
    return panels;
  }

  /** White, of the size of all panels. */
  private static BufferedImage blank() {
    BufferedImage panels =
        new BufferedImage(3 * PANEL + 4 * GAP, PANEL + 2 * GAP, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = panels.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, panels.getWidth(), panels.getHeight());
    graphics.dispose();
    return panels;
  }

  private static void frame(Graphics2D graphics) {
    graphics.setColor(Color.LIGHT_GRAY);
    for (int panel = 0; panel < 3; panel++) {
      int left = GAP + panel * (PANEL + GAP);
      graphics.drawRect(left - 1, GAP - 1, PANEL + 1, PANEL + 1);
    }
  }

  /** Writes the panels as PNG. */
  public static void write(Path file, BufferedImage panels) throws IOException {
    AtomicFile.write(file, temporary -> ImageIO.write(panels, "png", temporary.toFile()));
  }

  private static void drawInput(Graphics2D graphics, Picture picture, Box box) {
    double scale = (double) PANEL / Math.max(picture.height(), picture.width());
    int width = Math.max(1, (int) Math.round(picture.width() * scale));
    int height = Math.max(1, (int) Math.round(picture.height() * scale));
    int left = GAP + (PANEL - width) / 2;
    int top = GAP + (PANEL - height) / 2;
    BufferedImage input =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        input.setRGB(x, y, picture.argb(y, x));
      }
    }
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION,
        scale > 2
            ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR
            : RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    // Bilinear interpolation looks at four pixels only: halved first, none is passed over.
    while (input.getWidth() >= 2 * width && input.getHeight() >= 2 * height) {
      input = halved(input);
    }
    graphics.drawImage(input, left, top, width, height, null);
    double perPixel = scale / picture.reduction();
    graphics.setColor(FOUND);
    graphics.setStroke(new BasicStroke(2));
    graphics.drawRect(
        (int) Math.max(GAP, left + box.x() * perPixel - 3),
        (int) Math.max(GAP, top + box.y() * perPixel - 3),
        (int) Math.min(PANEL - 1, box.width() * perPixel + 6),
        (int) Math.min(PANEL - 1, box.height() * perPixel + 6));
    graphics.setStroke(new BasicStroke(1));
  }

  private static BufferedImage halved(BufferedImage image) {
    int width = image.getWidth() / 2;
    int height = image.getHeight() / 2;
    BufferedImage half = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = half.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return half;
  }

  private static void draw(Graphics2D graphics, BufferedImage image, int left, boolean smooth) {
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION,
        smooth
            ? RenderingHints.VALUE_INTERPOLATION_BICUBIC
            : RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    graphics.drawImage(image, left, GAP, PANEL, PANEL, null);
  }

  private static BufferedImage grey(GreyImage image, int paper, int ink) {
    BufferedImage grey =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        grey.setRGB(x, y, 0x010101 * (paper + (ink - paper) * image.at(y, x) / 255));
      }
    }
    return grey;
  }

  private static BufferedImage overlay(Saliency saliency) {
    BufferedImage overlay =
        new BufferedImage(saliency.width(), saliency.height(), BufferedImage.TYPE_INT_ARGB);
    float strongest = saliency.strongest();
    for (int y = 0; y < saliency.height(); y++) {
      for (int x = 0; x < saliency.width(); x++) {
        float slope = saliency.at(y, x);
        int alpha = strongest > 0 ? Math.round(215 * Math.abs(slope) / strongest) : 0;
        overlay.setRGB(x, y, alpha << 24 | (slope > 0 ? FOR : AGAINST));
      }
    }
    return overlay;
  }

  /** Every change can be seen, and the larger ones better. */
  private static BufferedImage changes(Counterfactual counterfactual) {
    GreyImage size = counterfactual.before();
    BufferedImage changes =
        new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < size.height(); y++) {
      for (int x = 0; x < size.width(); x++) {
        int change = counterfactual.change(y, x);
        int alpha = change == 0 ? 0 : 60 + 195 * Math.abs(change) / 255;
        changes.setRGB(x, y, alpha << 24 | (change > 0 ? FOR : AGAINST));
      }
    }
    return changes;
  }
}
