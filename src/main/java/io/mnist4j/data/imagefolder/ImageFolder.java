package io.mnist4j.data.imagefolder;

import io.mnist4j.data.DatasetParts;
import io.mnist4j.data.ImageSet;
import io.mnist4j.data.ImageSize;
import io.mnist4j.data.Part;
import io.mnist4j.data.pictures.PictureFiles;
import io.mnist4j.data.source.FileEntry;
import io.mnist4j.data.source.FileTree;
import io.mnist4j.errors.DataException;
import io.mnist4j.text.NaturalOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Reads pictures that are sorted by class, see {@link ClassFolders}.
 *
 * <p>Classes are the folders in natural order, 2 before 10. Images are in the natural order of
 * their files' names, whatever their class: where these are the numbers of a data set's images, as
 * in the folders of MNIST that are handed around, the images have the order of that data set.
 */
public final class ImageFolder {
  /** Fewer files are decoded anew each time, which takes a moment. */
  private static final int MIN_CACHED = 1_000;

  /** As many classes as a label has values. */
  static final int MAX_CLASSES = 256;

  private static final Comparator<LabelledPicture> BY_FILE_NAME =
      Comparator.comparing(
              (LabelledPicture picture) -> picture.file().fileName(), NaturalOrder.INSTANCE)
          .thenComparing(LabelledPicture::className, NaturalOrder.INSTANCE)
          .thenComparing(picture -> picture.file().name());

  private final FileTree tree;
  private final List<String> notes = new ArrayList<>();

  private ImageFolder(FileTree tree) {
    this.tree = tree;
  }

  /**
   * The images of a folder.
   *
   * @param notes what a user should know: what was left out, scaled, or is there twice
   */
  public record Content(DatasetParts parts, List<String> notes) {}

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

  /** The files of a tree that are called as pictures are. */
  public static List<FileEntry> pictures(FileTree tree) {
    return tree.entries().stream()
        .filter(file -> PictureFiles.isPictureName(file.fileName()))
        .toList();
  }

  /**
   * Reads all pictures.
   *
   * @param name of the data set
   * @param form of its images
   * @param size of its images; empty for the most frequent size of the pictures
   * @param cache where decoded pictures are kept for the next time; empty to keep none
   * @param progress is told how many pictures are decoded
   * @throws DataException if there are no classes to tell apart, or no picture can be read
   */
  public static Content read(
      FileTree tree,
      String name,
      PictureForm form,
      Optional<ImageSize> size,
      Optional<Path> cache,
      DecodingListener progress)
      throws DataException {
    boolean kept = cache.isPresent() && tree.entries().size() >= MIN_CACHED;
    if (!kept) {
      return decode(tree, name, form, size, progress);
    }
    DecodedCache decoded = new DecodedCache(cache.get());
    String key =
        "%s-%s-%s"
            .formatted(tree.fingerprint(), form, size.map(ImageSize::toString).orElse("auto"));
    Optional<Content> known = decoded.read(key);
    if (known.isPresent()) {
      return known.get();
    }
    Content content = decode(tree, name, form, size, progress);
    decoded.write(key, content);
    return content;
  }

  private static Content decode(
      FileTree tree,
      String name,
      PictureForm form,
      Optional<ImageSize> size,
      DecodingListener progress)
      throws DataException {
    ImageFolder folder = new ImageFolder(tree);
    DatasetParts parts = folder.readParts(name, form, size, progress);
    return new Content(parts, folder.notes);
  }

  private DatasetParts readParts(
      String name, PictureForm form, Optional<ImageSize> size, DecodingListener progress)
      throws DataException {
    ClassFolders folders = new ClassFolders(pictures(tree));
    List<LabelledPicture> pictures = new ArrayList<>(folders.labelled());
    if (pictures.isEmpty()) {
      throw new DataException(
          "%s: expected pictures in folders named after their classes, such as %s or %s; found %s"
              .formatted(
                  tree.origin(),
                  "cat/1.png",
                  "train/cat/1.png",
                  folders.withoutClass().isEmpty()
                      ? "none"
                      : folders.withoutClass().size() + " pictures in no such folder"));
    }
    pictures.sort(BY_FILE_NAME);
    PictureDecoder decoder =
        new PictureDecoder(
            tree.origin().toString(),
            pictures.stream().map(LabelledPicture::file).toList(),
            form,
            done -> progress.decoded(done, pictures.size()));
    DecodedPictures decoded = decoder.decode(size);
    List<LabelledPicture> kept = Arrays.stream(decoded.kept()).mapToObj(pictures::get).toList();
    List<String> classNames = classNames(kept);
    DatasetParts parts = parts(name, classNames, decoded, kept);
    noteFiles(folders, decoded, size.isPresent());
    noteClasses(folders, parts);
    noteDuplicates(parts);
    return parts;
  }

  private List<String> classNames(List<LabelledPicture> pictures) throws DataException {
    TreeSet<String> names = new TreeSet<>(NaturalOrder.INSTANCE);
    pictures.forEach(picture -> names.add(picture.className()));
    if (names.size() > MAX_CLASSES) {
      throw new DataException(
          "%s: %d classes; at most %d are told apart"
              .formatted(tree.origin(), names.size(), MAX_CLASSES));
    }
    return List.copyOf(names);
  }

  private static DatasetParts parts(
      String name,
      List<String> classNames,
      DecodedPictures decoded,
      List<LabelledPicture> pictures) {
    Map<String, Integer> labels = new HashMap<>();
    classNames.forEach(className -> labels.put(className, labels.size()));
    byte[] all = new byte[pictures.size()];
    Map<Part, List<Integer>> indices = new EnumMap<>(Part.class);
    Map<Part, List<String>> files = new EnumMap<>(Part.class);
    for (int i = 0; i < all.length; i++) {
      LabelledPicture picture = pictures.get(i);
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
    return new DatasetParts(name, classNames, parts, files);
  }

  private void noteFiles(ClassFolders folders, DecodedPictures decoded, boolean sizeWasAsked) {
    if (decoded.scaled() > 0 && !sizeWasAsked) {
      note("%s of other sizes scaled to %s", count(decoded.scaled(), "picture"), decoded.size());
    }
    if (!decoded.unreadable().isEmpty()) {
      note(
          "%s left out that cannot be read; the first: %s",
          count(decoded.unreadable().size(), "picture"), decoded.unreadable().get(0));
    }
    if (!folders.withoutClass().isEmpty()) {
      note(
          "%s left out that lie in no folder of a class; the first: %s",
          count(folders.withoutClass().size(), "picture"), folders.withoutClass().get(0).name());
    }
    if (!folders.withoutPart().isEmpty()) {
      note(
          "%s left out that belong neither to train nor to test; the first: %s",
          count(folders.withoutPart().size(), "picture"), folders.withoutPart().get(0).name());
    }
    if (tree.hiddenFiles() > 0) {
      note("%s left out", count(tree.hiddenFiles(), "hidden file"));
    }
  }

  private void noteClasses(ClassFolders folders, DatasetParts parts) {
    TreeSet<String> empty = new TreeSet<>(NaturalOrder.INSTANCE);
    for (String folder : tree.folders()) {
      folders
          .classOf(folder)
          .filter(name -> !parts.classNames().contains(name))
          .ifPresent(empty::add);
    }
    if (!empty.isEmpty()) {
      note(
          "no class for %s without pictures: %s",
          empty.size() == 1 ? "a folder" : "folders", String.join(", ", empty));
    }
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
    notes.add(tree.origin() + ": " + String.format(Locale.ROOT, text, values));
  }

  private static String count(int count, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
  }
}
