package io.mnist4j.serve;

import io.mnist4j.cli.TrainedRuns;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;

/** Takes the picture of the server's page for the README; it needs Chromium. */
final class PagePicture {
  private PagePicture() {}

  /** Writes {@code docs/serve.png}. */
  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("page-picture-");
    Path profile = Files.createDirectory(folder.resolve("profile"));
    try (ServedModel served = new ServedModel(folder, TrainedRuns.strokesModel());
        Chromium browser = new Chromium(Chromium.find().orElseThrow(), profile)) {
      ImageIO.write(picture(served, browser), "png", Path.of("docs/serve.png").toFile());
    }
  }

  private static BufferedImage picture(ServedModel served, Chromium browser) throws Exception {
    DrawingPage page = new DrawingPage(browser);
    browser.call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 920, "height", 660, "deviceScaleFactor", 0.75, "mobile", false));
    browser.open(served.uri);
    browser.await("document.querySelectorAll('#bars tr').length === 10");
    page.theme("light");
    page.drawByMouse(DrawingPage.LEFT_SEVEN);
    page.drawByMouse(DrawingPage.RIGHT_THREE);
    page.awaitAnswer("73");
    browser.await(DrawingPage.COLOURED + " > 50");
    BufferedImage shot = ImageIO.read(new ByteArrayInputStream(browser.screenshot()));
    // Half of the bytes, with fewer tones, which makes no visible difference.
    for (int y = 0; y < shot.getHeight(); y++) {
      for (int x = 0; x < shot.getWidth(); x++) {
        shot.setRGB(x, y, (shot.getRGB(x, y) & 0xfff0f0f0) + 0x0f0f0f);
      }
    }
    return shot;
  }
}
