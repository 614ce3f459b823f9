package io.mnist4j.data.imagefolder;

import static java.util.Comparator.naturalOrder;

import io.mnist4j.data.ClassOrder;
import io.mnist4j.data.DatasetParts;
import io.mnist4j.data.DuplicateImages;
import io.mnist4j.data.ImageSet;
import io.mnist4j.data.ImageSize;
import io.mnist4j.data.Part;
import io.mnist4j.errors.DataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Makes a data set of labelled pictures: decodes them, and says what did not go as it should. */
public final class PictureDataset {
  private final String origin;
  private final List<String> notes = new ArrayList<>();

  private PictureDataset(String origin) {
    this.origin = origin;
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
    PictureDataset dataset = new PictureDataset(origin);
    DecodedPictures decoded =
        new PictureDecoder(
                origin,
                pictures.stream().map(LabelledPicture::file).toList(),
                form,
                done -> progress.decoded(done, pictures.size()))
            .decode(size);
    List<LabelledPicture> kept = Arrays.stream(decoded.kept()).mapToObj(pictures::get).toList();
    List<String> shown = kept.stream().map(LabelledPicture::className).toList();
    ClassOrder classes = ClassOrder.of(origin, shown, classNames);
    ImageSet images = images(decoded, shown, classes);
    DatasetParts parts = parts(name, classes.names(), images, kept, form);
    dataset.noteFiles(decoded, size.isPresent());
    dataset.noteMissing(parts);
    dataset.noteDuplicates(images, kept);
    return new Content(parts, dataset.notes);
  }

  private static ImageSet images(DecodedPictures decoded, List<String> shown, ClassOrder classes) {
    byte[] labels = new byte[shown.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = classes.labels().get(shown.get(i)).byteValue();
    }
    return new ImageSet(decoded.size().height(), decoded.size().width(), decoded.pixels(), labels);
  }

  private static DatasetParts parts(
      String name,
      List<String> classNames,
      ImageSet images,
      List<LabelledPicture> kept,
      PictureForm form) {
    Map<Part, ImageSet> parts = new EnumMap<>(Part.class);
    Map<Part, List<String>> files = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      int[] some =
          IntStream.range(0, kept.size()).filter(i -> kept.get(i).part() == part).toArray();
      if (some.length > 0) {
        parts.put(part, some.length == kept.size() ? images : images.subset(some));
        files.put(part, Arrays.stream(some).mapToObj(i -> kept.get(i).file().name()).toList());
      }
    }
    return new DatasetParts(name, classNames, parts, files, Optional.of(form.toString()));
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
              int[] counts = images.countsByLabel(parts.classNames().size());
              List<String> missing =
                  IntStream.range(0, counts.length)
                      .filter(label -> counts[label] == 0)
                      .mapToObj(parts.classNames()::get)
                      .toList();
              if (!missing.isEmpty()) {
                note("no %s picture of %s", part.toString(), String.join(", ", missing));
              }
            });
  }

  private void noteDuplicates(ImageSet images, List<LabelledPicture> kept) {
    int within = 0;
    int across = 0;
    for (List<Integer> group : DuplicateImages.of(images, none -> false).groups()) {
      // What is in a part that is learned from or watches comes first.
      Part first = group.stream().map(i -> kept.get(i).part()).min(naturalOrder()).orElseThrow();
      int inFirst = (int) group.stream().filter(i -> kept.get(i).part() == first).count();
      within += inFirst - 1;
      across += group.size() - inFirst;
    }
    if (within > 0) {
      note("%s kept that are there twice, pixel for pixel", count(within, "picture"));
    }
    if (across > 0) {
      note(
          "%s kept that are in two parts of the data, so that results are better than they should be",
          count(across, "picture"));
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
