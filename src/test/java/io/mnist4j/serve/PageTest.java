package io.mnist4j.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.TrainedRuns;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;

/** Draws on the page in a real browser, and reads what it says. */
@EnabledIf("hasBrowser")
class PageTest {
  /** Corners of digits, in a square of side 1. */
  private static final double[] SEVEN = {.3, .25, .7, .25, .5, .55, .42, .8};

  private static final double[] THREE = {
    .33, .27, .45, .2, .6, .24, .63, .35, .58, .44, .45, .48, .6, .54, .66, .65, .6, .77, .45, .82,
    .32, .75
  };
  private static final double[] LEFT_SEVEN = {.08, .3, .34, .3, .2, .7};
  private static final double[] RIGHT_THREE = {
    .58, .31, .66, .26, .76, .29, .78, .38, .68, .47, .78, .55, .79, .66, .69, .73, .57, .68
  };
  private static final double[] RIGHT_ONE = {.75, .28, .7, .72};

  /** Pixels of the map of reasons that are orange or blue. */
  private static final String COLOURED =
      expression("#why", "data[i + 3] > 60 && Math.abs(data[i] - data[i + 2]) > 60");

  @TempDir static Path folder;
  private static ServedModel served;
  private static Chromium browser;

  static boolean hasBrowser() {
    return Chromium.find().isPresent();
  }

  @BeforeAll
  static void start() throws Exception {
    served = new ServedModel(folder, TrainedRuns.strokesModel());
    browser =
        new Chromium(
            Chromium.find().orElseThrow(), Files.createDirectory(folder.resolve("profile")));
  }

  @AfterAll
  static void stop() throws Exception {
    try (ServedModel server = served;
        Chromium chromium = browser) {
      assertTrue(server.process.isAlive());
    }
  }

  @BeforeEach
  void open() throws Exception {
    window(1000, 720, false);
    browser.open(served.uri);
    browser.await("document.querySelectorAll('#bars tr').length === 10");
    assertEquals("Nothing is drawn yet", browser.text("#sure"));
  }

  @Test
  void readsWhatTheMouseDraws() throws Exception {
    drawByMouse(THREE);
    awaitAnswer("3");
    assertEquals("3", browser.text("#bars tr.best th"));
    assertTrue(
        browser.text("#model").contains("trained on strokes · 101,770 parameters"),
        browser.text("#model"));
    double shares =
        browser
            .evaluate(
                "[...document.querySelectorAll('#bars i')]"
                    + ".reduce((sum, bar) => sum + parseFloat(bar.style.width), 0)")
            .asDouble();
    assertEquals(100, shares, 0.5);
    assertTrue(inked("#seen") > 40, "what the network sees has ink");
    browser.await(COLOURED + " > 50");
    browser.evaluate("document.querySelector('#clear').click()");
    awaitAnswer("–");
    assertEquals("Nothing is drawn yet", browser.text("#sure"));
    assertEquals(0, inked("#seen"));
  }

  @Test
  void readsSeveralDigitsAndTakesOneBack() throws Exception {
    drawByMouse(LEFT_SEVEN);
    drawByMouse(RIGHT_ONE);
    awaitAnswer("71");
    browser.evaluate("document.querySelectorAll('#digits button')[1].click()");
    assertEquals("1", browser.text("#bars tr.best th"));
    browser.evaluate("document.querySelector('#undo').click()");
    awaitAnswer("7");
  }

  @Test
  void readsWhatAFingerDrawsOnAPhone() throws Exception {
    window(390, 844, true);
    List<double[]> points = points(SEVEN);
    touch("touchStart", points.get(0));
    for (double[] point : points) {
      touch("touchMove", point);
    }
    browser.call("Input.dispatchTouchEvent", Map.of("type", "touchEnd", "touchPoints", List.of()));
    awaitAnswer("7");
    assertEquals(
        390,
        browser.evaluate("document.documentElement.scrollWidth").asInt(),
        "nothing sticks out");
    assertEquals(0, browser.evaluate("scrollY").asInt(), "drawing does not scroll");
  }

  @Test
  void readsWhatTheKeyboardDrawsAndSaysItAloud() throws Exception {
    browser.press("Tab");
    assertEquals("pad", browser.evaluate("document.activeElement.id").asText());
    for (int i = 0; i < 8; i++) {
      browser.press("ArrowUp");
    }
    browser.press(" ");
    for (int i = 0; i < 16; i++) {
      browser.press("ArrowDown");
    }
    awaitAnswer("1");
    browser.await("document.querySelector('#spoken').textContent.startsWith('1, ')");
    browser.press(" ");
    browser.press("Backspace");
    awaitAnswer("–");
  }

  @Test
  void readsAPictureThatIsOpened() throws Exception {
    upload(picture());
    awaitAnswer("7");
    drawByMouse(THREE);
    awaitAnswer("3");
  }

  @Test
  void readsAPictureThatIsDropped() throws Exception {
    String base64 = Base64.getEncoder().encodeToString(Files.readAllBytes(picture()));
    browser.evaluate(
        "fetch('/v1/model').then(() => { const bytes = Uint8Array.from(atob('"
            + base64
            + "'), c => c.charCodeAt(0)); const data = new DataTransfer();"
            + " data.items.add(new File([bytes], 'seven.png', {type: 'image/png'}));"
            + " document.querySelector('#pad').dispatchEvent("
            + "new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true})); })");
    awaitAnswer("7");
  }

  @Test
  void saysWhatIsWrongWithAFile() throws Exception {
    upload(Files.writeString(folder.resolve("notes.png"), "not a picture"));
    browser.await("!document.querySelector('#problem').hidden");
    assertEquals(
        "notes.png is not a picture that can be read: PNG, JPEG, GIF and BMP are",
        browser.text("#problem"));
    drawByMouse(SEVEN);
    awaitAnswer("7");
    assertTrue(browser.evaluate("document.querySelector('#problem').hidden").asBoolean());
  }

  @Test
  void followsTheThemeAndNamesEverythingForScreenReaders() throws Exception {
    String background = "getComputedStyle(document.body).backgroundColor";
    theme("light");
    String light = browser.evaluate(background).asText();
    theme("dark");
    assertFalse(light.equals(browser.evaluate(background).asText()));
    theme("light");
    List<String> unnamed = new ArrayList<>();
    for (JsonNode node : browser.call("Accessibility.getFullAXTree", Map.of()).get("nodes")) {
      String role = node.path("role").path("value").asText();
      if (List.of("button", "application", "img", "table", "region").contains(role)
          && node.path("name").path("value").asText().isBlank()) {
        unnamed.add(node.toString());
      }
    }
    assertEquals(List.of(), unnamed);
  }

  /** The README's picture. */
  @Test
  @EnabledIfSystemProperty(named = "write.pictures", matches = ".*")
  void isShownInTheReadme() throws Exception {
    browser.call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 920, "height", 660, "deviceScaleFactor", 0.75, "mobile", false));
    theme("light");
    drawByMouse(LEFT_SEVEN);
    drawByMouse(RIGHT_THREE);
    awaitAnswer("73");
    browser.await(COLOURED + " > 50");
    BufferedImage shot = ImageIO.read(new ByteArrayInputStream(browser.screenshot()));
    // Half of the bytes, with fewer tones than anybody misses.
    for (int y = 0; y < shot.getHeight(); y++) {
      for (int x = 0; x < shot.getWidth(); x++) {
        shot.setRGB(x, y, (shot.getRGB(x, y) & 0xfff0f0f0) + 0x0f0f0f);
      }
    }
    ImageIO.write(shot, "png", Path.of("docs/serve.png").toFile());
  }

  private void awaitAnswer(String digits) throws Exception {
    browser.await("document.querySelector('#digits').textContent === '" + digits + "'");
  }

  /** Pixels of a canvas that are bright. */
  private static int inked(String selector) throws Exception {
    return count(selector, "data[i] > 128").asInt();
  }

  private static JsonNode count(String selector, String condition) throws Exception {
    return browser.evaluate(expression(selector, condition));
  }

  private static String expression(String selector, String condition) {
    return "(() => { const canvas = document.querySelector('"
        + selector
        + "'); const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)"
        + ".data; let count = 0; for (let i = 0; i < data.length; i += 4) { if ("
        + condition
        + ") count++; } return count; })()";
  }

  private static void upload(Path file) throws Exception {
    int root = browser.call("DOM.getDocument", Map.of()).get("root").get("nodeId").asInt();
    int input =
        browser
            .call("DOM.querySelector", Map.of("nodeId", root, "selector", "#file"))
            .get("nodeId")
            .asInt();
    browser.call(
        "DOM.setFileInputFiles", Map.of("nodeId", input, "files", List.of(file.toString())));
  }

  /** A seven, dark on light, in a corner of a sheet. */
  private static Path picture() throws Exception {
    BufferedImage sheet = new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(new Color(0xf3f0e6));
    graphics.fillRect(0, 0, 400, 300);
    graphics.setColor(new Color(0x203060));
    graphics.setStroke(new BasicStroke(9, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    int[] x = new int[SEVEN.length / 2];
    int[] y = new int[SEVEN.length / 2];
    for (int i = 0; i < x.length; i++) {
      x[i] = (int) (150 * SEVEN[2 * i]) + 200;
      y[i] = (int) (150 * SEVEN[2 * i + 1]) + 20;
    }
    graphics.drawPolyline(x, y, x.length);
    graphics.dispose();
    Path file = folder.resolve("seven.png");
    ImageIO.write(sheet, "png", file.toFile());
    return file;
  }

  private static void drawByMouse(double[] corners) throws Exception {
    List<double[]> points = points(corners);
    mouse("mousePressed", points.get(0));
    for (double[] point : points) {
      mouse("mouseMoved", point);
    }
    mouse("mouseReleased", points.get(points.size() - 1));
  }

  private static void mouse(String type, double[] point) throws Exception {
    browser.call(
        "Input.dispatchMouseEvent",
        Map.of(
            "type",
            type,
            "x",
            point[0],
            "y",
            point[1],
            "button",
            "left",
            "buttons",
            1,
            "clickCount",
            1));
  }

  private static void touch(String type, double[] point) throws Exception {
    browser.call(
        "Input.dispatchTouchEvent",
        Map.of("type", type, "touchPoints", List.of(Map.of("x", point[0], "y", point[1]))));
  }

  /** Points on the way along corners, in pixels of the window. */
  private static List<double[]> points(double[] corners) throws Exception {
    JsonNode pad =
        browser.evaluate(
            "(() => { const pad = document.querySelector('#pad').getBoundingClientRect();"
                + " return [pad.left, pad.top, pad.width]; })()");
    List<double[]> points = new ArrayList<>();
    int parts = 4;
    for (int i = 0; i + 3 < corners.length; i += 2) {
      for (int part = 0; part <= parts; part++) {
        double x = corners[i] + (corners[i + 2] - corners[i]) * part / parts;
        double y = corners[i + 1] + (corners[i + 3] - corners[i + 1]) * part / parts;
        double side = pad.get(2).asDouble();
        points.add(
            new double[] {pad.get(0).asDouble() + x * side, pad.get(1).asDouble() + y * side});
      }
    }
    return points;
  }

  private static void window(int width, int height, boolean mobile) throws Exception {
    browser.call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", mobile));
    browser.call("Emulation.setTouchEmulationEnabled", Map.of("enabled", mobile));
  }

  private static void theme(String name) throws Exception {
    browser.call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", name))));
  }
}
