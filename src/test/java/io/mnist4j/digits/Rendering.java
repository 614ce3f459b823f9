package io.mnist4j.digits;

import io.mnist4j.data.pictures.GreyImage;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Ways in which people's digits come: an MNIST image, made into a file of another look. */
public enum Rendering {
  AS_MNIST_HAS_IT("png") {
    @Override
    public BufferedImage of(GreyImage digit, Random random) {
      return coloured(digit, Color.BLACK, Color.WHITE);
    }
  },
  DARK_ON_LIGHT("png") {
    @Override
    public BufferedImage of(GreyImage digit, Random random) {
      return coloured(digit, Color.WHITE, Color.BLACK);
    }
  },
  TEN_TIMES_AS_LARGE("bmp") {
    @Override
    public BufferedImage of(GreyImage digit, Random random) {
      return scaled(coloured(digit, Color.BLACK, Color.WHITE), 280);
    }
  },
  /** Anywhere on a larger sheet. */
  WITH_A_MARGIN("png") {
    @Override
    public BufferedImage of(GreyImage digit, Random random) {
      return on(
          sheet(400 + random.nextInt(300), 400 + random.nextInt(300), Color.WHITE),
          scaled(coloured(digit, Color.WHITE, Color.BLACK), 100 + random.nextInt(250)),
          random);
    }
  },
  SMALL_ON_A_SHEET("png") {
    @Override
    public BufferedImage of(GreyImage digit, Random random) {
      return on(sheet(100, 80, Color.WHITE), coloured(digit, Color.WHITE, Color.BLACK), random);
    }
  },
  IN_COLOUR("gif") {
    @Override
    public BufferedImage of(GreyImage digit, Random random) {
      return scaled(coloured(digit, new Color(255, 240, 120), new Color(30, 60, 200)), 150);
    }
  },
  /** As bright as each other: only the colour tells them apart. */
  RED_ON_GREEN("png") {
    @Override
    public BufferedImage of(GreyImage digit, Random random) {
      return scaled(coloured(digit, new Color(0, 130, 0), new Color(255, 0, 0)), 150);
    }
  },
  BLACK_ON_NOTHING("png") {
    @Override
    public BufferedImage of(GreyImage digit, Random random) {
      return scaled(onNothing(digit, Color.BLACK), 200);
    }
  },
  WHITE_ON_NOTHING("png") {
    @Override
    public BufferedImage of(GreyImage digit, Random random) {
      return scaled(onNothing(digit, Color.WHITE), 200);
    }
  },
  /** A grey sheet under light from one side, with the camera's noise and JPEG's blocks. */
  PHOTO("jpg") {
    @Override
    public BufferedImage of(GreyImage digit, Random random) {
      return photo(digit, random, new Color(205, 200, 190), new Color(40, 45, 70));
    }
  },
  PHOTO_OF_A_BLACKBOARD("jpg") {
    @Override
    public BufferedImage of(GreyImage digit, Random random) {
      return photo(digit, random, new Color(50, 70, 60), new Color(200, 205, 200));
    }
  };

  private final String format;

  Rendering(String format) {
    this.format = format;
  }

  /** The digit so rendered. */
  public abstract BufferedImage of(GreyImage digit, Random random);

  /** The content of a file with the digit so rendered. */
  public byte[] file(GreyImage digit, Random random) {
    return file(of(digit, random), format);
  }

  public static byte[] file(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalArgumentException("no " + format + " of such an image");
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }

  public static BufferedImage sheet(int width, int height, Color color) {
    BufferedImage sheet = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setColor(color);
    graphics.fillRect(0, 0, width, height);
    graphics.dispose();
    return sheet;
  }

  /** A digit whose paper is transparent. */
  static BufferedImage onNothing(GreyImage digit, Color ink) {
    return coloured(digit, new Color(ink.getRGB() & 0xffffff, true), ink);
  }

  private static BufferedImage coloured(GreyImage digit, Color paper, Color ink) {
    boolean opaque = paper.getAlpha() == 255;
    BufferedImage image =
        new BufferedImage(
            digit.width(),
            digit.height(),
            opaque ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < digit.height(); y++) {
      for (int x = 0; x < digit.width(); x++) {
        int part = digit.at(y, x);
        image.setRGB(
            x,
            y,
            mixed(paper.getAlpha(), ink.getAlpha(), part) << 24
                | mixed(paper.getRed(), ink.getRed(), part) << 16
                | mixed(paper.getGreen(), ink.getGreen(), part) << 8
                | mixed(paper.getBlue(), ink.getBlue(), part));
      }
    }
    return image;
  }

  private static int mixed(int paper, int ink, int part) {
    return (paper * (255 - part) + ink * part + 127) / 255;
  }

  private static BufferedImage scaled(BufferedImage image, int side) {
    BufferedImage scaled = new BufferedImage(side, side, image.getType());
    Graphics2D graphics = scaled.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, side, side, null);
    graphics.dispose();
    return scaled;
  }

  private static BufferedImage on(BufferedImage sheet, BufferedImage digit, Random random) {
    Graphics2D graphics = sheet.createGraphics();
    graphics.drawImage(
        digit,
        random.nextInt(sheet.getWidth() - digit.getWidth() + 1),
        random.nextInt(sheet.getHeight() - digit.getHeight() + 1),
        null);
    graphics.dispose();
    return sheet;
  }

  private static BufferedImage photo(GreyImage digit, Random random, Color paper, Color ink) {
    BufferedImage drawn =
        on(
            sheet(320, 240, paper),
            scaled(coloured(digit, paper, ink), 100 + random.nextInt(120)),
            random);
    return Photo.of(
        320, 240, paper, false, random.nextLong(), sheet -> sheet.drawImage(drawn, 0, 0, null));
  }
}
