package io.mnist4j.report.text;

import io.mnist4j.data.DatasetParts;
import io.mnist4j.data.ImageSet;
import io.mnist4j.data.Part;
import io.mnist4j.data.idx.IdxDigest;
import io.mnist4j.text.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a data set holds.
 *
 * @param name of the catalogue, if its images and labels are those of an entry, or its file's
 * @param parts images by part
 * @param classes images by class and part
 * @param sha256 of the IDX files that its images and labels would make
 */
public record DatasetOverview(
    String name,
    int images,
    int height,
    int width,
    Map<String, Integer> parts,
    List<ClassCount> classes,
    Map<String, String> sha256) {

  /** How many images a class has in each part. */
  public record ClassCount(String name, Map<String, Integer> images) {}

  /** Counts all images. */
  public static DatasetOverview of(DatasetParts data) {
    Map<String, Integer> parts = new LinkedHashMap<>();
    Map<String, String> hashes = new LinkedHashMap<>();
    List<ClassCount> classes = new ArrayList<>();
    data.classNames().forEach(name -> classes.add(new ClassCount(name, new LinkedHashMap<>())));
    for (Map.Entry<Part, ImageSet> part : data.parts().entrySet()) {
      String name = part.getKey().toString();
      ImageSet set = part.getValue();
      parts.put(name, set.size());
      int[] counts = set.countsByLabel(classes.size());
      for (int label = 0; label < counts.length; label++) {
        classes.get(label).images().put(name, counts[label]);
      }
      hashes.put(name + " images", IdxDigest.images(set));
      hashes.put(name + " labels", IdxDigest.labels(set));
    }
    ImageSet first = data.first();
    return new DatasetOverview(
        data.name(),
        parts.values().stream().mapToInt(Integer::intValue).sum(),
        first.height(),
        first.width(),
        parts,
        classes,
        hashes);
  }

  /** One document. */
  public String toJson() {
    return Json.pretty(this) + "\n";
  }

  /** A line, and a table with a row for each class. */
  public String toText() {
    StringBuilder text =
        new StringBuilder(
            NumberText.format(
                "%s: %,d images of %dx%d in %d classes%n",
                name, images, height, width, classes.size()));
    int widest = Math.max(5, classes.stream().mapToInt(row -> row.name().length()).max().orElse(5));
    text.append(String.format(Locale.ROOT, "%-" + widest + "s", "class"));
    parts.keySet().forEach(part -> text.append(String.format(Locale.ROOT, "  %10s", part)));
    text.append('\n');
    for (ClassCount row : classes) {
      text.append(String.format(Locale.ROOT, "%-" + widest + "s", row.name()));
      row.images().values().forEach(count -> text.append(NumberText.format("  %,10d", count)));
      text.append('\n');
    }
    text.append(String.format(Locale.ROOT, "%-" + widest + "s", "all"));
    parts.values().forEach(count -> text.append(NumberText.format("  %,10d", count)));
    return text.append('\n').toString();
  }
}
