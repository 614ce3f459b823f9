package io.mnist4j.data.npy;

import io.mnist4j.data.ImageSize;
import io.mnist4j.data.Luma;
import io.mnist4j.data.Samples;
import io.mnist4j.errors.DataException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads the values of an array in one pass, as pixels or as labels. Unsigned bytes go straight to
 * where they stay; other types are converted some thousand at a time. Nothing is allocated for
 * sizes that the file cannot hold.
 */
final class NpyReader {
  private static final int SLICE_BYTES = 1 << 17;
  private static final int VALUES_AT_A_TIME = 1 << 13;
  private static final int COLORS = 3;

  /** More labels than images could have, even of one pixel. */
  private static final long MAX_LABEL_VALUES = Integer.MAX_VALUE - 8L;

  private final NpyArray array;
  private final NpyHeader header;
  private final NpyType type;

  private NpyReader(NpyArray array) throws DataException {
    this.array = array;
    header = array.header();
    type = NpyType.of(header.descr(), array.toString());
  }

  /**
   * Images with their labels, or without.
   *
   * @param wanted the size of images that are rows of pixels; squares if it is empty
   * @throws DataException if the arrays cannot be read or hold something else
   */
  static Samples samples(NpyArray images, Optional<NpyArray> labels, Optional<ImageSize> wanted)
      throws DataException {
    ImageLayout layout = ImageLayout.of(images, wanted);
    if (labels.isEmpty()) {
      return Samples.unlabelled(
          images.toString(), layout.size(), new NpyReader(images).pixels(layout));
    }
    if (labels.get().count() != layout.count()) {
      throw labels
          .get()
          .problem(
              "expected %d labels, one for each image of %s, found the shape %s"
                  .formatted(layout.count(), images, labels.get().header().shapeText()));
    }
    // The labels first: what is wrong with them should not wait for the images.
    int[] numbers = new NpyReader(labels.get()).labels();
    byte[] pixels = new NpyReader(images).pixels(layout);
    return Samples.numbered(images.toString(), layout.size(), pixels, numbers);
  }

  /** {@code [n, h, w]}; colours become grey. */
  private byte[] pixels(ImageLayout layout) throws DataException {
    try (InputStream in = open()) {
      byte[] pixels = new byte[layout.values()];
      if (type.isUnsignedByte()) {
        readFully(in, pixels);
      } else {
        convert(in, new NpyPixels(pixels, type));
      }
      if (header.fortranOrder()) {
        pixels = FortranOrder.toRows(pixels, header.shape());
      }
      return layout.channels() == COLORS ? luma(pixels) : pixels;
    } catch (IOException e) {
      throw NpyArray.unreadable(array.toString(), e);
    }
  }

  private void convert(InputStream in, NpyPixels pixels) throws IOException, DataException {
    String range =
        switch (type.kind()) {
          case FLOAT -> "from 0 to 1 or from 0 to 255";
          case BOOL -> "that are booleans, bytes of 0 or 1";
          default -> "from 0 to 255";
        };
    readValues(
        in,
        pixels::append,
        (value, index) ->
            array.problem(
                "expected pixels %s, found %s at %s".formatted(range, type.print(value), index)));
    if (pixels.aboveUnit() >= 0) {
      throw array.problem(
          "expected pixels %s, found the greatest to be %s at %s; if they are meant to be from 0 to"
                  .formatted(range, type.print(pixels.greatest()), index(pixels.aboveUnit()))
              + " 1, cut them off with images.clip(0, 1)");
    }
  }

  /** {@code [n]}. */
  private int[] labels() throws DataException {
    List<Long> shape = header.shape();
    if (shape.size() > 2 || shape.isEmpty() || shape.contains(0L)) {
      throw array.problem(
          "expected labels as [n], [n, 1] or one-hot [n, classes], found the shape "
              + header.shapeText());
    }
    if (header.count() > MAX_LABEL_VALUES) {
      throw array.problem(
          "absurd shape: expected at most %,d values, found %s"
              .formatted(MAX_LABEL_VALUES, header.shapeText()));
    }
    int columns = shape.size() == 1 ? 1 : Math.toIntExact(shape.get(1));
    String expected =
        columns == 1
            ? "labels that are whole numbers from 0"
            : "one-hot labels, rows with a single 1 and zeros else";
    try (InputStream in = open()) {
      NpyLabels labels = new NpyLabels((int) array.count(), columns, header.fortranOrder());
      readValues(
          in,
          labels::append,
          (value, index) ->
              array.problem(
                  "expected %s, found %s%s at %s"
                      .formatted(
                          expected,
                          columns > 1 && value == 1 ? "another " : "",
                          type.print(value),
                          index)));
      if (labels.missing() >= 0) {
        throw array.problem(
            "expected %s, found no 1 in row %d".formatted(expected, labels.missing()));
      }
      return labels.labels();
    } catch (IOException e) {
      throw NpyArray.unreadable(array.toString(), e);
    }
  }

  /** Takes values, and says how many of them it could use. */
  @FunctionalInterface
  private interface ValueSink {
    int append(double[] values, int count);
  }

  /** What is wrong with a value. */
  @FunctionalInterface
  private interface ValueProblem {
    DataException of(double value, String index);
  }

  private void readValues(InputStream in, ValueSink sink, ValueProblem problem)
      throws IOException, DataException {
    byte[] raw = new byte[VALUES_AT_A_TIME * type.bytes()];
    double[] values = new double[VALUES_AT_A_TIME];
    long count = header.count();
    for (long done = 0; done < count; done += VALUES_AT_A_TIME) {
      int some = (int) Math.min(VALUES_AT_A_TIME, count - done);
      int read = in.readNBytes(raw, 0, some * type.bytes());
      if (read < some * type.bytes()) {
        throw wrongLength("" + (header.bytes() + done * type.bytes() + read));
      }
      type.decode(raw, values, some);
      int used = sink.append(values, some);
      if (used < some) {
        throw problem.of(values[used], index(done + used));
      }
    }
    requireEnd(in);
  }

  private void readFully(InputStream in, byte[] target) throws IOException, DataException {
    int end = 0;
    while (end < target.length) {
      int read = in.read(target, end, Math.min(SLICE_BYTES, target.length - end));
      if (read < 0) {
        throw wrongLength("" + (header.bytes() + (long) end));
      }
      end += read;
    }
    requireEnd(in);
  }

  private void requireEnd(InputStream in) throws IOException, DataException {
    if (in.read() >= 0) {
      throw wrongLength("more");
    }
  }

  /**
   * The values alone, which are as many as the header says as far as that can be told before they
   * are read: of a file whose length nobody vouches for only when they are there.
   */
  private InputStream open() throws IOException, DataException {
    NpyContent content = array.content();
    if (content.size() >= 0 && content.size() != expectedBytes()) {
      throw wrongLength("" + content.size());
    }
    InputStream in = content.opener().open();
    try {
      // Not skipped: bytes that are skipped might not count in a checksum.
      if (in.readNBytes(header.bytes()).length < header.bytes()) {
        throw new EOFException();
      }
      if (content.trusted()) {
        return in;
      }
      int most = (int) Math.min(Integer.MAX_VALUE - 8L, expectedBytes() - header.bytes() + 1);
      byte[] values = in.readNBytes(most);
      in.close();
      if (values.length != expectedBytes() - header.bytes()) {
        throw wrongLength(
            values.length == most ? "more" : "" + (header.bytes() + (long) values.length));
      }
      return new ByteArrayInputStream(values);
    } catch (IOException | DataException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private long expectedBytes() {
    long count = header.count();
    return count > (Long.MAX_VALUE - header.bytes()) / type.bytes()
        ? Long.MAX_VALUE
        : header.bytes() + count * type.bytes();
  }

  private DataException wrongLength(String found) {
    return array.problem(
        "wrong length: expected %d bytes as its header says (%s), found %s"
            .formatted(expectedBytes(), header, found));
  }

  /** The indices of the value that is stored in this place, as Python writes them. */
  private String index(long place) {
    List<Long> shape = header.shape();
    long[] index = new long[shape.size()];
    long rest = place;
    for (int i = 0; i < index.length; i++) {
      int dimension = header.fortranOrder() ? i : index.length - 1 - i;
      index[dimension] = rest % shape.get(dimension);
      rest /= shape.get(dimension);
    }
    return Arrays.toString(index);
  }

  private static byte[] luma(byte[] colors) {
    byte[] grey = new byte[colors.length / COLORS];
    for (int i = 0; i < grey.length; i++) {
      int red = Byte.toUnsignedInt(colors[COLORS * i]);
      int green = Byte.toUnsignedInt(colors[COLORS * i + 1]);
      int blue = Byte.toUnsignedInt(colors[COLORS * i + 2]);
      grey[i] = (byte) Luma.of(red, green, blue);
    }
    return grey;
  }
}
