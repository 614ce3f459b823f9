package io.mnist4j.digits;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.data.pictures.ImageFile;
import io.mnist4j.data.pictures.Picture;
import io.mnist4j.data.pictures.PictureFiles;
import io.mnist4j.errors.DataException;
import io.mnist4j.files.FileProblem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Pictures that are sorted by class: {@code FOLDER/CLASS/*.png} and the like. A class is called by
 * its name or by its number, and may have no folder.
 *
 * @param images class by class, 0 is paper and 255 is ink
 * @param files where each of them comes from, from the folder on
 */
public record ImageFolder(ImageSet images, List<String> files) {
  public ImageFolder {
    files = List.copyOf(files);
  }

  /** Whether there are pictures in a folder of the folder. */
  public static boolean isOne(Path folder) throws DataException {
    for (Path sub : sorted(folder)) {
      if (isClassFolder(sub) && sorted(sub).stream().anyMatch(PictureFiles::isPicture)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Reads all pictures. One of the network's size is taken as it is, dark on light or light on
   * dark. From any other a digit is made as MNIST would have made it, if the classes are single
   * characters; if not, it is only scaled.
   *
   * @param classNames of the network
   * @param height rows that the network takes
   * @param width columns that the network takes
   * @throws DataException if a folder is none of a class, or a picture cannot be read
   */
  public static ImageFolder read(Path folder, List<String> classNames, int height, int width)
      throws DataException {
    boolean characters = classNames.stream().allMatch(name -> name.length() == 1);
    DigitFinder finder = new DigitFinder(height, width);
    TreeMap<Integer, List<Path>> byLabel = new TreeMap<>();
    for (Path sub : sorted(folder)) {
      if (isClassFolder(sub)) {
        int label = label(folder, sub.getFileName().toString(), classNames);
        byLabel.computeIfAbsent(label, none -> new ArrayList<>()).addAll(sorted(sub));
      }
    }
    ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    ByteArrayOutputStream labels = new ByteArrayOutputStream();
    List<String> files = new ArrayList<>();
    for (var entry : byLabel.entrySet()) {
      for (Path file : entry.getValue().stream().filter(PictureFiles::isPicture).toList()) {
        pixels.writeBytes(image(finder, file, characters, height, width).pixels());
        labels.write(entry.getKey());
        files.add(folder.relativize(file).toString());
      }
    }
    if (files.isEmpty()) {
      throw new DataException(folder + ": there is no picture in its folders");
    }
    return new ImageFolder(
        new ImageSet(height, width, pixels.toByteArray(), labels.toByteArray()), files);
  }

  private static GreyImage image(
      DigitFinder finder, Path file, boolean characters, int height, int width)
      throws DataException {
    Picture picture = ImageFile.read(file);
    boolean rightSize = picture.height() == height && picture.width() == width;
    if (characters && !rightSize) {
      Optional<Digit> largest =
          finder.find(picture).stream().max(Comparator.comparingLong(digit -> digit.box().area()));
      if (largest.isPresent()) {
        return largest.get().image();
      }
    }
    GreyImage whole = finder.asIs(picture).image();
    return isLightAtTheEdge(whole) ? whole.inverted() : whole;
  }

  /** What is drawn seldom reaches the edge, so most of that is paper. */
  private static boolean isLightAtTheEdge(GreyImage image) {
    long sum = 0;
    int pixels = 0;
    for (int row = 0; row < image.height(); row++) {
      for (int column = 0; column < image.width(); column++) {
        if (row == 0 || row == image.height() - 1 || column == 0 || column == image.width() - 1) {
          sum += image.at(row, column);
          pixels++;
        }
      }
    }
    return sum > 127L * pixels;
  }

  private static int label(Path folder, String name, List<String> classNames) throws DataException {
    if (classNames.contains(name)) {
      return classNames.indexOf(name);
    }
    if (name.matches("\\d{1,3}") && Integer.parseInt(name) < classNames.size()) {
      return Integer.parseInt(name);
    }
    throw new DataException(
        "%s: its folder '%s' is no class of the model, which knows %s (or their numbers from 0)"
            .formatted(folder, name, String.join(", ", classNames)));
  }

  /** Archives of other systems leave folders behind whose names begin so. */
  private static boolean isClassFolder(Path path) {
    String name = path.getFileName().toString();
    return !name.startsWith(".") && !name.startsWith("__") && Files.isDirectory(path);
  }

  /** In an order that is the same on all systems. */
  private static List<Path> sorted(Path folder) throws DataException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted(Comparator.comparing(entry -> entry.getFileName().toString())).toList();
    } catch (IOException e) {
      throw new DataException("cannot read %s: %s".formatted(folder, FileProblem.reason(e)), e);
    }
  }
}
