package io.mnist4j.report.plot;

import io.mnist4j.report.plot.DrawnShape.Anchor;
import io.mnist4j.report.plot.DrawnShape.PlotPoint;
import java.awt.AWTError;
import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Drawings as PNG, in light colours. AWT draws them; nothing else in the program uses it. */
public final class PlotRaster {
  /** Pixels for each pixel of the drawing. */
  private static final int SCALE = 2;

  private PlotRaster() {}

  /**
   * Draws.
   *
   * @throws NoFontsException if this system has nothing to draw text with
   */
  public static byte[] png(Drawing drawing) throws NoFontsException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      // Without it the JDK would buffer in the temporary folder.
      ImageIO.setUseCache(false);
      ImageIO.write(draw(drawing), "png", png);
    } catch (LinkageError | InternalError | AWTError | RuntimeException e) {
      // Systems without a screen often lack fonts or their libraries; AWT then fails in many ways.
      throw new NoFontsException(e);
    } catch (IOException e) {
      throw new UncheckedIOException("into memory", e);
    }
    return png.toByteArray();
  }

  /** This system has nothing to draw text with. */
  public static final class NoFontsException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The first cause says most: AWT wraps it several times. */
    NoFontsException(Throwable e) {
      super(rootCause(e).toString(), e);
    }

    private static Throwable rootCause(Throwable e) {
      return e.getCause() == null ? e : rootCause(e.getCause());
    }
  }

  private static BufferedImage draw(Drawing drawing) throws IOException {
    BufferedImage image =
        new BufferedImage(
            drawing.width() * SCALE, drawing.height() * SCALE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.scale(SCALE, SCALE);
    graphics.setColor(color(Ink.PAPER));
    graphics.fillRect(0, 0, drawing.width(), drawing.height());
    for (DrawnShape shape : drawing.shapes()) {
      draw(graphics, shape);
    }
    graphics.dispose();
    return image;
  }

  private static void draw(Graphics2D graphics, DrawnShape shape) throws IOException {
    if (shape instanceof DrawnShape.Line line) {
      Path2D path = new Path2D.Double();
      PlotPoint start = line.points().get(0);
      path.moveTo(start.x(), start.y());
      line.points().forEach(point -> path.lineTo(point.x(), point.y()));
      graphics.setColor(color(line.ink()));
      graphics.setStroke(stroke(line));
      graphics.draw(path);
    } else if (shape instanceof DrawnShape.Rectangle box) {
      graphics.setColor(color(box.ink()));
      graphics.setComposite(
          AlphaComposite.getInstance(AlphaComposite.SRC_OVER, (float) box.opacity()));
      graphics.fill(new Rectangle2D.Double(box.x(), box.y(), box.width(), box.height()));
      graphics.setComposite(AlphaComposite.SrcOver);
    } else if (shape instanceof DrawnShape.Disc disc) {
      graphics.setColor(color(disc.ink()));
      double size = 2 * disc.radius();
      graphics.fill(
          new Ellipse2D.Double(disc.x() - disc.radius(), disc.y() - disc.radius(), size, size));
    } else if (shape instanceof DrawnShape.Label text) {
      graphics.setColor(color(text.ink()));
      graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 1).deriveFont((float) text.size()));
      double width = graphics.getFontMetrics().stringWidth(text.content());
      double shift = text.anchor() == Anchor.START ? 0 : text.anchor() == Anchor.END ? 1 : 0.5;
      AffineTransform upright = graphics.getTransform();
      graphics.translate(text.x(), text.y());
      graphics.rotate(text.turned() ? -Math.PI / 2 : 0);
      graphics.drawString(text.content(), (float) (-shift * width), 0);
      graphics.setTransform(upright);
    } else if (shape instanceof DrawnShape.Bitmap picture) {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture.png().bytes()));
      AffineTransform place = AffineTransform.getTranslateInstance(picture.x(), picture.y());
      place.scale(picture.width() / image.getWidth(), picture.height() / image.getHeight());
      graphics.drawRenderedImage(image, place);
    }
  }

  private static BasicStroke stroke(DrawnShape.Line line) {
    float width = (float) line.width();
    if (line.dash() == DrawnShape.Dash.SOLID) {
      return new BasicStroke(width);
    }
    String[] lengths = line.dash().pattern.split(" ", -1);
    float[] dashes = new float[lengths.length];
    for (int i = 0; i < dashes.length; i++) {
      dashes[i] = Float.parseFloat(lengths[i]);
    }
    return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0);
  }

  private static Color color(Ink ink) {
    return new Color(ink.lightRgb());
  }
}
