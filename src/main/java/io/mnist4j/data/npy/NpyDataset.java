package io.mnist4j.data.npy;

import io.mnist4j.data.ImageSize;
import io.mnist4j.data.Part;
import io.mnist4j.data.Samples;
import io.mnist4j.data.source.FileEntry;
import io.mnist4j.errors.DataException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * A data set in NumPy's files: one npz with all arrays, as Keras and MedMNIST have them, or an npz
 * or npy file for each. What an array is, and for which part, is said by the words in its name, or
 * where that has none in the name of its file, and for the part of the folders around it.
 */
public final class NpyDataset {
  /** So many arrays are listed where they are not understood. */
  private static final int MAX_LISTED = 8;

  private static final int MAX_LISTED_NAME = 40;
  private static final int THREADS = 2;

  private static final String UNDERSTOOD =
      "understood are names such as x_train, y_train, x_val, y_val, x_test and y_test, or"
          + " train_images and train_labels, or images and labels, data and target";

  private final List<FileEntry> files;
  private final List<List<NpyArray>> arraysOfFiles;
  private final Map<ArrayRole, Map<Part, NpyArray>> byRole = new EnumMap<>(ArrayRole.class);
  private boolean hasOthers;

  private NpyDataset(List<FileEntry> files, List<List<NpyArray>> arraysOfFiles) {
    this.files = files;
    this.arraysOfFiles = arraysOfFiles;
    for (ArrayRole role : ArrayRole.values()) {
      byRole.put(role, new EnumMap<>(Part.class));
    }
  }

  /** Whether a file begins as NumPy's npy files do. */
  public static boolean isNpy(byte[] head) {
    return NpyHeader.startsWithMagic(head);
  }

  /**
   * Reads images and labels.
   *
   * @param files npy and npz files, at least one
   * @param size of images that are rows of pixels; squares if it is empty
   * @return the parts that there are, in their order; a part that no name tells is for training.
   *     Only a test part may have no labels.
   * @throws DataException if a file cannot be read, or holds something else
   */
  public static Map<Part, Samples> read(List<FileEntry> files, Optional<ImageSize> size)
      throws DataException {
    List<NpzFile> opened = new ArrayList<>();
    try {
      NpyDataset dataset = open(files, opened);
      dataset.assign();
      dataset.requireComplete();
      return dataset.samples(size);
    } finally {
      opened.forEach(NpyDataset::close);
    }
  }

  /**
   * Reads images alone: each array that is called so, or the only array of the file.
   *
   * @param size of images that are rows of pixels, as {@link #read}
   * @return without labels, in the order of the file
   * @throws DataException if the file cannot be read, or holds no images
   */
  public static List<Samples> images(FileEntry file, Optional<ImageSize> size)
      throws DataException {
    List<NpzFile> opened = new ArrayList<>();
    try {
      NpyDataset dataset = open(List.of(file), opened);
      List<NpyArray> arrays = dataset.arraysOfFiles.get(0);
      List<NpyArray> images =
          arrays.stream()
              .filter(
                  array -> ArrayRole.of(array.memberNames()).equals(Optional.of(ArrayRole.IMAGES)))
              .toList();
      if (images.isEmpty() && arrays.size() > 1) {
        throw dataset.notUnderstood("arrays of images", "none with such a name");
      }
      List<Samples> samples = new ArrayList<>();
      for (NpyArray array : images.isEmpty() ? arrays : images) {
        samples.add(NpyReader.samples(array, Optional.empty(), size));
      }
      return samples;
    } finally {
      opened.forEach(NpyDataset::close);
    }
  }

  /**
   * Reads the headers.
   *
   * @param opened is added what is to be closed
   */
  private static NpyDataset open(List<FileEntry> files, List<NpzFile> opened) throws DataException {
    List<List<NpyArray>> arrays = new ArrayList<>();
    for (FileEntry file : files) {
      if (NpzFile.isNpz(file)) {
        NpzFile npz = NpzFile.open(file);
        opened.add(npz);
        arrays.add(npz.arrays());
      } else {
        arrays.add(List.of(NpyArray.of(file)));
      }
    }
    return new NpyDataset(files, arrays);
  }

  private static void close(NpzFile npz) {
    try {
      npz.close();
    } catch (IOException e) {
      // Nothing was written.
    }
  }

  /** Finds out what each array is; those of which no name says it are left aside. */
  private void assign() throws DataException {
    for (List<NpyArray> ofFile : arraysOfFiles) {
      // Else data.npz would make images of whatever is in it beside them.
      boolean own =
          ofFile.stream().anyMatch(array -> ArrayRole.of(array.memberNames()).isPresent());
      for (NpyArray array : ofFile) {
        Optional<ArrayRole> role = ArrayRole.of(own ? array.memberNames() : array.names());
        if (role.isEmpty()) {
          hasOthers = true;
          continue;
        }
        Part part =
            array.names().stream()
                .flatMap(name -> Part.ofName(ArrayRole.words(name)).stream())
                .findFirst()
                .orElse(Part.TRAIN);
        NpyArray other = byRole.get(role.get()).putIfAbsent(part, array);
        if (other != null) {
          throw notUnderstood(
              "one array of %s of the %s part".formatted(role.get(), part),
              "both %s and %s".formatted(other, array));
        }
      }
    }
  }

  private void requireComplete() throws DataException {
    Map<Part, NpyArray> images = byRole.get(ArrayRole.IMAGES);
    Map<Part, NpyArray> labels = byRole.get(ArrayRole.LABELS);
    for (Part part : Part.values()) {
      if (labels.containsKey(part) && !images.containsKey(part)) {
        throw notUnderstood(
            "images for the labels %s".formatted(labels.get(part)),
            "none of the %s part".formatted(part));
      }
      boolean mayLack = part == Part.TEST && !hasOthers;
      if (images.containsKey(part) && !labels.containsKey(part) && !mayLack) {
        throw notUnderstood(
            "labels for the images %s".formatted(images.get(part)),
            "none of the %s part".formatted(part));
      }
    }
    if (images.isEmpty()) {
      throw notUnderstood("arrays of images and labels", "none with such a name");
    }
  }

  /** Two parts at a time, unless they come from an archive, which is read in its order. */
  private Map<Part, Samples> samples(Optional<ImageSize> size) throws DataException {
    Map<Part, NpyArray> images = byRole.get(ArrayRole.IMAGES);
    Map<Part, NpyArray> labels = byRole.get(ArrayRole.LABELS);
    boolean parallel =
        arraysOfFiles.stream().flatMap(List::stream).allMatch(array -> array.content().trusted());
    ExecutorService threads =
        Executors.newFixedThreadPool(
            parallel ? THREADS : 1,
            task -> {
              Thread thread = new Thread(task, "npy");
              thread.setDaemon(true);
              return thread;
            });
    try {
      Map<Part, Future<Samples>> futures = new EnumMap<>(Part.class);
      images.forEach(
          (part, array) ->
              futures.put(
                  part,
                  threads.submit(
                      () ->
                          NpyReader.samples(array, Optional.ofNullable(labels.get(part)), size))));
      Map<Part, Samples> samples = new EnumMap<>(Part.class);
      for (Map.Entry<Part, Future<Samples>> future : futures.entrySet()) {
        samples.put(future.getKey(), result(future.getValue()));
      }
      return samples;
    } finally {
      threads.shutdownNow();
    }
  }

  private Samples result(Future<Samples> future) throws DataException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DataException("cannot read %s: interrupted".formatted(place()), e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof DataException problem) {
        throw problem;
      }
      if (e.getCause() instanceof Error error) {
        throw error; // Such as too little memory.
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private DataException notUnderstood(String expected, String found) {
    List<String> listed =
        arraysOfFiles.stream()
            .flatMap(List::stream)
            .map(array -> "%s %s".formatted(shortName(array), array.header()))
            .toList();
    String more =
        listed.size() > MAX_LISTED ? " and %d others".formatted(listed.size() - MAX_LISTED) : "";
    return new DataException(
        "%s: expected %s, found %s; its arrays are %s%s; %s"
            .formatted(
                place(),
                expected,
                found,
                listed.stream().limit(MAX_LISTED).collect(Collectors.joining(", ")),
                more,
                UNDERSTOOD));
  }

  private String place() {
    return files.size() == 1
        ? files.get(0).toString()
        : "%s and %d more".formatted(files.get(0), files.size() - 1);
  }

  private String shortName(NpyArray array) {
    String name = String.join("/", files.size() == 1 ? array.names().subList(0, 1) : array.names());
    return name.substring(0, Math.min(MAX_LISTED_NAME, name.length()));
  }
}
