package io.mnist4j.data.store;

import io.mnist4j.data.Dataset;
import io.mnist4j.data.ImageSet;
import io.mnist4j.errors.DataException;
import io.mnist4j.files.FileProblem;
import io.mnist4j.files.Sha256;
import io.mnist4j.text.Csv;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The training images that a table such as {@code issues.csv} of {@code data issues} names.
 *
 * @param indices of training images, ascending
 * @param sha256 of the file, lower-case hex
 */
record ExcludedImages(int[] indices, String sha256) {
  /** A line of the table has some 40 characters, and each image can be there several times. */
  private static final long MOST_BYTES = 100L << 20;

  private static final String SPLIT = "split";
  private static final String INDEX = "index";
  private static final String LABEL = "label";

  /**
   * Reads a table in CSV whose first line names its columns: {@code split} (train, validation or
   * test), {@code index} (from 0) and {@code label} (the name of the class); others are ignored.
   * Each line must be true of the data set, else the table was made for another one.
   *
   * @throws DataException if the file cannot be read, is no such table, or is of other data
   */
  static ExcludedImages read(Path file, Dataset dataset) throws DataException {
    byte[] content = content(file);
    String text = text(file, content);
    List<String> lines = text.lines().toList();
    if (lines.isEmpty()) {
      throw new DataException(file + " is empty; it must be an issues.csv of data issues");
    }
    List<String> head = cells(file, 1, lines.get(0));
    int split = column(file, head, SPLIT);
    int index = column(file, head, INDEX);
    int label = column(file, head, LABEL);
    Map<String, ImageSet> parts = new HashMap<>();
    dataset.parts().forEach((part, images) -> parts.put(part.toString(), images));
    BitSet indices = new BitSet();
    for (int line = 2; line <= lines.size(); line++) {
      List<String> cells = cells(file, line, lines.get(line - 1));
      if (cells.size() != head.size()) {
        throw new DataException(
            "%s, line %d: %d values, where the first line names %d"
                .formatted(file, line, cells.size(), head.size()));
      }
      String part = cells.get(split);
      int image = image(file, line, parts, part, cells.get(index));
      String name = dataset.classNames().get(parts.get(part).label(image));
      if (!name.equals(cells.get(label))) {
        throw new DataException(
            ("%s, line %d: image %d of %s is labelled '%s' in %s, not '%s': the file was made for"
                    + " other data, or the labels have changed since; run data issues again")
                .formatted(file, line, image, part, name, dataset.name(), cells.get(label)));
      }
      if (parts.get(part) == dataset.train()) {
        indices.set(image);
      }
    }
    return new ExcludedImages(indices.stream().toArray(), Sha256.of(content));
  }

  private static int image(
      Path file, int line, Map<String, ImageSet> parts, String part, String index)
      throws DataException {
    if (!parts.containsKey(part)) {
      throw new DataException(
          "%s, line %d: the data has no part '%s', it has %s"
              .formatted(
                  file, line, part, String.join(", ", parts.keySet().stream().sorted().toList())));
    }
    int images = parts.get(part).size();
    if (!index.matches("[0-9]{1,9}") || Integer.parseInt(index) >= images) {
      throw new DataException(
          "%s, line %d: index must be 0 to %d (%s has %d images), not '%s'"
              .formatted(file, line, images - 1, part, images, index));
    }
    return Integer.parseInt(index);
  }

  private static int column(Path file, List<String> head, String name) throws DataException {
    if (!head.contains(name)) {
      throw new DataException(
          "%s, line 1: the columns must be named, and one of them must be '%s'; it must be an"
                  .formatted(file, name)
              + " issues.csv of data issues");
    }
    return head.indexOf(name);
  }

  private static List<String> cells(Path file, int line, String text) throws DataException {
    try {
      return Csv.cells(text);
    } catch (IllegalArgumentException e) {
      throw new DataException("%s, line %d: %s".formatted(file, line, e.getMessage()), e);
    }
  }

  private static byte[] content(Path file) throws DataException {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new DataException(
            "%s has %d bytes; an issues.csv of data issues is far smaller"
                .formatted(file, Files.size(file)));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new DataException(
          "data.exclude: cannot read %s: %s".formatted(file, FileProblem.reason(e)), e);
    }
  }

  private static String text(Path file, byte[] content) throws DataException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      throw new DataException(file + " is not text in UTF-8; it must be an issues.csv", e);
    }
  }

  /** The data set without them. */
  Dataset leftOutOf(Dataset dataset) {
    return new Dataset(
        dataset.name(),
        dataset.classNames(),
        dataset.train().without(indices),
        dataset.validation(),
        dataset.test(),
        dataset.contentSha256());
  }

  /** Whether there is something left to learn from. */
  boolean isAllOf(Dataset dataset) {
    return indices.length == dataset.train().size();
  }
}
