package io.mnist4j.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.shade.jackson.annotation.JsonInclude;

class JsonTest {
  private record Point(int x, double y) {}

  private record Line(
      String name,
      Point from,
      List<Point> others,
      Map<String, String> notes,
      @JsonInclude(JsonInclude.Include.NON_NULL) Long length) {}

  private static final Line LINE =
      new Line("a \"line\"", new Point(1, 1e-7), List.of(), Map.of("k", "v"), null);

  @Test
  void writesARecordInTheOrderOfItsComponents() {
    assertEquals(
        "{\"name\":\"a \\\"line\\\"\",\"from\":{\"x\":1,\"y\":1.0E-7},\"others\":[],"
            + "\"notes\":{\"k\":\"v\"}}",
        Json.line(LINE));
    assertEquals("{\n  \"x\" : 1,\n  \"y\" : 0.5\n}\n", Json.pretty(new Point(1, 0.5)));
  }

  @Test
  void readsTheRecordThatItWrote() {
    assertEquals(LINE, Json.parse(Json.line(LINE), Line.class));
    Line longer = new Line("b", new Point(0, 0), List.of(new Point(2, 3)), Map.of(), 7L);
    assertEquals(longer, Json.parse(Json.pretty(longer), Line.class));
  }

  @Test
  void ignoresOtherKeys() {
    assertEquals(new Point(1, 2), Json.parse("{\"x\": 1, \"y\": 2, \"z\": 3}", Point.class));
  }

  @Test
  void saysWhichKeyIsMissingOrOfAnotherType() {
    assertRefused("{\"x\": 1}", "lacks \"y\"");
    assertRefused("{\"x\": null, \"y\": 2}", "lacks \"x\"");
    assertRefused("[]", "lacks \"x\"");
    assertRefused("{\"x\": {}, \"y\": 2}", "has a value of another type");
    String inner = "{\"name\": \"n\", \"from\": {\"x\": 1}}";
    assertEquals(
        "lacks \"y\"",
        assertThrows(IllegalArgumentException.class, () -> Json.parse(inner, Line.class))
            .getMessage());
  }

  @Test
  void refusesWhatNoProgramWrites() {
    assertRefused("{\"x\": 1", "is not JSON: ");
    assertRefused("{\"x\": 1, \"x\": 2}", "is not JSON: Duplicate field 'x'");
    assertRefused("[".repeat(41), "is not JSON: nested too deeply");
    assertRefused("{\"x\": " + "1".repeat(41) + "}", "is not JSON: a number of too many digits");
  }

  private static void assertRefused(String text, String expected) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Json.parse(text, Point.class))
            .getMessage();
    assertTrue(message.startsWith(expected), message);
  }
}
