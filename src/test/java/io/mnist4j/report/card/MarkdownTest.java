package io.mnist4j.report.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class MarkdownTest {
  @Test
  void whateverANameHoldsIsShownAsItIs() {
    assertEquals("T-shirt/top", Markdown.plain("T-shirt/top"));
    assertEquals("a\\|b \\<img\\> \\*x\\*", Markdown.plain("a|b <img> *x*"));
    assertEquals("\\[a\\]\\(b\\)", Markdown.plain("[a](b)"));
    assertFalse(Markdown.plain("a\n# b").contains("\n"));
    assertEquals("`my-set_1`", Markdown.code("my-set_1"));
    assertEquals("a\\`b\\|c", Markdown.code("a`b|c"));
  }
}
