package io.mnist4j.report.text;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.regex.Pattern;

/** The templates of {@code src/main/jte}, which the build has made into classes. */
public final class HtmlTemplates {
  private static final TemplateEngine ENGINE = TemplateEngine.createPrecompiled(ContentType.Html);

  /** XML has no way to write them, and a file of SVG with one in it cannot be read. */
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f&&[^\\n\\t]]");

  private HtmlTemplates() {}

  /**
   * Renders HTML or SVG. Every text of the model is escaped where it is put.
   *
   * @param template name of its file
   * @param model its one parameter
   */
  public static String render(String template, Object model) {
    StringOutput output = new StringOutput();
    ENGINE.render(template, model, output);
    return CONTROL.matcher(output.toString()).replaceAll("\ufffd");
  }
}
