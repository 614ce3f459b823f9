package io.mnist4j.digits;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The pieces of ink in an image: pixels of ink that touch, corners included. */
final class ConnectedComponents {
  private final InkImage image;
  private final boolean[] open;
  private int[] queue = new int[1024];

  private ConnectedComponents(InkImage image) {
    this.image = image;
    open = new boolean[image.ink.length];
    for (int i = 0; i < open.length; i++) {
      open[i] = image.isInk(i / image.width, i % image.width);
    }
  }

  /** All pieces, however small, in no order. */
  static List<ConnectedComponent> of(InkImage image) {
    ConnectedComponents search = new ConnectedComponents(image);
    List<ConnectedComponent> found = new ArrayList<>();
    for (int i = 0; i < search.open.length; i++) {
      if (search.open[i]) {
        found.add(search.from(i));
      }
    }
    return found;
  }

  private ConnectedComponent from(int seed) {
    int width = image.width;
    int top = image.height;
    int left = width;
    int bottom = 0;
    int right = 0;
    // Nothing leaves the queue: in the end it holds the whole piece.
    int size = 0;
    push(size++, seed);
    for (int next = 0; next < size; next++) {
      int row = queue[next] / width;
      int column = queue[next] % width;
      top = Math.min(top, row);
      bottom = Math.max(bottom, row + 1);
      left = Math.min(left, column);
      right = Math.max(right, column + 1);
      for (int r = Math.max(0, row - 1); r <= Math.min(image.height - 1, row + 1); r++) {
        for (int c = Math.max(0, column - 1); c <= Math.min(width - 1, column + 1); c++) {
          if (open[r * width + c]) {
            push(size++, r * width + c);
          }
        }
      }
    }
    return new ConnectedComponent(top, left, bottom, right, List.of(Arrays.copyOf(queue, size)));
  }

  private void push(int at, int pixel) {
    if (at == queue.length) {
      queue = Arrays.copyOf(queue, 2 * queue.length);
    }
    queue[at] = pixel;
    open[pixel] = false;
  }
}
