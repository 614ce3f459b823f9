package io.mnist4j.data.catalogue;

import io.mnist4j.data.idx.IdxKind;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The four files of an IDX data set, under the names that MNIST gave them. */
public enum FileRole {
  TRAIN_IMAGES("train-images-idx3-ubyte", IdxKind.IMAGES),
  TRAIN_LABELS("train-labels-idx1-ubyte", IdxKind.LABELS),
  TEST_IMAGES("t10k-images-idx3-ubyte", IdxKind.IMAGES),
  TEST_LABELS("t10k-labels-idx1-ubyte", IdxKind.LABELS);

  private static final String ENDING = "[-.]idx[1-4]-(?:ubyte|byte|short|int|float|double)(\\.gz)?";

  /** MNIST's own, QMNIST's and EMNIST's names: a prefix, the part and the kind. */
  private static final Pattern NAME =
      Pattern.compile("((?:.*[-_.])?)(train|t10k|test)-(images|labels)" + ENDING);

  /** Kannada-MNIST's: the kind, a prefix and the part. */
  private static final Pattern LETTER_NAME =
      Pattern.compile("([Xy])_((?:.*[-_.])?)(train|test)" + ENDING);

  private final String fileName;
  public final IdxKind kind;

  /**
   * What the name of a file says of it.
   *
   * @param prefix before the name proper, the same for the four files of a data set
   * @param rank of files with the same role and prefix the one with the lowest is preferred
   */
  public record NamedFile(FileRole role, String prefix, int rank) {}

  FileRole(String fileName, IdxKind kind) {
    this.fileName = fileName;
    this.kind = kind;
  }

  /** The standard name of the uncompressed file, such as {@code train-images-idx3-ubyte}. */
  public String fileName() {
    return fileName;
  }

  /** The name of the compressed file, as mirrors have it. */
  public String gzipName() {
    return fileName + ".gz";
  }

  /**
   * Every name under which the file is looked for, in order. Some programs unpack it as {@code
   * train-images.idx3-ubyte}.
   */
  public List<String> names() {
    String dotted = fileName.replace("-idx", ".idx");
    return List.of(gzipName(), fileName, dotted + ".gz", dotted);
  }

  /** Which file of an IDX data set has this name; empty if none has. */
  public static Optional<NamedFile> named(String name) {
    Matcher words = NAME.matcher(name);
    Matcher letters = LETTER_NAME.matcher(name);
    if (words.matches()) {
      FileRole role = of(words.group(2), words.group(3).equals("images"));
      int at = role.names().indexOf(name.substring(words.end(1)));
      int gzip = words.group(4) == null ? 1 : 0;
      int unusual = 2 * role.names().size() + gzip;
      return Optional.of(
          new NamedFile(
              role, words.group(1), at >= 0 ? at : unusual + (name.contains("-ubyte") ? 0 : 2)));
    }
    if (letters.matches()) {
      FileRole role = of(letters.group(3), letters.group(1).equals("X"));
      return Optional.of(new NamedFile(role, letters.group(2), letters.group(4) == null ? 1 : 0));
    }
    return Optional.empty();
  }

  private static FileRole of(String part, boolean images) {
    if (part.equals("train")) {
      return images ? TRAIN_IMAGES : TRAIN_LABELS;
    }
    return images ? TEST_IMAGES : TEST_LABELS;
  }
}
