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
  private final int parameters;

  /**
   * @param pixels what the first of the layers takes
   * @param layers at least one
   * @param out {@code [images, units]}, unit by unit
   * @param parameters of all layers, running statistics included
   */
  MapFront(
      PixelReader reader,
      FeatureMaps pixels,
      List<MapLayer> layers,
      ActivationBuffer out,
      int parameters) {
    super(out);
    this.reader = reader;
    this.pixels = pixels;
    this.layers = List.copyOf(layers);
    this.parameters = parameters;
    last = layers.get(layers.size() - 1);
  }

  @Override
  public int parameters() {
    return parameters;
  }

  @Override
  public boolean needsDeltas() {
    return parameters > 0;
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
    layers.forEach(layer -> layer.draw(images));
  }

  @Override
  public void forward(WorkerPool workers, Scratch[] scratch, int images, boolean training) {
    MapPass pass = new MapPass(workers, images, training);
    int first = 0;
    while (first < layers.size()) {
      int end = first + 1;
      while (end < layers.size() && !layers.get(end).crossesImages()) {
        end++;
      }
      List<MapLayer> together = layers.subList(first, end);
      together.forEach(layer -> layer.prepareForward(pass));
      workers.run(
          pass.parts(), (part, worker) -> together.forEach(layer -> layer.forward(pass, part)));
      first = end;
    }
    workers.run(pass.parts(), (part, worker) -> flatten(pass, part));
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
    while (end > 0) {
      int first = end - 1;
      while (first > 0 && !layers.get(first - 1).crossesImages()) {
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
    return layers;
  }
}
