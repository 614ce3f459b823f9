package io.mnist4j.data.store;

import io.mnist4j.data.DataSplit;
import io.mnist4j.data.Dataset;
import io.mnist4j.data.ImageSet;
import io.mnist4j.data.Stratified;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.text.ClosestName;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Takes from a data set what a run asks for. */
public final class DataSelection {
  private DataSelection() {}

  /**
   * Keeps the classes, splits off the validation images, then limits what is left to learn from: so
   * runs that differ in the limit alone are validated by the same images. The same data set, spec
   * and seed give the same images; images keep the order of the data set.
   *
   * @param seed of the choices
   * @throws ConfigException if a class is not known, or there are not enough images
   */
  public static DataSplit of(Dataset dataset, DataSpec spec, long seed) throws ConfigException {
    List<String> classNames = dataset.classNames();
    ImageSet train = dataset.train();
    ImageSet test = dataset.test();
    Optional<ImageSet> own =
        spec.validation().equals(DataSpec.AUTO) ? dataset.validation() : Optional.empty();
    if (!spec.classes().isEmpty()) {
      int[] classes = indices(spec.classes(), classNames);
      classNames = Arrays.stream(classes).mapToObj(dataset.classNames()::get).toList();
      train = train.ofClasses(classes);
      test = test.ofClasses(classes);
      own = own.map(images -> images.ofClasses(classes));
      requireImages(train, "training", spec, dataset);
      if (own.isPresent()) {
        requireImages(own.get(), "validation", spec, dataset);
      }
      requireImages(test, "test", spec, dataset);
    }
    ImageSet validation = own.orElse(test);
    if (spec.folds() > 0) {
      int[] heldOut = heldOut(train, spec, seed);
      validation = train.subset(heldOut);
      train = train.without(heldOut);
    } else if (spec.validationShare() > 0) {
      int[] learned = withoutValidation(train, spec, seed);
      validation = train.without(learned);
      train = train.subset(learned);
    }
    return new DataSplit(dataset, classNames, limited(train, spec, seed), validation, test);
  }

  /**
   * The labels of classes that are given by name or number; a name counts before a number.
   *
   * @throws ConfigException if one is not known or comes twice
   */
  private static int[] indices(List<String> asked, List<String> known) throws ConfigException {
    int[] indices = new int[asked.size()];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = index(asked.get(i), known);
      for (int j = 0; j < i; j++) {
        if (indices[j] == indices[i]) {
          throw new ConfigException(
              "data.classes: '%s' and '%s' are the same class"
                  .formatted(asked.get(j), asked.get(i)));
        }
      }
    }
    return indices;
  }

  private static int index(String asked, List<String> known) throws ConfigException {
    if (known.contains(asked)) {
      return known.indexOf(asked);
    }
    if (asked.matches("\\d{1,3}") && Integer.parseInt(asked) < known.size()) {
      return Integer.parseInt(asked);
    }
    throw new ConfigException(
        "data.classes: unknown class '%s' (there are %s)%s"
            .formatted(asked, String.join(", ", known), ClosestName.question(asked, known)));
  }

  private static void requireImages(ImageSet images, String which, DataSpec spec, Dataset dataset)
      throws ConfigException {
    if (images.size() == 0) {
      throw new ConfigException(
          "data.classes: %s has no %s images of %s"
              .formatted(dataset.name(), which, String.join(", ", spec.classes())));
    }
  }

  /** The indices of the images of a fold: the first one where each is to have its turn. */
  private static int[] heldOut(ImageSet train, DataSpec spec, long seed) throws ConfigException {
    int fewest = Stratified.fewestOfAClass(train);
    if (spec.folds() > fewest) {
      throw new ConfigException(
          "data.folds must be at most %d, the training images of the rarest class, not %d"
              .formatted(fewest, spec.folds()));
    }
    return Stratified.fold(train, spec.folds(), Math.max(1, spec.fold()), seed);
  }

  /** The indices of the images that are left to learn from. */
  private static int[] withoutValidation(ImageSet train, DataSpec spec, long seed)
      throws ConfigException {
    int validationImages = (int) Math.round(train.size() * spec.validationShare());
    int learned = train.size() - validationImages;
    if (validationImages == 0 || learned < Stratified.classesOf(train)) {
      throw new ConfigException(
          "data.validation: a share of %s of %d training images leaves %s"
              .formatted(
                  spec.validation(),
                  train.size(),
                  validationImages == 0
                      ? "none to validate with"
                      : "too few to learn %d classes from".formatted(Stratified.classesOf(train))));
    }
    return Stratified.choose(train, learned, seed);
  }

  private static ImageSet limited(ImageSet train, DataSpec spec, long seed) throws ConfigException {
    if (spec.limit() == 0 || spec.limit() >= train.size()) {
      return train;
    }
    int classes = Stratified.classesOf(train);
    if (spec.limit() < classes) {
      throw new ConfigException(
          "data.limit must be at least %d, an image of each class, not %d"
              .formatted(classes, spec.limit()));
    }
    return train.subset(Stratified.choose(train, spec.limit(), seed));
  }
}
