package io.mnist4j.train.engine.maps;

import static io.mnist4j.train.engine.kernels.MapKernels.LANES;

import io.mnist4j.data.ImageSet;
import io.mnist4j.train.engine.stage.ActivationBuffer;
import io.mnist4j.train.engine.stage.InputBatch;
import io.mnist4j.train.engine.stage.NetworkFront;
import io.mnist4j.train.engine.stage.PixelReader;
import io.mnist4j.train.engine.stage.Scratch;
import io.mnist4j.train.engine.stage.WorkerPool;
import java.util.List;

/**
 * The layers of a network that take images: they come before the first flat one. A part of sixteen
 * images goes through all layers at once, so that its maps are still in the cache; only a layer
 * that {@link MapLayer#crossesImages} has to wait for the other parts.
 */
public final class MapFront extends NetworkFront {
  private final PixelReader reader;
  private final FeatureMaps pixels;
  private final List<MapLayer> layers;
  private final MapLayer last;
  private final LearnedPart learned;

  /**
   * How much there is to learn in the layers.
   *
   * @param parameters of all layers, running statistics included
   * @param frozen how many of the first layers stay as they are
   * @param learns whether one of the others has something to learn
   */
  record LearnedPart(int parameters, int frozen, boolean learns) {}

  /**
   * @param pixels what the first of the layers takes
   * @param layers at least one
   * @param out {@code [images, units]}, unit by unit
   */
  MapFront(
      PixelReader reader,
      FeatureMaps pixels,
      List<MapLayer> layers,
      LearnedPart learned,
      ActivationBuffer out) {
    super(out);
    this.reader = reader;
    this.pixels = pixels;
    this.layers = List.copyOf(layers);
    this.learned = learned;
    last = layers.get(layers.size() - 1);
  }

  @Override
  public int parameters() {
    return learned.parameters();
  }

  @Override
  protected boolean learns() {
    return learned.learns();
  }

  @Override
  public void load(WorkerPool workers, Scratch[] scratch, InputBatch batch) {
    clearRest(batch.size());
    reader.read(workers, scratch, batch, this::set);
  }

  @Override
  public void load(WorkerPool workers, Scratch[] scratch, ImageSet images, int first, int size) {
    clearRest(size);
    reader.read(workers, scratch, images, first, size, this::set);
  }

  /** The last part may have fewer than sixteen images; the others are black ones. */
  private void clearRest(int images) {
    if (images % LANES != 0) {
      pixels.clear(images / LANES);
    }
  }

  private void set(int place, float[] image) {
    float[] part = pixels.part(place / LANES);
    for (int y = 0; y < pixels.height; y++) {
      int to = pixels.at(0, y, 0) + place % LANES;
      for (int x = 0; x < pixels.width; x++) {
        part[to + x * LANES] = image[y * pixels.width + x];
      }
    }
  }

  @Override
  public void draw(int images) {
    learning().forEach(layer -> layer.draw(images));
  }

  @Override
  public void forward(WorkerPool workers, Scratch[] scratch, int images, boolean training) {
    forward(new MapPass(workers, images, false), layers.subList(0, learned.frozen()));
    MapPass pass = new MapPass(workers, images, training);
    forward(pass, learning());
    workers.run(pass.parts(), (part, worker) -> flatten(pass, part));
  }

  /** The layers that are not frozen. */
  private List<MapLayer> learning() {
    return layers.subList(learned.frozen(), layers.size());
  }

  private static void forward(MapPass pass, List<MapLayer> layers) {
    int first = 0;
    while (first < layers.size()) {
      int end = first + 1;
      while (end < layers.size() && !layers.get(end).crossesImages()) {
        end++;
      }
      List<MapLayer> together = layers.subList(first, end);
      together.forEach(layer -> layer.prepareForward(pass));
      pass.workers()
          .run(
              pass.parts(), (part, worker) -> together.forEach(layer -> layer.forward(pass, part)));
      first = end;
    }
  }

  /** {@code [channel][row][column][16]} becomes {@code [units][images]}. */
  private void flatten(MapPass pass, int part) {
    FeatureMaps maps = last.out;
    int place = part * LANES;
    for (int c = 0; c < maps.channels; c++) {
      for (int pixel = 0; pixel < maps.height * maps.width; pixel++) {
        int from = maps.at(c, pixel / maps.width, pixel % maps.width);
        out.valueBuffer.put(place, maps.part(part), from, pass.imagesOf(part));
        place += pass.images();
      }
    }
  }

  @Override
  public void backward(WorkerPool workers, Scratch[] scratch, int images) {
    MapPass pass = new MapPass(workers, images, true);
    workers.run(pass.parts(), (part, worker) -> unflatten(pass, part));
    int end = layers.size();
    while (end > learned.frozen()) {
      int first = end - 1;
      while (first > learned.frozen() && !layers.get(first - 1).crossesImages()) {
        first--;
      }
      List<MapLayer> together = layers.subList(first, end);
      together.forEach(layer -> layer.prepareBackward(pass));
      workers.run(
          pass.parts(),
          (part, worker) -> {
            for (int layer = together.size() - 1; layer >= 0; layer--) {
              together.get(layer).backward(pass, part);
            }
          });
      end = first;
    }
  }

  private void unflatten(MapPass pass, int part) {
    FeatureMaps maps = last.outDelta;
    int images = pass.imagesOf(part);
    if (images < LANES) {
      maps.clear(part);
    }
    int place = part * LANES;
    for (int c = 0; c < maps.channels; c++) {
      for (int pixel = 0; pixel < maps.height * maps.width; pixel++) {
        int to = maps.at(c, pixel / maps.width, pixel % maps.width);
        out.deltaBuffer.get(place, maps.part(part), to, images);
        place += pass.images();
      }
    }
  }

  @Override
  public List<MapLayer> trainables() {
    return learning();
  }
}
