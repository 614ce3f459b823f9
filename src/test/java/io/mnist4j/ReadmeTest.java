package io.mnist4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.run.ExperimentFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows works as it is shown. */
class ReadmeTest {
  private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)|src=\"([^\":]+)\"");

  @TempDir Path directory;

  @Test
  void itsExperimentIsOne() throws Exception {
    Matcher yaml = YAML.matcher(readme());
    assertTrue(yaml.find());
    Path file = Files.writeString(directory.resolve("readme.yaml"), yaml.group(1));
    assertEquals(20, ExperimentFile.read(List.of(file), List.of()).training().epochs());
  }

  @Test
  void itsLinksLeadSomewhere() throws Exception {
    List<String> targets =
        LINK.matcher(readme())
            .results()
            .map((MatchResult link) -> link.group(1) == null ? link.group(2) : link.group(1))
            .toList();
    assertTrue(targets.size() > 4, targets.toString());
    for (String target : targets) {
      assertTrue(Files.exists(Path.of(target)), target);
    }
  }

  private static String readme() throws Exception {
    return Files.readString(Path.of("README.md"));
  }
}
