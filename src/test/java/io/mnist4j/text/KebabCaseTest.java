package io.mnist4j.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.nd4j.shade.jackson.annotation.JsonInclude.Include.NON_NULL;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonUnwrapped;

public class KebabCaseTest {
  private static final Pattern KEY = Pattern.compile("\"([a-z][A-Za-z0-9]*)\"(?= ?:)");

  private record Epoch(int bestSoFar) {}

  private record Host(String hostName) {}

  @KebabCase
  private record Result(
      double testAccuracy,
      List<Epoch> allEpochs,
      Epoch lastEpoch,
      Map<String, String> fileHashes,
      @JsonInclude(NON_NULL) String worstClass) {}

  @KebabCase
  private record Written(@JsonUnwrapped Host host, long trainImages) {}

  private static final Result RESULT =
      new Result(0.5, List.of(new Epoch(1)), new Epoch(2), Map.of("aFile.gz", "x"), null);
  private static final String TEXT =
      "{\"test-accuracy\":0.5,\"all-epochs\":[{\"best-so-far\":1}],\"last-epoch\":{\"best-so-far\":2},"
          + "\"file-hashes\":{\"aFile.gz\":\"x\"}}";

  /**
   * A text of an older version as it is written now.
   *
   * @param json whose keys are names of components
   */
  public static String keys(String json) {
    return KEY.matcher(json).replaceAll(key -> "\"" + Json.kebabCase(key.group(1)) + "\"");
  }

  @Test
  void keysOfRecordsAreWrittenAsSettingsAreAndThoseOfMapsAsTheyAre() {
    assertEquals(TEXT, Json.line(RESULT));
    assertEquals(
        "{\"host-name\":\"h\",\"train-images\":7}", Json.line(new Written(new Host("h"), 7)));
  }

  @Test
  void eitherSpellingIsRead() {
    assertEquals(RESULT, Json.parse(TEXT, Result.class));
    String old =
        "{\"testAccuracy\":0.5,\"allEpochs\":[{\"bestSoFar\":1}],\"lastEpoch\":{\"bestSoFar\":2},"
            + "\"fileHashes\":{\"aFile.gz\":\"x\"}}";
    assertEquals(RESULT, Json.parse(old, Result.class));
  }

  @Test
  void whatIsMissingIsNamedAsItIsWritten() {
    IllegalArgumentException lacks =
        assertThrows(
            IllegalArgumentException.class,
            () -> Json.parse("{\"test-accuracy\": 1}", Result.class));
    assertEquals("lacks \"all-epochs\"", lacks.getMessage());
  }

  @Test
  void numbersAreWords() {
    assertEquals("top3-accuracy", Json.kebabCase("top3Accuracy"));
    assertEquals("macro-f1", Json.kebabCase("macroF1"));
    assertEquals("content-sha256", Json.kebabCase("contentSha256"));
    assertEquals("seed", Json.kebabCase("seed"));
  }
}
