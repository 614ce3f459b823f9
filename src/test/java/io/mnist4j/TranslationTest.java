package io.mnist4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page in another language shows the same commands, settings, figures and links. */
@Tag("architecture")
class TranslationTest {
  private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```$");
  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

  /** Small whole numbers are words in one language and digits in the other. */
  private static final Pattern FIGURE = Pattern.compile("\\d+(?:[.,]\\d+)+|\\d{3,}");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README",
        "docs/tutorial/first-model",
        "docs/tutorial/class",
        "docs/tutorial/worksheet",
        "docs/tutorial/teacher"
      })
  void chineseSaysTheSame(String page) throws Exception {
    String english = Files.readString(Path.of(page + ".md"));
    String chinese = Files.readString(Path.of(page + ".zh-CN.md"));
    assertEquals(blocks(english), blocks(chinese));
    String englishText = FENCED.matcher(english).replaceAll("");
    String chineseText = FENCED.matcher(chinese).replaceAll("");
    assertEquals(found(CODE, englishText), found(CODE, chineseText), "code");
    assertEquals(found(FIGURE, englishText), found(FIGURE, chineseText), "figures");
    assertEquals(links(englishText), links(chineseText), "links");
    assertTrue(chinese.codePoints().filter(Character::isIdeographic).count() > 200);
  }

  /** Without the comments of a shell. */
  private static List<String> blocks(String text) {
    return FENCED
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .map(block -> block.startsWith("```sh") ? block.replaceAll(" +#.*", "") : block)
        .toList();
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(each -> each.groupCount() == 0 ? each.group() : each.group(1))
        .sorted()
        .toList();
  }

  /** But for those from one language to the other. */
  private static List<String> links(String text) {
    return found(LINK, text).stream()
        .map(link -> link.replace(".zh-CN.md", ".md"))
        .distinct()
        .filter(link -> !link.matches("(README|first-model|class|worksheet|teacher)\\.md"))
        .sorted()
        .toList();
  }
}
