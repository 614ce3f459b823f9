package io.mnist4j.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mnist4j.errors.ConfigException;
import io.mnist4j.run.KitchenSink;
import io.mnist4j.run.KitchenSink.Colour;
import io.mnist4j.run.KitchenSink.Point;
import io.mnist4j.run.KitchenSink.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigMergerTest {
  @Test
  void theSameChoiceIsJoinedAndAnotherOneReplacesIt() throws Exception {
    String ring = "shape: {flat-ring: {inner: 5, outer: 9}}";
    assertEquals(new Shape.FlatRing(5, 9), KitchenSink.read(ring).shape());
    assertEquals(
        new Shape.FlatRing(7, 9), KitchenSink.read(ring, "shape: {flat-ring: {inner: 7}}").shape());
    assertEquals(new Shape.FlatRing(5, 9), KitchenSink.read(ring, "shape: flat-ring").shape());
    assertEquals(new Shape.Circle(1), KitchenSink.read(ring, "shape: circle").shape());
    assertEquals(new Shape.Nothing(), KitchenSink.read(ring, "shape: {nothing: }").shape());
    // The default's circle is not the circle's default.
    assertEquals(new Shape.Circle(3), KitchenSink.read("shape: {circle: {}}").shape());
  }

  @Test
  void aListReplacesAList() throws Exception {
    KitchenSink sink = KitchenSink.read("digits: [3]", "shapes: [{circle: {}}]");
    assertEquals(List.of(3), sink.digits());
    assertEquals(List.of(new Shape.Circle(1)), sink.shapes());
  }

  @Test
  void aKeyWithoutAValueChangesNothing() throws Exception {
    assertEquals(KitchenSink.DEFAULT, KitchenSink.read("", "# nothing\n", "---\n", "~", "{}"));
    assertEquals(
        Optional.of(new Point(5, 0, Colour.RED)),
        KitchenSink.read("origin: {x: 5}", "origin: {}").origin());
    assertEquals(
        new Shape.Circle(8),
        KitchenSink.read("shape: {circle: {radius: 8}}", "shape:\n  circle:\n").shape());
    // Where null is a value, it is one.
    assertEquals(Optional.empty(), KitchenSink.read("origin:").origin());
    assertEquals(Optional.empty(), KitchenSink.read("limit: 3", "limit: ~").limit());
  }

  @Test
  void settingsReachEveryKey() throws Exception {
    KitchenSink sink =
        set(
            "shape.radius=5",
            "shapes.1.circle.radius=6",
            "shapes.0={flat-ring: {outer: 70}}",
            "shapes.0.inner=60",
            "points.1.colour=dark-blue",
            "digits.1=9",
            "limit=0.5",
            "origin.x=-1",
            "label=a");
    assertEquals(new Shape.Circle(5), sink.shape());
    assertEquals(List.of(new Shape.FlatRing(60, 70), new Shape.Circle(6)), sink.shapes());
    assertEquals(new Point(0, 0, Colour.DARK_BLUE), sink.points().get(1));
    assertEquals(List.of(1, 9), sink.digits());
    assertEquals(Optional.of(0.5), sink.limit());
    assertEquals(Optional.of(new Point(-1, 0, Colour.RED)), sink.origin());
    assertEquals("a", sink.label());
  }

  @Test
  void settingsChooseAnew() throws Exception {
    assertEquals(new Shape.FlatRing(2, 90), set("shape.flat-ring.outer=90").shape());
    assertEquals(new Shape.FlatRing(2, 91), set("shape=flat-ring", "shape.outer=91").shape());
    assertEquals(
        Optional.of(new Point(4, 2, Colour.DARK_BLUE)), set("origin=", "origin.x=4").origin());
  }

  @Test
  void optionsOfTheCommandLineAreTakenAsTheyAre() throws Exception {
    for (String text : List.of("a: b", "#", "~", "null", "[", "*x", " ", "12", "")) {
      Setting setting = new Setting("label", text, "--label", Setting.Form.LITERAL);
      assertEquals(text, KitchenSink.read(List.of(), List.of(setting)).label());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "labl=1 | labl is not a key; did you mean label?",
        "radius=1 | radius is not a key; known are shape, shapes, points, digits, is-open, limit, "
            + "origin, label",
        "colour=red | colour is not a key; did you mean origin.colour?",
        "label.x=1 | label has no key 'x': it is a single value",
        "limit.x=1 | limit has no key 'x': it is a single value",
        "digits.2=1 | digits.2 is not in the list: its entries are 0 to 1",
        "digits.-1=1 | digits.-1 is not in the list: its entries are 0 to 1",
        "digits.x=1 | digits.x is not in the list: its entries are 0 to 1",
        "digits.99999999999=1 | digits.99999999999 is not in the list: its entries are 0 to 1",
        "shapes.2.circle.radius=1 | shapes.2 is not in the list: its entries are 0 to 1",
        "shapes.1.flat-ring.inner=1 | shapes.1 is circle, not flat-ring",
        "shapes.1.radiu=1 | shapes.1.radiu is not a key; did you mean radius?",
        "shape.cirle.radius=1 | shape.cirle is not a key; did you mean circle?",
        "shape.circle.w=1 | shape.circle.w is not a key; known are radius",
        "shape.nothing.w=1 | shape.nothing.w is not a key; there is none here",
        "shape.circle.radius.x=1 | shape.circle.radius has no key 'x': it is a single value",
        "shape..radius=1 | shape. is not a key; known are radius, nothing, circle, flat-ring",
        "points.0=1 | points.0 must have keys of its own: x, y, colour",
        "digits.0= | digits.0 must be a whole number, not empty",
        "digits.0=[ | is not YAML: ",
        "digits.0=*a | the alias *a is not read; write the value out",
      })
  void settingsThatLeadNowhere(String setting, String expected) {
    ConfigException refused = assertThrows(ConfigException.class, () -> set(setting));
    assertEquals(1, refused.problems().size(), refused.getMessage());
    String problem = refused.problems().get(0);
    String start = "--set " + setting + ": " + expected.strip();
    assertEquals(start, problem.substring(0, Math.min(start.length(), problem.length())));
  }

  @Test
  void settingsDoNotHideWhatAFileSaysWrong() {
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () ->
                KitchenSink.read(List.of("digits: 3\nlabel: [a]"), settings("digits.0=1", "x=1")));
    assertEquals(
        List.of(
            "file1:1: digits must be a list, not '3'",
            "file1:2: label must be text, not a list",
            "--set x=1: x is not a key; did you mean origin.x?"),
        refused.problems());
  }

  private static KitchenSink set(String... settings) throws ConfigException {
    return KitchenSink.read(List.of(), settings(settings));
  }

  private static List<Setting> settings(String... settings) {
    return Arrays.stream(settings)
        .map(
            setting -> {
              String[] parts = setting.split("=", 2);
              return new Setting(parts[0], parts[1], "--set " + setting, Setting.Form.YAML);
            })
        .toList();
  }
}
