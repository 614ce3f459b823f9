package io.mnist4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.run.ExperimentFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows works as it is shown. */
class ReadmeTest {
  private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  @TempDir Path directory;

  @Test
  void itsExperimentIsOne() throws Exception {
    Matcher yaml = YAML.matcher(readme());
    assertTrue(yaml.find());
    Path file = Files.writeString(directory.resolve("readme.yaml"), yaml.group(1));
    assertEquals(20, ExperimentFile.read(List.of(file), List.of()).training().epochs());
  }

  private static String readme() throws Exception {
    return Files.readString(Path.of("README.md"));
  }
}
