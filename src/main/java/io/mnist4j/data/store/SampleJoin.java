package io.mnist4j.data.store;

import io.mnist4j.data.ClassOrder;
import io.mnist4j.data.DatasetParts;
import io.mnist4j.data.ImageSet;
import io.mnist4j.data.ImageSize;
import io.mnist4j.data.Part;
import io.mnist4j.data.Samples;
import io.mnist4j.errors.DataException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Joins what was read of several files: shards of a part to one, and the labels of all parts to
 * class indices. Labels with names become classes in the names' natural order. Labels that are
 * numbers keep them, from 0, or from 1 where there is no 0, to the highest.
 */
final class SampleJoin {
  private static final long MAX_ARRAY = Integer.MAX_VALUE - 8L;

  private final String name;
  private final Consumer<String> notes;
  private final Map<Part, Samples> parts = new EnumMap<>(Part.class);

  /**
   * @param name of the data set
   * @param notes gets what is left out
   */
  SampleJoin(String name, Consumer<String> notes) {
    this.name = name;
    this.notes = notes;
  }

  /**
   * Adds images; those without labels are left out, which is said.
   *
   * @throws DataException if those of the part that were added before do not go with them
   */
  void add(Part part, Samples samples) throws DataException {
    if (samples.labels().isEmpty()) {
      notes.accept(samples.source() + ": its images have no labels, and are left out");
      return;
    }
    Samples before = parts.get(part);
    parts.put(part, before == null ? samples : joined(before, samples));
  }

  private static Samples joined(Samples first, Samples second) throws DataException {
    requireSameSize(first, second);
    if (first.labelNames().isEmpty() != second.labelNames().isEmpty()) {
      throw mixedLabels(first, second);
    }
    if ((long) first.pixels().length + second.pixels().length > MAX_ARRAY) {
      throw new DataException(
          "%s: too many images, together with those of %s"
              .formatted(second.source(), first.source()));
    }
    List<String> names =
        Stream.concat(first.labelNames().stream(), second.labelNames().stream())
            .distinct()
            .toList();
    int[] places = second.labelNames().stream().mapToInt(names::indexOf).toArray();
    IntStream more = IntStream.of(second.labels().orElseThrow());
    int[] labels =
        IntStream.concat(
                IntStream.of(first.labels().orElseThrow()),
                names.isEmpty() ? more : more.map(label -> places[label]))
            .toArray();
    byte[] pixels = new byte[first.pixels().length + second.pixels().length];
    System.arraycopy(first.pixels(), 0, pixels, 0, first.pixels().length);
    System.arraycopy(second.pixels(), 0, pixels, first.pixels().length, second.pixels().length);
    return new Samples(first.source(), first.size(), pixels, Optional.of(labels), names);
  }

  /**
   * The parts as a data set.
   *
   * @param classNames in the order of the labels, or what to call the classes; empty for the names
   *     or numbers of the labels
   * @throws DataException if there is no image with a label, or the parts do not go together
   */
  DatasetParts join(List<String> classNames) throws DataException {
    if (parts.isEmpty()) {
      throw new DataException(name + ": there are no images with labels");
    }
    Collection<Samples> all = parts.values();
    Samples first = all.iterator().next();
    for (Samples other : all) {
      requireSameSize(first, other);
      if (first.labelNames().isEmpty() != other.labelNames().isEmpty()) {
        throw mixedLabels(first, other);
      }
    }
    return first.labelNames().isEmpty() ? numbered(classNames) : named(classNames);
  }

  private DatasetParts named(List<String> asked) throws DataException {
    List<String> own = new ArrayList<>();
    parts.values().forEach(samples -> own.addAll(samples.labelNames()));
    ClassOrder classes = ClassOrder.of(name, own, asked);
    Map<Part, ImageSet> images = new EnumMap<>(Part.class);
    for (Map.Entry<Part, Samples> part : parts.entrySet()) {
      List<String> names = part.getValue().labelNames();
      int[] toIndex = names.stream().mapToInt(classes.labels()::get).toArray();
      images.put(part.getKey(), images(part.getValue(), toIndex));
    }
    return new DatasetParts(name, classes.names(), images);
  }

  private DatasetParts numbered(List<String> asked) throws DataException {
    int lowest = Integer.MAX_VALUE;
    int highest = 0;
    for (Samples samples : parts.values()) {
      for (int label : samples.labels().orElseThrow()) {
        lowest = Math.min(lowest, label);
        highest = Math.max(highest, label);
      }
    }
    int first = asked.size() == highest + 1 ? 0 : Math.min(lowest, 1);
    requireNames(asked, highest + 1 - first);
    int[] toIndex = IntStream.rangeClosed(0, highest).map(label -> label - first).toArray();
    List<String> names =
        asked.isEmpty()
            ? IntStream.rangeClosed(first, highest).mapToObj(Integer::toString).toList()
            : asked;
    Map<Part, ImageSet> images = new EnumMap<>(Part.class);
    for (Map.Entry<Part, Samples> part : parts.entrySet()) {
      images.put(part.getKey(), images(part.getValue(), toIndex));
    }
    return new DatasetParts(name, names, images);
  }

  private void requireNames(List<String> asked, int classes) throws DataException {
    ClassOrder.requireFew(name, classes);
    if (!asked.isEmpty() && asked.size() != classes) {
      throw new DataException(
          "%s: expected %d names of classes, found %d".formatted(name, classes, asked.size()));
    }
  }

  private static ImageSet images(Samples samples, int[] toIndex) {
    int[] labels = samples.labels().orElseThrow();
    byte[] indices = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      indices[i] = (byte) toIndex[labels[i]];
    }
    ImageSize size = samples.size();
    return new ImageSet(size.height(), size.width(), samples.pixels(), indices);
  }

  private static void requireSameSize(Samples first, Samples other) throws DataException {
    if (!first.size().equals(other.size())) {
      throw new DataException(
          "%s: expected images of %s as in %s, found %s"
              .formatted(other.source(), first.size(), first.source(), other.size()));
    }
  }

  private static DataException mixedLabels(Samples first, Samples other) {
    return new DataException(
        "%s: expected labels that are %s as in %s, found %s"
            .formatted(other.source(), kind(first), first.source(), kind(other)));
  }

  private static String kind(Samples samples) {
    return samples.labelNames().isEmpty() ? "numbers" : "names";
  }
}
