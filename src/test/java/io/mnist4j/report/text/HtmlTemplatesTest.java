package io.mnist4j.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlTemplatesTest {
  @Test
  void textIsEscapedWhereItIsPut() {
    assertEquals(
        "<tr><th scope=\"row\">&lt;b&gt;</th><td>a &amp; b</td></tr>",
        HtmlTemplates.render("row.jte", List.of("<b>", "a & b")).strip());
  }

  /** No XML file may hold them, not even escaped. */
  @Test
  void controlCharactersAreReplaced() {
    assertEquals(
        "<tr><th scope=\"row\">a\ufffd[31mb</th><td>tab\tand\nbreak stay</td></tr>",
        HtmlTemplates.render("row.jte", List.of("a\u001b[31mb", "tab\tand\nbreak stay")).strip());
  }
}
