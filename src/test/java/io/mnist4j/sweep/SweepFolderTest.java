package io.mnist4j.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.Dataset;
import io.mnist4j.data.store.DataSpec;
import io.mnist4j.data.store.DatasetChoice;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.RunFolderException;
import io.mnist4j.files.AtomicFile;
import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.search.TrialState;
import io.mnist4j.train.TinyData;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepFolderTest {
  @TempDir Path directory;
  private Path sweeps;
  private Sweep sweep;

  @BeforeEach
  void readSweep() throws Exception {
    sweeps = directory.resolve("sweeps");
    sweep =
        Sweeps.read(
            directory,
            "method: random\nscheduler: {median: {startup-trials: 1}}\ntrials: 3\n" + Sweeps.SPACE);
  }

  private SweepFolder create() throws Exception {
    return SweepFolder.create(sweeps, "a", sweep);
  }

  private List<String> leaders() throws Exception {
    return Files.readAllLines(sweeps.resolve("a/leaderboard.csv"));
  }

  @Test
  void folderHasACompleteSweep() throws Exception {
    create().close();
    Files.delete(directory.resolve("base.yaml"));
    Sweep again = SweepFolder.read(sweeps.resolve("a"), List.of());
    assertEquals(sweep.space(), again.space());
    assertEquals(sweep.base(), again.base());
    assertEquals(sweep.settings().scheduler(), again.settings().scheduler());
    assertEquals(3, again.settings().trials());
  }

  @Test
  void nameIsTakenOnce() throws Exception {
    create().close();
    assertThrows(FileAlreadyExistsException.class, this::create);
    assertThrows(IllegalArgumentException.class, () -> SweepFolder.create(sweeps, "../out", sweep));
    try (SweepFolder next = SweepFolder.createNext(sweeps, "a", sweep)) {
      assertEquals(sweeps.resolve("a-1"), next.directory().path());
    }
  }

  @Test
  void folderWithoutJournalIsNoSweep() {
    RunFolderException e =
        assertThrows(RunFolderException.class, () -> SweepFolder.read(directory, List.of()));
    assertTrue(e.getMessage().contains(directory + " is no sweep"), e.getMessage());
  }

  @Test
  void trialsAreAskedForAndToldUntilThereAreEnough() throws Exception {
    try (SweepFolder folder = create()) {
      for (int number = 0; number < 3; number++) {
        Trial trial = folder.ask().orElseThrow();
        assertEquals(number, trial.number());
        Path config = sweeps.resolve("a/trials/" + number + "/config.yaml");
        assertTrue(Files.exists(config));
        assertEquals(number + " " + config + System.lineSeparator(), folder.toText(trial));
      }
      assertTrue(folder.ask().isEmpty());
      assertFalse(folder.isFinished());
      assertTrue(folder.tellEpoch(0, 0.5));
      folder.tell(0, 0.75);
      assertFalse(folder.tellEpoch(1, 0.25), "below the median of the first epochs");
      folder.tellFailed(2, "no power");
      List<TrialState> states = folder.journal().trials().all().stream().map(Trial::state).toList();
      assertEquals(List.of(TrialState.COMPLETE, TrialState.PRUNED, TrialState.FAILED), states);
      assertEquals(
          0,
          folder
              .summary()
              .trials()
              .best(folder.sweep().settings().objective())
              .orElseThrow()
              .number());
      RunFolderException over = assertThrows(RunFolderException.class, () -> folder.tell(0, 0.5));
      assertTrue(over.getMessage().startsWith("trial 0 of "), over.getMessage());
      RunFolderException none = assertThrows(RunFolderException.class, () -> folder.tell(9, 0.5));
      assertTrue(none.getMessage().contains("has no trial 9"), none.getMessage());
    }
    List<String> leaders = leaders();
    assertEquals(
        "rank,trial,state,validation-accuracy,epochs,seconds,training.optimizer.learning-rate,"
            + "model.layers.0.dense.units,training.optimizer.name,training.optimizer.momentum,reason",
        leaders.get(0));
    assertTrue(leaders.get(1).startsWith("1,0,complete,0.750000,2,0.000,"), leaders.get(1));
    assertTrue(leaders.get(2).startsWith(",1,pruned,0.250000,1,0.000,"), leaders.get(2));
    assertTrue(leaders.get(2).endsWith(",not among the best after epoch 1"), leaders.get(2));
    assertTrue(leaders.get(3).startsWith(",2,failed,,0,0.000,"), leaders.get(3));
    assertTrue(leaders.get(3).endsWith(",no power"), leaders.get(3));
  }

  @Test
  void accuracyIsFromZeroToOne() throws Exception {
    try (SweepFolder folder = create()) {
      folder.ask();
      for (double value : new double[] {87.5, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
        assertThrows(ConfigException.class, () -> folder.tell(0, value));
        assertThrows(ConfigException.class, () -> folder.tellEpoch(0, value));
      }
      assertEquals(
          "the validation accuracy must be from 0 to 1, not 87.5; divide percentages by 100",
          assertThrows(ConfigException.class, () -> folder.tell(0, 87.5)).getMessage());
      assertTrue(folder.journal().trials().get(0).orElseThrow().epochs().isEmpty());
      folder.tell(0, 1);
    }
  }

  @Test
  void toldFailureIsNotTriedAgainAndItsPointIsAvoided() throws Exception {
    Sweep one = Sweeps.read(directory, "trials: 3\nretries: 5\nspace: {seed: [7]}\n");
    try (SweepFolder folder = SweepFolder.create(sweeps, "one", one)) {
      folder.ask();
      folder.tellFailed(0, "no power");
      assertTrue(folder.ask().isEmpty(), "the only point was tried");
      assertTrue(folder.triedAll());
      assertTrue(folder.journal().trials().get(0).orElseThrow().failures() > 5);
    }
  }

  @Test
  void whatFollowsFromTheJournalIsWrittenAgainWhereItIsMissing() throws Exception {
    try (SweepFolder folder = create()) {
      folder.ask();
      folder.tell(0, 0.75);
    }
    List<String> leaders = leaders();
    Path metrics = sweeps.resolve("a/trials/0/metrics.csv");
    String content = Files.readString(metrics);
    Files.delete(metrics);
    Files.delete(sweeps.resolve("a/leaderboard.csv"));
    SweepFolder.open(sweeps.resolve("a"), sweep, false).close();
    assertEquals(content, Files.readString(metrics));
    assertEquals(leaders, leaders());
  }

  @Test
  void leftoversOfKilledProcessesAreDeletedAndReportsBeingWrittenAreNot() throws Exception {
    create().close();
    Path left = leftover(sweeps.resolve("a/leaderboard.csv"));
    Path report = leftover(sweeps.resolve("a/report.html"));
    SweepFolder.open(sweeps.resolve("a"), sweep, false).close();
    assertFalse(Files.exists(left));
    assertTrue(Files.exists(report));
  }

  /** What a process leaves that is killed while it writes a file. */
  private static Path leftover(Path target) throws IOException {
    List<Path> written = new ArrayList<>();
    AtomicFile.write(
        target,
        temporary -> {
          written.add(temporary);
          Files.writeString(temporary, "");
        });
    return Files.createFile(written.get(0));
  }

  @Test
  void reasonWithCommaAndQuotesIsOneCell() throws Exception {
    try (SweepFolder folder = create()) {
      folder.ask();
      folder.tellFailed(0, "a, \"b\"");
    }
    assertTrue(leaders().get(1).endsWith(",\"a, \"\"b\"\"\""), leaders().get(1));
  }

  @Test
  void sweepGoesOnWithTheSameDataOnly() throws Exception {
    Dataset data = withContent("00");
    try (SweepFolder folder = create().on(choice(data))) {
      assertEquals("tiny", folder.journal().trials().begun().orElseThrow().dataset());
      folder.on(choice(data));
      RunFolderException e =
          assertThrows(RunFolderException.class, () -> folder.on(choice(withContent("11"))));
      assertTrue(e.getMessage().contains("was begun with other data"), e.getMessage());
    }
  }

  @Test
  void validationImagesOfTheDataJudgeTrials() throws Exception {
    Dataset tiny = TinyData.create(30, 10);
    Dataset data =
        new Dataset(
            tiny.name(),
            tiny.classNames(),
            tiny.train(),
            Optional.of(tiny.test()),
            tiny.test(),
            tiny.contentSha256());
    try (SweepFolder folder = create()) {
      DataSpec asked = folder.sweep().base().data().withDataset(tiny.name());
      assertEquals("0.25", validation(folder, data, asked), "what is asked for stays");
      DataSpec none = DataSpec.DEFAULT.withDataset(tiny.name());
      DataSpec usual =
          new DataSpec(
              none.dataset(),
              0,
              none.classes(),
              String.valueOf(folder.sweep().settings().validation()),
              none.test(),
              none.size(),
              none.form(),
              none.labelColumn());
      assertEquals(DataSpec.AUTO, validation(folder, data, usual));
      assertEquals(usual.validation(), validation(folder, tiny, usual));
    }
  }

  private static String validation(SweepFolder folder, Dataset data, DataSpec spec)
      throws Exception {
    DatasetChoice choice = new DatasetChoice(data, spec, Optional.empty());
    return folder.on(choice).sweep().base().data().validation();
  }

  private static Dataset withContent(String sha256) {
    Dataset tiny = TinyData.create(30, 10);
    return new Dataset(
        tiny.name(),
        tiny.classNames(),
        tiny.train(),
        tiny.test(),
        new TreeMap<>(Map.of("x", sha256)));
  }

  private static DatasetChoice choice(Dataset data) {
    return new DatasetChoice(data, DataSpec.DEFAULT.withDataset(data.name()), Optional.empty());
  }
}
