package io.mnist4j.data.idx;

import io.mnist4j.data.ImageSet;
import java.io.IOException;
import java.io.OutputStream;

/** Writes image sets as MNIST's own files: unsigned bytes, not compressed. */
public final class IdxWriter {
  private IdxWriter() {}

  /** Writes {@code [n, height, width]} pixels; the stream stays open. */
  public static void writeImages(ImageSet set, OutputStream out) throws IOException {
    out.write(IdxContent.header(new int[] {set.size(), set.height(), set.width()}));
    out.write(set.pixels());
  }

  /** Writes {@code [n]} labels; the stream stays open. */
  public static void writeLabels(ImageSet set, OutputStream out) throws IOException {
    out.write(IdxContent.header(new int[] {set.size()}));
    out.write(set.labels());
  }
}
