package io.mnist4j.data.imagefolder;

import io.mnist4j.data.ImageSize;
import io.mnist4j.data.pictures.ImageFile;
import io.mnist4j.data.pictures.Picture;
import io.mnist4j.data.source.FileEntry;
import io.mnist4j.errors.DataException;
import io.mnist4j.files.FileProblem;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Decodes many pictures on all cores, and brings them to one size. */
final class PictureDecoder {
  /** Larger pictures are photos, which no one wants to train on pixel by pixel. */
  private static final int MAX_OWN_SIDE = 256;

  /** So many pictures say which size is likely to be the most frequent one. */
  private static final int SAMPLED = 100;

  private static final long MAX_ARRAY = Integer.MAX_VALUE - 8L;
  private static final int PROGRESS_MILLIS = 100;

  private final String origin;
  private final List<FileEntry> files;
  private final PictureForm form;
  private final IntConsumer progress;
  private final ImageSize[] sizes;
  private final String[] problems;

  /**
   * @param origin how messages name the whole
   * @param progress gets how many pictures are done, on the calling thread
   */
  PictureDecoder(String origin, List<FileEntry> files, PictureForm form, IntConsumer progress) {
    this.origin = origin;
    this.files = files;
    this.form = form;
    this.progress = progress;
    sizes = new ImageSize[files.size()];
    problems = new String[files.size()];
  }

  /**
   * Decodes all files.
   *
   * @param asked size of the images; empty for the most frequent one
   * @throws DataException if no picture can be read, or no size was asked for and they are photos
   */
  DecodedPictures decode(Optional<ImageSize> asked) throws DataException {
    ImageSize size = asked.isPresent() ? asked.get() : likelySize();
    byte[] pixels = new byte[length(size)];
    boolean[] done = new boolean[files.size()];
    onAllCores(i -> done[i] = decode(i, size, pixels, asked.isPresent()));
    if (Arrays.stream(sizes).allMatch(found -> found == null)) {
      throw new DataException(
          "%s: none of %,d pictures can be read: %s".formatted(origin, files.size(), problems[0]));
    }
    ImageSize frequent = asked.isPresent() ? size : small(mostFrequentSize());
    if (!frequent.equals(size)) {
      return new PictureDecoder(origin, files, form, progress).decode(Optional.of(frequent));
    }
    onAllCores(
        i -> {
          if (!done[i] && sizes[i] != null) {
            decode(i, size, pixels, true);
          }
        });
    return packed(size, pixels);
  }

  /**
   * Whether all pictures that can be read are larger than those that are trained on as they are.
   */
  static boolean areLarge(List<FileEntry> files) {
    PictureDecoder decoder = new PictureDecoder("", files, PictureForm.AS_IS, done -> {});
    for (int i = 0; i < files.size(); i++) {
      decoder.read(i);
    }
    List<ImageSize> read = Arrays.stream(decoder.sizes).filter(Objects::nonNull).toList();
    return !read.isEmpty() && read.stream().allMatch(PictureDecoder::isLarge);
  }

  private static boolean isLarge(ImageSize size) {
    return Math.max(size.height(), size.width()) > MAX_OWN_SIDE;
  }

  private ImageSize likelySize() throws DataException {
    for (int i = 0; i < Math.min(SAMPLED, files.size()); i++) {
      read(i);
    }
    return mostFrequentSize() == null ? new ImageSize(1, 1) : small(mostFrequentSize());
  }

  private ImageSize small(ImageSize size) throws DataException {
    if (isLarge(size)) {
      throw new DataException(
          ("%s: its pictures are of %s pixels; say what they are to be scaled to, such as data.size:"
                  + " 28x28, and data.form: digits if one digit is to be found in each")
              .formatted(origin, size));
    }
    return size;
  }

  /** The smallest of those that come equally often; null if no picture was read. */
  private ImageSize mostFrequentSize() {
    Map<ImageSize, Integer> counts = new HashMap<>();
    for (ImageSize size : sizes) {
      if (size != null) {
        counts.merge(size, 1, Integer::sum);
      }
    }
    return counts.entrySet().stream()
        .min(
            Map.Entry.<ImageSize, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(entry -> entry.getKey().pixels()))
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  private int length(ImageSize size) throws DataException {
    long length = (long) files.size() * size.pixels();
    if (length > MAX_ARRAY) {
      throw new DataException(
          "%s: %,d images of %s are more than 2 GiB; say a smaller data.size"
              .formatted(origin, files.size(), size));
    }
    return (int) length;
  }

  /** Returns whether the image is in its place. */
  private boolean decode(int file, ImageSize size, byte[] pixels, boolean anySize) {
    Picture picture = read(file);
    if (picture == null || !(anySize || sizes[file].equals(size))) {
      return false;
    }
    System.arraycopy(
        form.of(picture, size).pixels(), 0, pixels, file * size.pixels(), size.pixels());
    return true;
  }

  /** Returns null, and remembers why, if it cannot be read. */
  private Picture read(int file) {
    FileEntry entry = files.get(file);
    try (InputStream in = entry.open()) {
      Picture picture = ImageFile.read(in, entry.toString());
      sizes[file] =
          new ImageSize(
              Math.min(ImageSize.MAX_SIDE, picture.height() * picture.reduction()),
              Math.min(ImageSize.MAX_SIDE, picture.width() * picture.reduction()));
      return picture;
    } catch (DataException e) {
      problems[file] = e.getMessage();
    } catch (IOException e) {
      problems[file] = "%s: %s".formatted(entry, FileProblem.reason(e));
    }
    return null;
  }

  private DecodedPictures packed(ImageSize size, byte[] pixels) {
    int[] kept = new int[files.size()];
    int count = 0;
    int scaled = 0;
    List<String> unreadable = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] == null) {
        unreadable.add(problems[i]);
      } else {
        scaled += sizes[i].equals(size) ? 0 : 1;
        System.arraycopy(pixels, i * size.pixels(), pixels, count * size.pixels(), size.pixels());
        kept[count++] = i;
      }
    }
    boolean all = count == kept.length;
    return new DecodedPictures(
        size,
        all ? pixels : Arrays.copyOf(pixels, count * size.pixels()),
        Arrays.copyOf(kept, count),
        scaled,
        unreadable);
  }

  private void onAllCores(IntConsumer work) {
    int threads = Runtime.getRuntime().availableProcessors();
    AtomicInteger next = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(threads, PictureDecoder::daemon);
    try {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        workers.add(
            pool.submit(
                () -> {
                  int file = next.getAndIncrement();
                  while (file < files.size() && !Thread.currentThread().isInterrupted()) {
                    work.accept(file);
                    file = next.getAndIncrement();
                  }
                }));
      }
      for (Future<?> worker : workers) {
        await(worker, next);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private void await(Future<?> worker, AtomicInteger next) {
    while (true) {
      try {
        worker.get(PROGRESS_MILLIS, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException e) {
        progress.accept(Math.min(next.get(), files.size()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new java.util.concurrent.CancellationException("interrupted");
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Error error) {
          throw error; // Such as no memory left, of which the picture is not to blame.
        }
        throw new IllegalStateException(e.getCause());
      }
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "decode");
    thread.setDaemon(true);
    return thread;
  }
}
