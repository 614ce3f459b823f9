package io.mnist4j.report.plot;

import java.util.Locale;

/**
 * The colours of a drawing, by what they are for. Those of the series are Okabe and Ito's palette
 * (Color Universal Design, 2008), which people with any colour vision tell apart, and lighter kin
 * of it for dark pages; no meaning is in colour alone.
 */
public enum Ink {
  PAPER("#ffffff", "#16191f"),
  TEXT("#1b1f27", "#e6e9ef"),
  /** Text on a strong light colour, which dark pages have too. */
  BLACK("#14171c", "#14171c"),
  MUTED("#5b6472", "#a3adbb"),
  GRID("#dfe3e8", "#343b46"),
  BLUE("#0072b2", "#56b4e9"),
  VERMILION("#d55e00", "#ff8f4a"),
  GREEN("#007a5a", "#3ccf9f"),
  PURPLE("#a9508a", "#e3a1c9"),
  ORANGE("#a86f00", "#f0b93a"),
  GREY("#6b7280", "#b8c0cc");

  /** Those that series take, one after another. */
  private static final Ink[] SERIES = {BLUE, VERMILION, GREEN, PURPLE, ORANGE, GREY};

  private final String light;
  private final String dark;

  Ink(String light, String dark) {
    this.light = light;
    this.dark = dark;
  }

  static Ink ofSeries(int number) {
    return SERIES[number % SERIES.length];
  }

  /** The CSS class of what is filled with it. */
  public String fill() {
    return "f-" + word();
  }

  /** The CSS class of lines in it. */
  public String stroke() {
    return "s-" + word();
  }

  /** {@code 0xrrggbb} on a light page. */
  int lightRgb() {
    return Integer.parseInt(light.substring(1), 16);
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The style sheet of all of them; paper is light in print. */
  public static String css() {
    StringBuilder css = new StringBuilder();
    for (Ink ink : values()) {
      ink.addRules(css, ink.light);
    }
    css.append("@media screen and (prefers-color-scheme:dark){");
    for (Ink ink : values()) {
      ink.addRules(css, ink.dark);
    }
    return css.append("}\n").toString();
  }

  private void addRules(StringBuilder css, String color) {
    css.append('.').append(fill()).append("{fill:").append(color).append('}');
    css.append('.').append(stroke()).append("{stroke:").append(color).append("}\n");
  }
}
