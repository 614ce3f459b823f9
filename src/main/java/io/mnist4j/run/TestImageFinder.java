package io.mnist4j.run;

import io.mnist4j.data.DataSplit;
import io.mnist4j.data.Dataset;
import io.mnist4j.data.DatasetParts;
import io.mnist4j.data.ImageSet;
import io.mnist4j.data.ImageSize;
import io.mnist4j.data.Part;
import io.mnist4j.data.fetch.FetchListener;
import io.mnist4j.data.imagefolder.PictureForm;
import io.mnist4j.data.store.DataSelection;
import io.mnist4j.data.store.DataSpec;
import io.mnist4j.data.store.DatasetAssembly;
import io.mnist4j.data.store.DatasetChoice;
import io.mnist4j.data.store.DatasetReader;
import io.mnist4j.data.store.ReadingOptions;
import io.mnist4j.digits.DigitForm;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DataException;
import io.mnist4j.model.Provenance;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds what a model is tested on: the test images of the data that was named, or of those that the
 * model was trained on. Where data has no test images of its own, they are those that training left
 * out, if the model was trained on this very data, and else all.
 */
final class TestImageFinder {
  private final EvaluationRequest request;
  private final FetchListener listener;
  private final Provenance model;
  private final Provenance other;

  /**
   * @param other of the same model for images of another size
   */
  TestImageFinder(
      EvaluationRequest request, FetchListener listener, Provenance model, Provenance other) {
    this.request = request;
    this.listener = listener;
    this.model = model;
    this.other = other;
  }

  /**
   * @throws ConfigException if there is no such data set, or it does not fit the model
   * @throws DataException if the data set cannot be had
   */
  TestImages find() throws ConfigException, DataException {
    DataSpec trained = trainedWith();
    DataSpec asked = request.dataset().isPresent() ? on(trained, request.dataset().get()) : trained;
    if (request.part() != Part.TEST) {
      return ofTraining(asked);
    }
    return asked.isPath() ? ofPath(asked) : ofCatalogue(asked);
  }

  /** What the model says of its data; the defaults where it says nothing. */
  private DataSpec trainedWith() throws ConfigException {
    if (!(model.config().get("data") instanceof Map<?, ?> data)) {
      boolean unknown = model.dataset().equals(Provenance.UNKNOWN_DATASET);
      return unknown ? DataSpec.DEFAULT : on(DataSpec.DEFAULT, model.dataset());
    }
    DataSpec spec =
        ExperimentFile.fromMap(Map.of("data", data), request.model().toString())
            .data()
            .withoutTables();
    return spec.isAuto() ? on(spec, model.dataset()) : spec;
  }

  private static DataSpec on(DataSpec spec, String dataset) throws ConfigException {
    try {
      return spec.withDataset(dataset);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(e.getMessage());
    }
  }

  private TestImages ofCatalogue(DataSpec spec) throws ConfigException, DataException {
    Dataset dataset =
        DatasetChoice.load(spec, DigitForm.DIGITS, request.store(), listener).dataset();
    return testImages(
        dataset.name(),
        dataset.classNames(),
        dataset.test(),
        List.of(),
        dataset.train(),
        Part.TEST);
  }

  /**
   * Images that are not for testing: where the data is what the model was trained on, those that
   * its training learned from or was watched by, chosen by its settings and its seed; else those
   * that the data itself has for it.
   */
  private TestImages ofTraining(DataSpec spec) throws ConfigException, DataException {
    Dataset dataset =
        DatasetChoice.load(spec, DigitForm.DIGITS, request.store(), listener).dataset();
    boolean same = dataset.contentSha256().equals(model.datasetSha256());
    Optional<ImageSet> images;
    List<String> classNames = dataset.classNames();
    if (same) {
      DataSplit split = DataSelection.of(dataset, spec, model.seed());
      classNames = split.classNames();
      images =
          request.part() == Part.TRAIN
              ? Optional.of(split.train())
              : Optional.of(split.validation()).filter(set -> !split.validatesOnTest());
    } else {
      images = request.part() == Part.TRAIN ? Optional.of(dataset.train()) : dataset.validation();
    }
    if (images.isEmpty()) {
      throw new ConfigException(
          same
              ? "%s has no validation images: the test images of %s watched its training"
                  .formatted(request.model(), dataset.name())
              : "%s has no validation images of its own, and %s was trained on other data"
                  .formatted(dataset.name(), request.model()));
    }
    // Validation images that were split off are training images of the data.
    boolean splitOff = same && (dataset.validation().isEmpty() || isSplitOff(spec));
    return testImages(
        dataset.name(),
        classNames,
        images.get(),
        List.of(),
        dataset.train(),
        splitOff ? Part.TRAIN : request.part());
  }

  private static boolean isSplitOff(DataSpec spec) {
    return spec.folds() > 0 || spec.validationShare() > 0;
  }

  private TestImages ofPath(DataSpec spec) throws ConfigException, DataException {
    ReadingOptions options =
        new ReadingOptions(
            form(spec),
            Optional.of(new ImageSize(model.height(), model.width())),
            spec.labelColumn(),
            request.store().cache());
    DatasetParts data = DatasetReader.read(Path.of(spec.dataset()), options, listener);
    Part part = data.hasTest() ? Part.TEST : data.parts().keySet().iterator().next();
    ImageSet images = data.parts().get(part);
    List<String> names = data.files().getOrDefault(part, List.of());
    Optional<Dataset> learned = data.hasTest() ? Optional.empty() : learnedBy(data, spec);
    if (learned.isPresent()) {
      names = some(names, DatasetAssembly.testImages(data, spec.test()));
      images = learned.get().test();
    }
    return testImages(data.name(), data.classNames(), images, names, data.first(), part);
  }

  private TestImages testImages(
      String dataset,
      List<String> classNames,
      ImageSet images,
      List<String> names,
      ImageSet examples,
      Part source)
      throws ConfigException, DataException {
    if (!(model.accepts(images) || other.accepts(images))) {
      throw new ConfigException(
          "%s takes images of %dx%d; those of %s are %dx%d"
              .formatted(
                  request.model(),
                  model.height(),
                  model.width(),
                  dataset,
                  images.height(),
                  images.width()));
    }
    LabelMapping mapping = LabelMapping.of(images, classNames, model, dataset);
    return new TestImages(
        dataset, mapping.apply(images), some(names, mapping.known(images)), examples, source);
  }

  /** Some of the names, where there are any. */
  private static List<String> some(List<String> names, int[] indices) {
    return names.isEmpty() ? names : Arrays.stream(indices).mapToObj(names::get).toList();
  }

  private PictureForm form(DataSpec trained) {
    if (trained.form().equals(DataSpec.AS_IS)) {
      return PictureForm.AS_IS;
    }
    if (trained.form().equals(DataSpec.DIGITS)) {
      return DigitForm.DIGITS;
    }
    boolean characters = model.labels().stream().allMatch(name -> name.length() == 1);
    return characters ? DigitForm.DIGITS_OF_OTHER_SIZE : DigitForm.DRAWING;
  }

  /** The data with test images split off, if the model was trained on it so. */
  private Optional<Dataset> learnedBy(DatasetParts data, DataSpec spec) {
    try {
      Dataset split = DatasetAssembly.of(data, spec.test(), note -> {});
      return Optional.of(split)
          .filter(dataset -> dataset.contentSha256().equals(model.datasetSha256()));
    } catch (DataException e) {
      return Optional.empty(); // It cannot be trained on.
    }
  }
}
