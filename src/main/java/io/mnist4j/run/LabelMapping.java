package io.mnist4j.run;

import io.mnist4j.data.ImageSet;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DataException;
import io.mnist4j.model.Provenance;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which class of a model each class of a data set is: by its name; or by its number, where the data
 * knows numbers alone. A model that was made for some of its data's classes is tested on these.
 */
final class LabelMapping {
  private static final int LEFT_OUT = -1;

  private final int[] labels;

  private LabelMapping(int[] labels) {
    this.labels = labels;
  }

  /**
   * @param images of the data set; classes without images need not be known
   * @param classNames of the data set
   * @param source how messages name it
   * @throws DataException if the model knows a class neither by name nor by number
   * @throws ConfigException if there are no images of the classes that the model knows
   */
  static LabelMapping of(ImageSet images, List<String> classNames, Provenance model, String source)
      throws ConfigException, DataException {
    boolean subset = isMadeForSome(model) && classNames.containsAll(model.labels());
    int[] labels = new int[classNames.size()];
    int[] counts = images.countsByLabel(classNames.size());
    for (int label = 0; label < labels.length; label++) {
      labels[label] =
          counts[label] > 0 ? label(classNames.get(label), model, subset, source) : LEFT_OUT;
    }
    if (Arrays.stream(labels).allMatch(label -> label == LEFT_OUT)) {
      throw new ConfigException(
          "%s has no test images of %s".formatted(source, String.join(", ", model.labels())));
    }
    return new LabelMapping(labels);
  }

  private static int label(String name, Provenance model, boolean subset, String source)
      throws DataException {
    if (model.labels().contains(name)) {
      return model.labels().indexOf(name);
    }
    if (subset) {
      return LEFT_OUT;
    }
    if (name.matches("\\d{1,3}") && Integer.parseInt(name) < model.labels().size()) {
      return Integer.parseInt(name);
    }
    throw new DataException(
        "%s: its class '%s' is no class of the model, which knows %s (or their numbers from 0)"
            .formatted(source, name, String.join(", ", model.labels())));
  }

  private static boolean isMadeForSome(Provenance model) {
    return model.config().get("data") instanceof Map<?, ?> data
        && data.get("classes") instanceof List<?> classes
        && !classes.isEmpty();
  }

  /** The indices of the images whose class the model knows, ascending. */
  int[] known(ImageSet images) {
    return IntStream.range(0, images.size())
        .filter(i -> labels[images.label(i)] != LEFT_OUT)
        .toArray();
  }

  /** Images with the labels of the model; those themselves where the labels are the same. */
  ImageSet apply(ImageSet images) {
    int[] known = known(images);
    boolean same =
        known.length == images.size()
            && Arrays.stream(known).map(images::label).allMatch(label -> labels[label] == label);
    if (same) {
      return images;
    }
    ImageSet chosen = images.subset(known);
    for (int i = 0; i < chosen.size(); i++) {
      chosen.labels()[i] = (byte) labels[chosen.label(i)];
    }
    return chosen;
  }
}
