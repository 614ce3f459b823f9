package io.mnist4j.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.backend.Backend;
import io.mnist4j.data.idx.IdxFixture;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.ModelException;
import io.mnist4j.model.archive.ModelArchive;
import io.mnist4j.report.text.TrainingText;
import io.mnist4j.train.EpochMetrics;
import io.mnist4j.train.RaisedCourse;
import io.mnist4j.train.RaisedEpochs;
import io.mnist4j.train.StopReason;
import io.mnist4j.train.ThreadTuner;
import io.mnist4j.train.TrainingControl;
import io.mnist4j.train.TrainingInterruptedException;
import io.mnist4j.train.TrainingListener;
import io.mnist4j.train.TrainingState;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingSessionTest {
  @TempDir Path directory;
  private RunFixture runs;

  @BeforeEach
  void makeData() throws Exception {
    runs = new RunFixture(directory);
  }

  private static float[] parameters(RunSummary run) {
    return run.trained().network().params().toFloatVector();
  }

  @Test
  void runWritesItsFilesAndReturnsWhatTheyHold() throws Exception {
    List<String> told = new ArrayList<>();
    TrainingMonitor monitor =
        new TrainingMonitor() {
          @Override
          public void onStart(TrainingSession session, RunFolder folder) {
            told.add("start " + session.learner().text() + " " + session.tuner().maxThreads());
          }

          @Override
          public void onCheckpoint(TrainingState state) {
            told.add("checkpoint " + state.history().size());
          }
        };
    RunSummary run =
        TrainingSession.run(
            new TrainingRequest(
                runs.experiment(),
                runs.store,
                Backend.cpu(),
                ThreadTuner.fixed(1),
                inputs -> RunFolder.create(directory, "made", folder -> {}),
                0,
                true,
                Optional.empty(),
                OptionalDouble.empty()),
            monitor);
    assertEquals(List.of("start the fused step 1", "checkpoint 1", "checkpoint 2"), told);
    RunFolder folder = RunFolder.of(directory.resolve("made"));
    assertEquals(runs.experiment(), ExperimentFile.read(List.of(folder.config()), List.of()));
    SavedRun saved = RunFormat.read(folder);
    assertEquals(2, saved.epochs().size());
    assertEquals(run.test().accuracy(), saved.result().orElseThrow().testAccuracy());
    assertEquals(40, run.predictions().size());
    assertArrayEquals(
        parameters(run), ModelArchive.read(folder.model()).network().params().toFloatVector());
    assertTrue(Files.isDirectory(folder.tensorboard()));
    assertFalse(Files.exists(directory.resolve("made/.lock")));
  }

  @Test
  void cutRunGoesOnFromItsCheckpointToTheSameBits() throws Exception {
    RunSummary whole = runs.train("whole", "training.batch-size=20");
    Experiment experiment = runs.experiment("training.batch-size=20");
    Path folder = Files.createDirectories(directory.resolve("cut"));
    int[] steps = {0};
    TrainingControl cut = new TrainingControl(new TrainingListener() {}, 0, () -> ++steps[0] == 13);
    assertThrows(
        TrainingInterruptedException.class,
        () ->
            runs.session(experiment)
                .runIn(RunFolder.of(folder), cut, false, new ResourceUse.Meter()));
    assertEquals(3, Checkpoint.read(folder.resolve("checkpoint.zip")).state().step());
    RunSummary resumed = runs.train("cut", "training.batch-size=20");
    assertArrayEquals(parameters(whole), parameters(resumed));
    for (int epoch = 0; epoch < 2; epoch++) {
      EpochMetrics expected = whole.training().epochs().get(epoch);
      EpochMetrics actual = resumed.training().epochs().get(epoch);
      assertEquals(expected.trainAccuracy(), actual.trainAccuracy());
      assertEquals(expected.learningRate(), actual.learningRate());
    }
    // Of 200 images in ten steps an epoch, with a rate that falls in a line from step to step.
    EpochMetrics first = whole.training().epochs().get(0);
    assertEquals(0.0, 200 * first.trainAccuracy() % 1, 1e-9);
    assertEquals(0.005 * (1 - 9 / 20.0), first.learningRate(), 1e-12);
  }

  /** With all that is drawn for each image or batch, and all that is kept from step to step. */
  @Test
  void cutRunWithEverythingGoesOnToTheSameBits() throws Exception {
    String[] everything = {
      "training.batch-size=20",
      "training.mixup=0.4",
      "training.augmentation={shift: 1, erasing: 0.5}",
      "training.ema=0.9",
      "training.class-weights={1: 3}",
      "training.freeze=0",
      "model.layers=[{dropout: {rate: 0.1}}, {dense: {units: 30}}, batchnorm]"
    };
    RunSummary whole = runs.train("whole", everything);
    Experiment experiment = runs.experiment(everything);
    Path folder = Files.createDirectories(directory.resolve("cut"));
    int[] steps = {0};
    TrainingControl cut = new TrainingControl(new TrainingListener() {}, 0, () -> ++steps[0] == 13);
    assertThrows(
        TrainingInterruptedException.class,
        () ->
            runs.session(experiment)
                .runIn(RunFolder.of(folder), cut, false, new ResourceUse.Meter()));
    RunSummary resumed = runs.train("cut", everything);
    assertArrayEquals(parameters(whole), parameters(resumed));
    for (int epoch = 0; epoch < 2; epoch++) {
      EpochMetrics expected = whole.training().epochs().get(epoch);
      EpochMetrics actual = resumed.training().epochs().get(epoch);
      assertEquals(expected.trainLoss(), actual.trainLoss());
      assertEquals(expected.trainAccuracy(), actual.trainAccuracy());
      assertEquals(expected.validation(), actual.validation());
    }
  }

  @Test
  void patienceSavesTheBestNetwork() throws Exception {
    RunSummary run =
        runs.train(
            "best",
            "training.epochs=9",
            "data.validation=test",
            "training.stopping={patience: 2, metric: validation-accuracy, min-delta: 1}");
    assertEquals(1, run.bestEpoch());
    assertEquals(3, run.training().epochs().size());
    assertEquals(run.training().epochs().get(0).validation(), run.test());
    assertArrayEquals(
        parameters(run),
        ModelArchive.read(directory.resolve("best/best.zip")).network().params().toFloatVector());
  }

  @Test
  void trainAloneWritesNothing() throws Exception {
    List<Integer> epochs = new ArrayList<>();
    TrainingControl control =
        new TrainingControl(
            new TrainingListener() {
              @Override
              public void onStep(TrainingStep step) {
                epochs.add(step.epoch());
              }
            },
            0,
            () -> false);
    assertEquals(2, runs.session(runs.experiment()).train(control).epochs().size());
    assertEquals(List.of(1, 1, 2, 2), epochs);
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(List.of(runs.data), files.toList());
    }
  }

  @Test
  void otherDataIsRefused() throws Exception {
    runs.train("run");
    IdxFixture.write(runs.data, IdxFixture.rows(240, 40, 4, 6));
    ModelException refused =
        assertThrows(ModelException.class, () -> runs.train("run", "training.epochs=3"));
    assertTrue(refused.getMessage().contains("was begun on other data"), refused.getMessage());
  }

  @Test
  void networkThatDoesNotFitIsRefusedBeforeAFolderIsMade() {
    TrainingRequest.RunFolderChoice none =
        inputs -> {
          throw new AssertionError("asked for a folder");
        };
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () ->
                TrainingSession.run(
                    new TrainingRequest(
                        runs.experiment("model.layers=[{conv2d: {kernel: 9}}, flatten]"),
                        runs.store,
                        Backend.cpu(),
                        ThreadTuner.fixed(1),
                        none,
                        0,
                        false,
                        Optional.empty(),
                        OptionalDouble.empty()),
                    new TrainingMonitor() {}));
    assertEquals("model.layers.0: a 9x9 kernel does not fit into 4x6x1", refused.getMessage());
  }

  @Test
  void seedZeroGivesTheSameNetworkEachTime() throws Exception {
    String[] settings = {"seed=0", "model.layers=[{dense: {units: 9}}, {dropout: {rate: 0.5}}]"};
    assertArrayEquals(parameters(runs.train("a", settings)), parameters(runs.train("b", settings)));
  }

  /** The seed of a step is the run's with the number of the step added, which is 0 here once. */
  @Test
  void negativeSeedGivesTheSameNetworkEachTime() throws Exception {
    String[] settings = {"seed=-2", "model.layers=[{dense: {units: 9}}, {dropout: {rate: 0.5}}]"};
    assertArrayEquals(parameters(runs.train("a", settings)), parameters(runs.train("b", settings)));
    String[] dl4j = {
      "seed=-1", "model.layers=[{dropout: {rate: 0.5}}, {dense: {activation: gelu}}]"
    };
    assertArrayEquals(parameters(runs.train("c", dl4j)), parameters(runs.train("d", dl4j)));
  }

  @Test
  void raisedEpochsAreRecordedAndRepeated() throws Exception {
    List<String> notes = new ArrayList<>();
    TrainingListener listener = notesInto(notes);
    runs.train("raised", listener);
    assertEquals(List.of(), notes);
    RunSummary raised = runs.train("raised", listener, "training.epochs=4");
    assertEquals(1, notes.size());
    assertTrue(notes.get(0).contains("planned for 2 epochs"), notes.get(0));
    Path config = RunFolder.of(directory.resolve("raised")).config();
    Experiment recorded = ExperimentFile.read(List.of(config), List.of());
    assertEquals(
        List.of(new RaisedEpochs(2, 2, 0, RaisedCourse.REPLAN)), recorded.training().raised());
    TrainingControl quiet = new TrainingControl(new TrainingListener() {}, 0, () -> false);
    RunSummary again =
        runs.session(recorded)
            .runIn(
                RunFolder.of(Files.createDirectory(directory.resolve("again"))),
                quiet,
                false,
                new ResourceUse.Meter());
    assertArrayEquals(parameters(raised), parameters(again));
    assertFalse(
        Arrays.equals(parameters(raised), parameters(runs.train("straight", "training.epochs=4"))));
    runs.train("raised", "training.epochs=5");
    assertEquals(
        List.of(
            new RaisedEpochs(2, 2, 0, RaisedCourse.REPLAN),
            new RaisedEpochs(4, 4, 0, RaisedCourse.REPLAN)),
        ExperimentFile.read(List.of(config), List.of()).training().raised());
  }

  @Test
  void raisedEpochsGoOnFlatOrFromTheStartOfTheSchedule() throws Exception {
    for (RaisedCourse course : RaisedCourse.values()) {
      RaisedEpochs raised = new RaisedEpochs(2, 1, 0, course);
      String setting =
          "training.raised=[{from: 2, after-epochs: 1, course: %s}]"
              .formatted(course.name().toLowerCase(Locale.ROOT));
      List<EpochMetrics> epochs =
          runs.train(course.name(), setting, "training.epochs=3").training().epochs();
      double first = epochs.get(0).learningRate();
      double second = epochs.get(1).learningRate();
      switch (course) {
        case REPLAN -> assertEquals(first / 1.5, second, first / 3);
        case FLAT -> assertEquals(first, second);
        case RESTART -> assertEquals(first, second, 1e-12);
      }
      assertEquals(course == RaisedCourse.FLAT, first == epochs.get(2).learningRate());
      assertEquals(course, raised.course());
    }
  }

  @Test
  void whatValidatesIsInTheSummary() throws Exception {
    String onTest = runs.train("on-test").toJson();
    assertTrue(onTest.contains("\"validated-on\" : \"test\""), onTest);
    assertTrue(onTest.contains("\"name\" : \"on-test\""), onTest);
    assertTrue(onTest.contains("\"settings\" : {"), onTest);
    String heldOut = runs.train("held-out", "data.validation=0.2").toJson();
    assertTrue(heldOut.contains("\"validated-on\" : \"training\""), heldOut);
  }

  @Test
  void raisedEpochsOfAConstantRateNeedNoRecord() throws Exception {
    runs.train("constant", "training.schedule.name=constant");
    runs.train("constant", "training.schedule.name=constant", "training.epochs=3");
    String config = Files.readString(directory.resolve("constant/config.yaml"));
    assertFalse(config.contains("raised"), config);
  }

  @Test
  void runThatIsBeingTrainedIsNotReplaced() throws Exception {
    runs.train("mine");
    RunFolder folder = RunFolder.replace(directory, "mine", made -> {});
    try (RunLock lock = RunLock.take(folder)) {
      FileSystemException refused =
          assertThrows(FileSystemException.class, () -> runIn(folder, runs.experiment()));
      assertTrue(refused.getMessage().contains("another mnist4j"), refused.getMessage());
    }
    assertEquals(2, RunFormat.read(folder).result().orElseThrow().epochs().size());
    assertTrue(Files.exists(folder.model()) && Files.exists(folder.checkpoint()));
  }

  @Test
  void replacedRunLeavesNothingBehind() throws Exception {
    runs.train("mine", "training.epochs=3", "training.stopping.patience=3");
    RunFolder folder = RunFolder.replace(directory, "mine", made -> {});
    Path events = Files.createDirectories(folder.tensorboard());
    Path old = Files.createFile(events.resolve("events.out.tfevents.1767225600.host"));
    Path own = Files.createFile(events.resolve("notes.txt"));
    assertTrue(Files.exists(folder.config()), "a run that is killed at once can go on");
    RunSummary replaced = runIn(folder, runs.experiment("training.epochs=1"));
    assertEquals(1, replaced.training().epochs().size());
    assertFalse(Files.exists(old) || Files.exists(folder.best()));
    assertTrue(Files.exists(own));
  }

  private RunSummary runIn(RunFolder folder, Experiment experiment) throws Exception {
    return runs.session(experiment)
        .runIn(
            folder,
            new TrainingControl(new TrainingListener() {}, 0, () -> false),
            false,
            new ResourceUse.Meter());
  }

  /** Killed after its last checkpoint: what is missing is the summary. */
  @Test
  void timeLimitThatIsUsedUpAllowsNoMoreStep() throws Exception {
    String[] limited = {"training.epochs=9", "training.stopping.time-limit-seconds=1e-9"};
    RunSummary run = runs.train("limited", limited);
    RunFolder folder = RunFolder.of(directory.resolve("limited"));
    Files.delete(folder.summary());
    RunSummary resumed = runs.train("limited", limited);
    assertEquals(1, resumed.training().epochs().size());
    assertEquals(StopReason.TIME_LIMIT, resumed.training().ending());
    assertArrayEquals(parameters(run), parameters(resumed));
  }

  @Test
  void nameOfTheGreatestLengthIsTaken() throws Exception {
    String name = "n".repeat(255);
    assertEquals(2, runs.train(name).training().epochs().size());
    RunFolder made = RunFolder.create(directory.resolve("runs"), name, folder -> {});
    assertTrue(Files.isDirectory(made.path()));
  }

  @Test
  void lastBatchOfOneImageIsLeftOutWhereItCannotBeNormalized() throws Exception {
    String[] rows = {"model.layers=[{dense: {units: 8}}, batchnorm]", "training.batch-size=199"};
    assertEquals(199, runs.train("rows", rows).training().last().samples());
    String[] smoke = {rows[0], rows[1], "training.max-batches=1"};
    assertEquals(199, runs.train("smoke", smoke).training().last().samples());
    assertEquals(200, runs.train("plain", "training.batch-size=199").training().last().samples());
  }

  @Test
  void batchesOfOneImageAreRefusedWhereTheyCannotBeNormalized() {
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () ->
                runs.session(runs.experiment("model.layers=[batchnorm]", "training.batch-size=1"))
                    .inputs()
                    .modelSummary());
    assertTrue(refused.getMessage().startsWith("training.batch-size must"), refused.getMessage());
  }

  @Test
  void resultThatTheTestImagesChoseIsLabelled() throws Exception {
    List<String> notes = new ArrayList<>();
    TrainingListener listener = notesInto(notes);
    RunSummary chosen =
        runs.train("chosen", listener, "training.stopping.patience=1", "data.validation=test");
    assertTrue(chosen.toJson().contains("\"chosen-by-test\" : true"), chosen.toJson());
    assertTrue(TrainingText.of(chosen).endsWith("; the test images decided when to stop)\n"));
    assertEquals(1, notes.size());
    RunSummary byDefault = runs.train("default", listener, "training.stopping.patience=1");
    assertFalse(byDefault.chosenByTest());
    assertEquals(20, byDefault.training().last().validationImages());
    RunSummary apart =
        runs.train("apart", listener, "training.stopping.patience=1", "data.validation=0.2");
    assertFalse(apart.toJson().contains("chosen-by-test") || apart.chosenByTest());
    assertFalse(runs.train("all", listener).chosenByTest());
    assertEquals(1, notes.size());
  }

  private static TrainingListener notesInto(List<String> notes) {
    return new TrainingListener() {
      @Override
      public void onNote(String note) {
        notes.add(note);
      }
    };
  }
}
