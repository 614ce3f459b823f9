package io.mnist4j.sweep.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.errors.ConfigException;
import io.mnist4j.run.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SweepSettingsTest {
  @TempDir Path directory;

  private SweepSettings read(String yaml) throws IOException, ConfigException {
    Path file = Files.writeString(directory.resolve("sweep.yaml"), yaml);
    return SettingsFile.read(file, SweepSettings.class, List.of());
  }

  @ParameterizedTest
  @CsvSource({"90s, 90", "20m, 1200", "1h30m, 5400", "2h5s, 7205", "1h1m1s, 3661"})
  void timeLimitIsReadInSeconds(String text, double seconds) throws Exception {
    SweepSettings settings = read("time-limit: " + text);
    assertEquals(seconds, settings.timeLimitSeconds());
    assertTrue(settings.isBounded());
  }

  @Test
  void withoutTimeLimitThereIsNone() throws Exception {
    SweepSettings settings = read("trials: 3");
    assertEquals(Double.POSITIVE_INFINITY, settings.timeLimitSeconds());
    assertEquals(Optional.empty(), settings.parallelTrials());
    assertEquals(Optional.of(4), read("parallel: 4").parallelTrials());
  }

  @Test
  void gridEndsByItselfAndOtherMethodsNeedALimit() throws Exception {
    assertTrue(read("method: grid").isBounded());
    assertFalse(read("method: random").isBounded());
    assertTrue(read("{method: random, trials: 1}").isBounded());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trials: -1",
        "time-limit: soon",
        "time-limit: 0s",
        "time-limit: 5",
        "time-limit: 30m1h",
        "parallel: 0",
        "parallel: many",
        "threads: 0",
        "validation: 0",
        "validation: 0.6",
        "retries: -1"
      })
  void valueOutOfRangeIsNamedByItsKey(String line) {
    ConfigException e = assertThrows(ConfigException.class, () -> read(line));
    String key = line.substring(0, line.indexOf(':'));
    assertEquals(1, e.problems().size());
    assertTrue(e.problems().get(0).contains("sweep.yaml:1: " + key + " must be "), e.getMessage());
  }
}
