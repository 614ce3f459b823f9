package io.mnist4j.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mnist4j.errors.ConfigException;
import io.mnist4j.run.KitchenSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordReaderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "digits: [1_0]       | digits.0 must be a whole number, not '1_0'; write 10",
        "digits: [010]       | digits.0 must be a whole number, not '010'; write 10",
        "digits: [0o7]       | digits.0 must be a whole number, not '0o7'",
        "digits: [0x7]       | digits.0 must be a whole number, not '0x7'",
        "digits: [7.0]       | digits.0 must be a whole number, not '7.0'",
        "digits: [٣]         | digits.0 must be a whole number, not '٣'",
        "digits: [\"7\"]     | digits.0 must be a whole number, not the text \"7\"; leave the"
            + " quotes out",
        "digits: [\"x\"]     | digits.0 must be a whole number, not the text \"x\"",
        "digits: [true]      | digits.0 must be a whole number, not 'true'",
        "digits: [~]         | digits.0 must be a whole number, not empty",
        "digits: [[1]]       | digits.0 must be a whole number, not a list",
        "digits: [{a: 1}]    | digits.0 must be a whole number, not keys (a)",
        "digits: [9999999999]| digits.0 must be a whole number from -2147483648 to 2147483647, "
            + "not '9999999999'",
        "digits: [10]        | digits must be 0 to 9, not 10",
        "digits: 1           | digits must be a list, not '1'",
        "digits:             | digits must be a list, not empty",
        "limit: .inf         | limit must be a number, not '.inf'",
        "limit: .nan         | limit must be a number, not '.nan'",
        "limit: Infinity     | limit must be a number, not 'Infinity'",
        "limit: 1e999        | limit must be a number below 1.8e308, not '1e999'",
        "limit: 1f           | limit must be a number, not '1f'",
        "limit: 0x1p3        | limit must be a number, not '0x1p3'",
        "limit: 1_000.5      | limit must be a number, not '1_000.5'; write 1000.5",
        "limit: 1,5          | limit must be a number, not '1,5'",
        "limit: -1           | limit must be above 0, not -1.0",
        "is-open: yes        | is-open must be true or false, not 'yes'",
        "is-open: 1          | is-open must be true or false, not '1'",
        "is-open: \"true\"   | is-open must be true or false, not the text \"true\"",
        "label: null         | label must be text, not empty",
        "label: {a: b}       | label must be text, not keys (a)",
        "origin: {colour: RED}   | origin.colour must be red or dark-blue, not 'RED'; did you mean"
            + " red?",
        "origin: {colour: azure} | origin.colour must be red or dark-blue, not 'azure'",
        "origin: {clour: red}    | origin.clour is not a key; did you mean colour?",
        "origin: red         | origin must have keys of its own: x, y, colour",
        "shape: sqare        | shape must be nothing, circle or flat-ring, not 'sqare'",
        "shape: Circle       | shape must be nothing, circle or flat-ring, not 'Circle'; did you"
            + " mean circle?",
        "shape: {cirle: {}}  | shape must be nothing, circle or flat-ring, not 'cirle'; did you"
            + " mean circle?",
        "shape:              | shape must be nothing, circle or flat-ring, not empty",
        "shape: [circle]     | shape must be nothing, circle or flat-ring, not a list",
        "shape: {circle: , radius: 3} | shape must be one of nothing, circle or flat-ring, with its"
            + " keys indented below it, not {circle, radius}",
        "shape: {nothing: 3} | shape.nothing takes no keys",
        "shape: {flat-ring: {inner: 50}} | shape.flat-ring.outer must be above inner (50)",
        "x: 1                | x is not a key; did you mean origin.x?",
        "3                   | the file must have keys of its own: shape, shapes, points, digits, "
            + "is-open, limit, origin, label",
      })
  void wrongValues(String yaml, String expected) {
    assertRefused(yaml, "file1:1: " + expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "+1", "1.", "1.0", "1e0", "10E-1", "0.1e+1", "001.0"})
  void spellingsOfOne(String text) throws Exception {
    assertEquals(Optional.of(1.0), KitchenSink.read("limit: " + text).limit());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "label: !!java.io.File x  | file1:1: the tag !!java.io.File is not read; write the plain"
            + " value",
        "label: !!str x           | file1:1: the tag !!str is not read; write the plain value",
        "label: !mine x           | file1:1: the tag !mine is not read; write the plain value",
        "digits: !!seq [1]        | file1:1: the tag !!seq is not read; write the plain value",
        "label: &a x              | file1:1: the anchor &a is not read; leave it out",
        "origin: {<<: {x: 1}}     | file1:1: the merge key << is not read; write the keys out",
        "origin:\\n"
            + "\\tx: 1        | file1:2: is not YAML: found character '\\t(TAB)' that cannot start"
            + " any token. (Do not use \\t(TAB) for indentation)",
        "label: a\\nlabel: b      | file1:2: the key label is there twice",
        "label: a\\n---\\nlabel: b| file1:3: a second document begins here; a file holds one "
            + "experiment",
        "? [a]\\n: 1              | file1:1: a key must be a word",
        "? \\n: 1                 | file1:1: a key must be a word",
        "label: a: b              | file1:1: is not YAML: mapping values are not allowed here",
        "digits: [1               | file1:1: is not YAML: expected ',' or ']', but got <stream"
            + " end>",
        "label: \\u0000           | file1:1: is not YAML: special characters are not allowed",
        "origin:\\n  x: 1\\n y: 2 | file1:3: is not YAML: expected <block end>, but found '<block "
            + "mapping start>'",
      })
  void whatIsNoPlainYaml(String yaml, String expected) {
    String text = yaml.replace("\\n", "\n").replace("\\t", "\t").replace("\\u0000", "\u0000");
    assertRefused(text, expected);
  }

  @Test
  void deepNestingIsRefused() {
    assertRefused("label: " + "[".repeat(60), "file1:1: is not YAML: it is nested too deeply");
    assertRefused("#".repeat(1 << 21), "file1:1: has over a million characters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\ufefflabel: a\n",
        "label: a\r\nis-open: true\r\n",
        "---\nlabel: a\n...\n",
        "%YAML 1.2\n---\nlabel: a\n",
        "{\"label\": \"a\"}",
        "'label': 'a'",
        "label: >-\n  a\n",
        "  label:   a   # text\n",
      })
  void otherWaysToWriteIt(String yaml) throws Exception {
    assertEquals("a", KitchenSink.read(yaml).label());
  }

  @Test
  void textMayLookLikeSomethingElse() throws Exception {
    assertEquals("2024", KitchenSink.read("label: 2024").label());
    assertEquals("true", KitchenSink.read("label: true").label());
    assertEquals("null", KitchenSink.read("label: 'null'").label());
    assertEquals("", KitchenSink.read("label: ''").label());
  }

  @Test
  void allProblemsOfAllFilesInTheirOrder() {
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () ->
                KitchenSink.read(
                    "points:\n  - x: a\n    y: b\n  - z: 1\nlabel: !x y\n",
                    "origin:\n  colour: green\n  qq:\n    1\n"));
    assertEquals(
        List.of(
            "file1:2: points.0.x must be a whole number, not 'a'",
            "file1:3: points.0.y must be a whole number, not 'b'",
            "file1:4: points.1.z is not a key; did you mean x?",
            "file1:5: the tag !x is not read; write the plain value",
            "file2:2: origin.colour must be red or dark-blue, not 'green'",
            "file2:3: origin.qq is not a key; known are x, y, colour"),
        refused.problems());
  }

  /** Constructors that say more than which single value is wrong. */
  record Picky(@Key("first") int first, @Key("last") int last) {
    public static final Picky DEFAULT = new Picky(0, 10);

    public Picky {
      if (first == 13) {
        throw new IllegalArgumentException("no key is this message's first word");
      }
      if (last <= first) {
        throw new IllegalArgumentException("last must be above first, not " + last);
      }
    }
  }

  @Test
  void contradictionsAreNamedOnceWhereTheUserWrote() {
    assertEquals(
        List.of("f:2: last must be above first, not 5"), problemsOfPicky("first: 7\nlast: 5"));
    assertEquals(List.of("f:1: last must be above first, not 10"), problemsOfPicky("first: 20"));
    assertEquals(List.of("f:1: no key is this message's first word"), problemsOfPicky("first: 13"));
    assertEquals(
        List.of("f:2: last must be above first, not 15"), problemsOfPicky("first: 20\nlast: 15"));
  }

  private static List<String> problemsOfPicky(String yaml) {
    List<ConfigProblem> problems = new ArrayList<>();
    ConfigNode node = YamlReader.read(yaml, new SourceLocation(1, "f", 1), problems);
    new RecordReader(KeyType.Keys.of(Picky.class), problems).read(node);
    return ConfigProblem.exception(problems).problems();
  }

  private static void assertRefused(String yaml, String expected) {
    ConfigException refused = assertThrows(ConfigException.class, () -> KitchenSink.read(yaml));
    assertEquals(List.of(expected), refused.problems());
  }
}
