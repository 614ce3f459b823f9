package io.mnist4j.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the figures at the head of a page. */
final class PageTiles {
  private static final Pattern TILE =
      Pattern.compile(
          "<div>\\s*<dt>(?:<details><summary>)?([^<]*)(?:</summary><p>[^<]+</p></details>)?</dt>\\s*"
              + "<dd><span>([^<]*)</span>\\s*(?:<small>([^<]*)</small>)?\\s*</dd>");

  private PageTiles() {}

  /** Each as {@code name: value}, with {@code (detail)} where it has one. */
  static List<String> of(String html) {
    List<String> tiles = new ArrayList<>();
    Matcher matcher = TILE.matcher(html);
    while (matcher.find()) {
      String detail = matcher.group(3) == null ? "" : " (" + matcher.group(3) + ")";
      tiles.add(matcher.group(1) + ": " + matcher.group(2) + detail);
    }
    return tiles;
  }
}
