package io.mnist4j.data.imagefolder;

import io.mnist4j.data.DatasetParts;
import io.mnist4j.data.ImageSet;
import io.mnist4j.data.ImageSize;
import io.mnist4j.data.Part;
import io.mnist4j.errors.DataException;
import io.mnist4j.text.NaturalOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Makes a data set of labelled pictures: decodes them, and says what did not go as it should. */
public final class PictureDataset {
  /** As many classes as a label has values. */
  static final int MAX_CLASSES = 256;

  private final String origin;
  private final List<LabelledPicture> pictures;
  private final List<String> notes = new ArrayList<>();

  private PictureDataset(String origin, List<LabelledPicture> pictures) {
    this.origin = origin;
    this.pictures = pictures;
  }

  /**
   * A data set, and what a user should know of it.
   *
   * @param notes what was left out, scaled, or is there twice; each begins with the data's place
   */
  public record Content(DatasetParts parts, List<String> notes) {
    public Content {
      notes = List.copyOf(notes);
    }
  }

  /** Is told how decoding goes, on the thread that waits for it. */
  @FunctionalInterface
  public interface DecodingListener {
    /**
     * Called now and then.
     *
     * @param done pictures so far
     */
    void decoded(int done, int total);
  }

  /**
   * Decodes pictures on all cores.
   *
   * @param origin how messages name the whole
   * @param name of the data set
   * @param pictures at least one; the images have their order
   * @param classNames in the order of the labels, or what to call the classes that there are, in
   *     their natural order; empty for their own names in that order
   * @param form of its images
   * @param size of its images; empty for the most frequent size of the pictures
   * @throws DataException if no picture can be read, or the names do not fit
   */
  public static Content decode(
      String origin,
      String name,
      List<LabelledPicture> pictures,
      List<String> classNames,
      PictureForm form,
      Optional<ImageSize> size,
      DecodingListener progress)
      throws DataException {
    PictureDataset dataset = new PictureDataset(origin, pictures);
    DecodedPictures decoded =
        new PictureDecoder(
                origin,
                pictures.stream().map(LabelledPicture::file).toList(),
                form,
                done -> progress.decoded(done, pictures.size()))
            .decode(size);
    DatasetParts parts = dataset.parts(name, classNames, decoded, form);
    dataset.noteFiles(decoded, size.isPresent());
    dataset.noteMissing(parts);
    dataset.noteDuplicates(parts);
    return new Content(parts, dataset.notes);
  }

  private DatasetParts parts(
      String name, List<String> asked, DecodedPictures decoded, PictureForm form)
      throws DataException {
    List<LabelledPicture> kept = Arrays.stream(decoded.kept()).mapToObj(pictures::get).toList();
    List<String> own = ownClasses(kept);
    // Names that are those of the classes give their order; others are what to call them.
    boolean ordered = new HashSet<>(asked).containsAll(own);
    if (!asked.isEmpty() && !ordered && asked.size() != own.size()) {
      throw new DataException(
          "%s: expected %d names of classes, for %s, found %d"
              .formatted(origin, own.size(), String.join(", ", own), asked.size()));
    }
    Map<String, Integer> labels = new HashMap<>();
    (ordered ? asked : own).forEach(className -> labels.put(className, labels.size()));
    byte[] all = new byte[kept.size()];
    Map<Part, List<Integer>> indices = new EnumMap<>(Part.class);
    Map<Part, List<String>> files = new EnumMap<>(Part.class);
    for (int i = 0; i < all.length; i++) {
      LabelledPicture picture = kept.get(i);
      all[i] = labels.get(picture.className()).byteValue();
      indices.computeIfAbsent(picture.part(), any -> new ArrayList<>()).add(i);
      files.computeIfAbsent(picture.part(), any -> new ArrayList<>()).add(picture.file().name());
    }
    ImageSet images =
        new ImageSet(decoded.size().height(), decoded.size().width(), decoded.pixels(), all);
    Map<Part, ImageSet> parts = new EnumMap<>(Part.class);
    indices.forEach(
        (part, some) ->
            parts.put(
                part,
                some.size() == all.length
                    ? images
                    : images.subset(some.stream().mapToInt(Integer::intValue).toArray())));
    return new DatasetParts(
        name, asked.isEmpty() ? own : asked, parts, files, Optional.of(form.toString()));
  }

  private List<String> ownClasses(List<LabelledPicture> kept) throws DataException {
    TreeSet<String> names = new TreeSet<>(NaturalOrder.INSTANCE);
    kept.forEach(picture -> names.add(picture.className()));
    if (names.size() > MAX_CLASSES) {
      throw new DataException(
          "%s: %d classes; at most %d are told apart".formatted(origin, names.size(), MAX_CLASSES));
    }
    return List.copyOf(names);
  }

  private void noteFiles(DecodedPictures decoded, boolean sizeWasAsked) {
    if (decoded.scaled() > 0 && !sizeWasAsked) {
      note("%s of other sizes scaled to %s", count(decoded.scaled(), "picture"), decoded.size());
    }
    if (!decoded.unreadable().isEmpty()) {
      note(
          "%s left out that cannot be read; the first: %s",
          count(decoded.unreadable().size(), "picture"), decoded.unreadable().get(0));
    }
  }

  private void noteMissing(DatasetParts parts) {
    parts
        .parts()
        .forEach(
            (part, images) -> {
              boolean[] there = new boolean[parts.classNames().size()];
              for (int i = 0; i < images.size(); i++) {
                there[images.label(i)] = true;
              }
              List<String> missing = new ArrayList<>();
              for (int label = 0; label < there.length; label++) {
                if (!there[label]) {
                  missing.add(parts.classNames().get(label));
                }
              }
              if (!missing.isEmpty()) {
                note("no %s picture of %s", part.toString(), String.join(", ", missing));
              }
            });
  }

  private void noteDuplicates(DatasetParts parts) {
    Duplicates duplicates = new Duplicates(parts.parts());
    if (duplicates.withinParts() > 0) {
      note(
          "%s kept that are there twice, pixel for pixel",
          count(duplicates.withinParts(), "picture"));
    }
    if (duplicates.acrossParts() > 0) {
      note(
          "%s kept that are in two parts of the data, so that results are better than they should be",
          count(duplicates.acrossParts(), "picture"));
    }
  }

  private void note(String text, Object... values) {
    notes.add(origin + ": " + String.format(Locale.ROOT, text, values));
  }

  /** Such as {@code 1 picture} and {@code 2,000 pictures}. */
  static String count(int count, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
  }
}
