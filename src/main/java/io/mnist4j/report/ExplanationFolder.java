package io.mnist4j.report;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** A folder of explanations, a PNG for each digit, named as the picture that it was read from. */
public final class ExplanationFolder {
  private final Path folder;
  private final Set<String> taken = new HashSet<>();

  private ExplanationFolder(Path folder) {
    this.folder = folder;
  }

  /** The folder, made where it is not there. */
  public static ExplanationFolder at(Path folder) throws IOException {
    return new ExplanationFolder(Files.createDirectories(folder));
  }

  /** Writes an explanation under the name of the picture file alone. */
  public Path write(String source, BufferedImage explanation) throws IOException {
    return write(source, "", explanation);
  }

  /**
   * Writes an explanation. Pictures of one name in different folders, and digits of one strip, get
   * numbers from 2 on; what an earlier run of the program wrote is replaced.
   *
   * @param source name of the picture file
   * @param suffix that the name gets; what a file's name may not have becomes a hyphen
   * @return the file that was written
   */
  public Path write(String source, String suffix, BufferedImage explanation) throws IOException {
    String name = Path.of(source).getFileName().toString();
    String stem = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
    stem += suffix.replaceAll("[^\\p{L}\\p{N}_-]", "-");
    String free = stem;
    // Some file systems take a and A for the same name.
    for (int number = 2; !taken.add(free.toLowerCase(Locale.ROOT)); number++) {
      free = stem + "-" + number;
    }
    Path file = folder.resolve(free + ".png");
    ExplanationPicture.write(file, explanation);
    return file;
  }
}
