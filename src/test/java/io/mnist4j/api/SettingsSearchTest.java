package io.mnist4j.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.RunFolderException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsSearchTest {
  private static final String RATE = "training.optimizer.learning-rate";

  @TempDir Path directory;

  private SettingsSearch begin(String more) throws Exception {
    String sweep =
        "objective: {metric: validation-loss}\n%sspace:\n  %s: {log-uniform: [1e-4, 1]}\n";
    Path file = Files.writeString(directory.resolve("my.yaml"), sweep.formatted(more, RATE));
    return SettingsSearch.begin(file, directory.resolve("found"));
  }

  private static double rate(SearchTrial trial) {
    return (Double) trial.settings().get(RATE);
  }

  @Test
  void findsTheBestByAnObjectiveOfOnesOwn() throws Exception {
    SettingsSearch search = begin("trials: 12\n");
    SearchResult best =
        search
            .run(
                trial -> {
                  assertTrue(Files.readString(trial.config()).contains("learning-rate: "));
                  if (trial.number() == 3) {
                    throw new IllegalStateException("no such\nmachine");
                  }
                  return Math.abs(Math.log(rate(trial) / 0.01));
                })
            .orElseThrow();
    assertEquals(12, best.trials());
    assertEquals(Math.abs(Math.log((Double) best.settings().get(RATE) / 0.01)), best.value());
    assertTrue(best.value() < 2, best.toString());
    String leaderboard = Files.readString(directory.resolve("found/leaderboard.csv"));
    assertTrue(leaderboard.contains("no such machine"), leaderboard);
    assertEquals(
        best, SettingsSearch.open(directory.resolve("found")).best().orElseThrow(), "read again");
  }

  @Test
  void threadsShareIt() throws Exception {
    SettingsSearch search = begin("trials: 20\n");
    Set<Integer> measured = ConcurrentHashMap.newKeySet();
    IntStream.range(0, 4)
        .parallel()
        .forEach(
            thread -> {
              try {
                search.run(
                    trial -> {
                      assertTrue(measured.add(trial.number()));
                      return rate(trial);
                    });
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    assertEquals(20, measured.size());
  }

  @Test
  void canBeCancelledAndGoOn() throws Exception {
    SettingsSearch search = begin("trials: 3\n");
    assertThrows(
        CancellationException.class,
        () ->
            search.run(
                trial -> {
                  throw new CancellationException("enough");
                }));
    assertTrue(search.best().isEmpty());
    assertEquals(3, search.run(SettingsSearchTest::rate).orElseThrow().trials());
  }

  @Test
  void schedulerStopsTrialsThatReport() throws Exception {
    SettingsSearch search =
        begin("trials: 6\nscheduler: {median: {startup-trials: 2, warmup-epochs: 1}}\n");
    int[] stopped = {0};
    search.run(
        trial -> {
          for (int epoch = 1; epoch <= 3; epoch++) {
            if (!trial.report(trial.number())) {
              stopped[0]++;
              break;
            }
          }
          return trial.number();
        });
    assertTrue(stopped[0] > 0);
    assertEquals(0.0, search.best().orElseThrow().value());
  }

  @Test
  void refusesValuesThatAreNone() throws Exception {
    SettingsSearch search = begin("trials: 2\n");
    assertThrows(ConfigException.class, () -> search.run(trial -> Double.NaN));
    String board = Files.readString(directory.resolve("found/leaderboard.csv"));
    assertFalse(board.contains("running"), board);
    assertThrows(RunFolderException.class, () -> SettingsSearch.open(directory.resolve("none")));
  }
}
