package io.mnist4j.serve;

import io.mnist4j.data.source.ClassNamesFile;
import io.mnist4j.files.AtomicFile;
import io.mnist4j.model.Provenance;
import io.mnist4j.report.plot.Png;
import io.mnist4j.serve.http.Problem;
import io.mnist4j.text.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * Pictures that people have named on the page, each as the network saw it: in a folder for each
 * class, and a file that names all classes, so that {@code train --dataset} takes them.
 */
public final class CollectedImages {
  /** Whoever reaches the server can add to it, so there is an end. */
  private static final int MOST = 100_000;

  /** Digits of a pixel in JSON, its comma and some space. */
  private static final int BYTES_OF_A_PIXEL = 6;

  private static final int MOST_HEAD = 1_000;

  private final Path folder;
  private final Provenance model;

  /** The name of each class's folder. */
  private final List<String> folders;

  private int pictures;

  /** The answer to a picture that was saved. */
  record Saved(String saved, int pictures) {}

  private CollectedImages(Path folder, Provenance model, int pictures) {
    this.folder = folder;
    this.model = model;
    this.folders = folders(model.labels());
    this.pictures = pictures;
  }

  /**
   * Collects in a folder, which is made where there is none, and added to where there is one.
   *
   * @param model whose classes and image size the pictures have
   * @throws IOException if it cannot be made or read
   */
  public static CollectedImages in(Path folder, Provenance model) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.walk(folder, 2)) {
      long count = files.filter(file -> file.toString().endsWith(".png")).count();
      return new CollectedImages(folder, model, Math.toIntExact(count));
    }
  }

  /** The longest document that can be one, in bytes. */
  int mostBytes() {
    return model.height() * model.width() * BYTES_OF_A_PIXEL + MOST_HEAD;
  }

  /**
   * Saves a picture under what it is. The same picture is kept once, under the name it got last.
   *
   * @param json {@code {"label": "7", "image": [0, 255, ...]}}, with 0 for paper and 255 for ink
   * @throws Problem if it is something else, or there are too many
   * @throws IOException if it cannot be written
   */
  synchronized Saved save(byte[] json) throws Problem, IOException {
    JsonNode document;
    try {
      document = Json.parse(new String(json, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new Problem(400, "the body " + e.getMessage());
    }
    int label = model.labels().indexOf(document.path("label").asText());
    if (label < 0) {
      throw new Problem(
          400, "label must be one of " + String.join(", ", model.labels()) + ", as text");
    }
    byte[] image = pixels(document.path("image"));
    String name = sha256(image).substring(0, 16) + ".png";
    boolean isNew = true;
    for (String other : folders) {
      isNew &= !Files.exists(folder.resolve(other).resolve(name));
    }
    if (isNew && pictures >= MOST) {
      throw new Problem(507, "there are %,d pictures, and no more are taken".formatted(MOST));
    }
    nameClasses();
    Path place = Files.createDirectories(folder.resolve(folders.get(label)));
    AtomicFile.write(
        place.resolve(name),
        file -> Files.write(file, Png.grey(model.width(), model.height(), image).bytes()));
    for (int other = 0; other < folders.size(); other++) {
      if (other != label) {
        Files.deleteIfExists(folder.resolve(folders.get(other)).resolve(name));
      }
    }
    pictures += isNew ? 1 : 0;
    return new Saved(folders.get(label) + "/" + name, pictures);
  }

  /** Names all classes, so that {@code train --from} finds those of which there is no picture. */
  private void nameClasses() throws IOException {
    Path names = folder.resolve(ClassNamesFile.NAME);
    // Names of folders that are not those of the classes would be taken for other classes.
    if (!Files.exists(names) && folders.equals(model.labels())) {
      AtomicFile.write(names, String.join("\n", model.labels()) + "\n");
    }
  }

  private byte[] pixels(JsonNode image) throws Problem {
    int count = model.height() * model.width();
    byte[] pixels = new byte[count];
    if (image.isArray() && image.size() == count) {
      int right = 0;
      for (JsonNode pixel : image) {
        if (pixel.isInt() && pixel.asInt() >= 0 && pixel.asInt() <= 255) {
          pixels[right++] = (byte) pixel.asInt();
        }
      }
      if (right == count) {
        return pixels;
      }
    }
    throw new Problem(400, "image must be %d whole numbers from 0 to 255".formatted(count));
  }

  /** A folder's name for each class: what a file system does not take is left out of it. */
  private static List<String> folders(List<String> labels) {
    List<String> names = new ArrayList<>();
    for (String label : labels) {
      String name = label.replaceAll("[^\\p{Alnum} _+-]", "_").strip();
      names.add(name.isEmpty() || names.contains(name) ? "class-" + names.size() : name);
    }
    return names;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
