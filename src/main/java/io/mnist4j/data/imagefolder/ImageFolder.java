package io.mnist4j.data.imagefolder;

import io.mnist4j.data.ImageSize;
import io.mnist4j.data.imagefolder.PictureDataset.Content;
import io.mnist4j.data.imagefolder.PictureDataset.DecodingListener;
import io.mnist4j.data.pictures.PictureFiles;
import io.mnist4j.data.source.ClassNamesFile;
import io.mnist4j.data.source.FileEntry;
import io.mnist4j.data.source.FileTree;
import io.mnist4j.errors.DataException;
import io.mnist4j.text.NaturalOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Reads pictures that are sorted by class, see {@link ClassFolders}.
 *
 * <p>Classes are the folders in natural order, 2 before 10, unless a file {@code classes.txt} gives
 * them another order or other names. Images are in the natural order of their files' names,
 * whatever their class: where these are the numbers of a data set's images, as in the folders of
 * MNIST that are handed around, the images have the order of that data set.
 */
public final class ImageFolder {
  /** Pictures that tell whether all are photos. */
  private static final int LOOKED_AT = 5;

  private static final Comparator<LabelledPicture> BY_FILE_NAME =
      Comparator.comparing(
              (LabelledPicture picture) -> picture.file().fileName(), NaturalOrder.INSTANCE)
          .thenComparing(LabelledPicture::className, NaturalOrder.INSTANCE)
          .thenComparing(picture -> picture.file().name());

  private final FileTree tree;
  private final ClassFolders folders;

  /** Looks at the names of all files. */
  public ImageFolder(FileTree tree) {
    this.tree = tree;
    folders =
        new ClassFolders(
            tree.entries().stream()
                .filter(file -> PictureFiles.isPictureName(file.fileName()))
                .toList());
  }

  /** Whether there are pictures in folders of classes. */
  public boolean hasClasses() {
    return !folders.labelled().isEmpty();
  }

  /** Whether the folders tell classes apart, and not only train from test. */
  public boolean tellsClassesApart() {
    List<String> classes =
        folders.labelled().stream().map(LabelledPicture::className).distinct().toList();
    return classes.size() > 1
        && !classes.stream().allMatch(name -> ClassFolders.part(name).isPresent());
  }

  /** Whether classes are single characters, and the first pictures too large to train on. */
  public boolean arePhotosOfCharacters() throws DataException {
    List<LabelledPicture> pictures = folders.labelled();
    if (!pictures.stream().allMatch(picture -> picture.className().length() == 1)) {
      return false;
    }
    List<FileEntry> first = pictures.stream().limit(LOOKED_AT).map(LabelledPicture::file).toList();
    return PictureDecoder.areLarge(first);
  }

  /** Whether there are pictures at all. */
  public boolean hasPictures() {
    return hasClasses() || !folders.withoutClass().isEmpty();
  }

  /**
   * Reads all pictures.
   *
   * @param name of the data set
   * @param form of its images
   * @param size of its images; empty for the most frequent size of the pictures
   * @throws DataException if there are no classes to tell apart, or no picture can be read
   */
  public Content read(
      String name, PictureForm form, Optional<ImageSize> size, DecodingListener progress)
      throws DataException {
    if (!hasClasses()) {
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
    List<LabelledPicture> pictures = new ArrayList<>(folders.labelled());
    pictures.sort(BY_FILE_NAME);
    Content content =
        PictureDataset.decode(
            tree.origin().toString(),
            name,
            pictures,
            ClassNamesFile.in(tree),
            form,
            size,
            progress);
    List<String> notes = new ArrayList<>(content.notes());
    addNotes(notes);
    return new Content(content.parts(), notes);
  }

  private void addNotes(List<String> notes) {
    String origin = tree.origin() + ": ";
    if (!folders.withoutClass().isEmpty()) {
      notes.add(
          "%s%s left out that lie in no folder of a class; the first: %s"
              .formatted(
                  origin,
                  PictureDataset.count(folders.withoutClass().size(), "picture"),
                  folders.withoutClass().get(0).name()));
    }
    if (!folders.withoutPart().isEmpty()) {
      notes.add(
          "%s%s left out that belong neither to train nor to test; the first: %s"
              .formatted(
                  origin,
                  PictureDataset.count(folders.withoutPart().size(), "picture"),
                  folders.withoutPart().get(0).name()));
    }
    if (tree.hiddenFiles() > 0) {
      notes.add(
          "%s%s left out"
              .formatted(origin, PictureDataset.count(tree.hiddenFiles(), "hidden file")));
    }
    List<String> empty = emptyClasses();
    if (!empty.isEmpty()) {
      notes.add(
          "%sno class for %s without pictures: %s"
              .formatted(
                  origin, empty.size() == 1 ? "a folder" : "folders", String.join(", ", empty)));
    }
  }

  private List<String> emptyClasses() {
    TreeSet<String> empty = new TreeSet<>(NaturalOrder.INSTANCE);
    tree.folders().forEach(folder -> folders.classOf(folder).ifPresent(empty::add));
    folders.labelled().forEach(picture -> empty.remove(picture.className()));
    return List.copyOf(empty);
  }
}
