package io.mnist4j.run;

import io.mnist4j.backend.StartedBackend;
import io.mnist4j.config.Setting;
import io.mnist4j.data.fetch.TestMirror;
import io.mnist4j.data.idx.IdxFixture;
import io.mnist4j.data.store.DataStore;
import io.mnist4j.train.ThreadTuner;
import io.mnist4j.train.TrainingControl;
import io.mnist4j.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Small runs over a folder of IDX files, in one JVM. */
final class RunFixture {
  final Path directory;
  final Path data;
  final DataStore store;

  /** Makes the data set {@code rows}: four classes, 200 training images and 40 test images. */
  RunFixture(Path directory) throws IOException {
    this.directory = directory;
    data = IdxFixture.write(directory.resolve("rows"), IdxFixture.rows(200, 40, 4, 6));
    store = new DataStore(directory.resolve("data"), TestMirror.SETTINGS);
  }

  /** The default experiment on that data set, with settings such as {@code seed=3}. */
  Experiment experiment(String... settings) throws Exception {
    List<String> small = List.of("data.dataset=" + data, "training.epochs=2");
    return ExperimentFile.read(
        List.of(),
        Stream.concat(small.stream(), Stream.of(settings))
            .map(text -> text.split("=", 2))
            .map(pair -> new Setting(pair[0], pair[1], "test", Setting.Form.YAML))
            .toList());
  }

  TrainingSession session(Experiment experiment) throws Exception {
    TrainingInputs inputs =
        TrainingInputs.load(experiment, store, new TrainingMonitor() {}, reason -> {});
    return new TrainingSession(inputs, StartedBackend.cpu(), ThreadTuner.fixed(1));
  }

  /** Trains in a folder, which is made where there is none. */
  RunSummary train(String name, String... settings) throws Exception {
    return train(name, new TrainingListener() {}, settings);
  }

  RunSummary train(String name, TrainingListener listener, String... settings) throws Exception {
    Experiment experiment = experiment(settings);
    Path folder = Files.createDirectories(directory.resolve(name));
    return session(experiment)
        .runIn(
            RunFolder.of(folder),
            new TrainingControl(listener, 0, () -> false),
            false,
            new ResourceUse.Meter());
  }

  EvaluationSummary evaluate(Path model, String dataset, List<String> notes) throws Exception {
    return EvaluationSession.run(
        new EvaluationRequest(
            model, Optional.empty(), Optional.ofNullable(dataset), store, StartedBackend.cpu(), 1),
        new TrainingMonitor() {},
        notes::add);
  }
}
