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
  private static final double[] RIGHT_ONE = {.75, .28, .7, .72};

  @TempDir static Path folder;
  private static ServedModel served;
  private static Chromium browser;
  private static DrawingPage page;

  static boolean hasBrowser() {
    return Chromium.find().isPresent();
  }

  @BeforeAll
  static void start() throws Exception {
    served = new ServedModel(folder, TrainedRuns.strokesModel());
    browser =
        new Chromium(
            Chromium.find().orElseThrow(), Files.createDirectory(folder.resolve("profile")));
    page = new DrawingPage(browser);
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
    page.window(1000, 720, false);
    browser.open(served.uri);
    browser.await("document.querySelectorAll('#bars tr').length === 10");
    assertEquals("Nothing is drawn yet", browser.text("#sure"));
  }

  @Test
  void readsWhatTheMouseDraws() throws Exception {
    page.drawByMouse(THREE);
    page.awaitAnswer("3");
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
    browser.await(DrawingPage.COLOURED + " > 50");
    browser.evaluate("document.querySelector('#clear').click()");
    page.awaitAnswer("–");
    assertEquals("Nothing is drawn yet", browser.text("#sure"));
    assertEquals(0, inked("#seen"));
  }

  @Test
  void readsSeveralDigitsAndTakesOneBack() throws Exception {
    page.drawByMouse(DrawingPage.LEFT_SEVEN);
    page.drawByMouse(RIGHT_ONE);
    page.awaitAnswer("71");
    browser.evaluate("document.querySelectorAll('#digits button')[1].click()");
    assertEquals("1", browser.text("#bars tr.best th"));
    browser.evaluate("document.querySelector('#undo').click()");
    page.awaitAnswer("7");
  }

  @Test
  void readsWhatAFingerDrawsOnAPhone() throws Exception {
    page.window(390, 844, true);
    List<double[]> points = page.points(SEVEN);
    page.touch("touchStart", points.get(0));
    for (double[] point : points) {
      page.touch("touchMove", point);
    }
    browser.call("Input.dispatchTouchEvent", Map.of("type", "touchEnd", "touchPoints", List.of()));
    page.awaitAnswer("7");
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
    page.awaitAnswer("1");
    browser.await("document.querySelector('#spoken').textContent.startsWith('1, ')");
    browser.press(" ");
    browser.press("Backspace");
    page.awaitAnswer("–");
  }

  @Test
  void readsAPictureThatIsOpened() throws Exception {
    upload(picture());
    page.awaitAnswer("7");
    page.drawByMouse(THREE);
    page.awaitAnswer("3");
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
    page.awaitAnswer("7");
  }

  @Test
  void saysWhatIsWrongWithAFile() throws Exception {
    upload(Files.writeString(folder.resolve("notes.png"), "not a picture"));
    browser.await("!document.querySelector('#problem').hidden");
    assertEquals(
        "notes.png is not a picture that can be read: PNG, JPEG, GIF and BMP are",
        browser.text("#problem"));
    page.drawByMouse(SEVEN);
    page.awaitAnswer("7");
    assertTrue(browser.evaluate("document.querySelector('#problem').hidden").asBoolean());
  }

  @Test
  void followsTheThemeAndNamesEverythingForScreenReaders() throws Exception {
    String background = "getComputedStyle(document.body).backgroundColor";
    page.theme("light");
    String light = browser.evaluate(background).asText();
    page.theme("dark");
    assertFalse(light.equals(browser.evaluate(background).asText()));
    page.theme("light");
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

  /** Pixels of a canvas that are bright. */
  private static int inked(String selector) throws Exception {
    return count(selector, "data[i] > 128").asInt();
  }

  private static JsonNode count(String selector, String condition) throws Exception {
    return browser.evaluate(DrawingPage.expression(selector, condition));
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
}
