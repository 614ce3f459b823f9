package io.mnist4j.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * The server's page in a browser, and what draws on it. A drawing is a list of corners: x and y in
 * turn, in a square of side 1.
 */
record DrawingPage(Chromium browser) {
  static final double[] LEFT_SEVEN = {.08, .3, .34, .3, .2, .7};
  static final double[] RIGHT_THREE = {
    .58, .31, .66, .26, .76, .29, .78, .38, .68, .47, .78, .55, .79, .66, .69, .73, .57, .68
  };

  /** Pixels of the map of reasons that are orange or blue. */
  static final String COLOURED =
      expression("#why", "data[i + 3] > 60 && Math.abs(data[i] - data[i + 2]) > 60");

  void awaitAnswer(String digits) throws Exception {
    browser.await("document.querySelector('#digits').textContent === '" + digits + "'");
  }

  static String expression(String selector, String condition) {
    return "(() => { const canvas = document.querySelector('"
        + selector
        + "'); const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)"
        + ".data; let count = 0; for (let i = 0; i < data.length; i += 4) { if ("
        + condition
        + ") count++; } return count; })()";
  }

  void drawByMouse(double[] corners) throws Exception {
    List<double[]> points = points(corners);
    mouse("mousePressed", points.get(0));
    for (double[] point : points) {
      mouse("mouseMoved", point);
    }
    mouse("mouseReleased", points.get(points.size() - 1));
  }

  private void mouse(String type, double[] point) throws Exception {
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

  void touch(String type, double[] point) throws Exception {
    browser.call(
        "Input.dispatchTouchEvent",
        Map.of("type", type, "touchPoints", List.of(Map.of("x", point[0], "y", point[1]))));
  }

  /** Points on the way along corners, in pixels of the window. */
  List<double[]> points(double[] corners) throws Exception {
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

  void window(int width, int height, boolean mobile) throws Exception {
    browser.call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", mobile));
    browser.call("Emulation.setTouchEmulationEnabled", Map.of("enabled", mobile));
  }

  void theme(String name) throws Exception {
    browser.call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", name))));
  }
}
