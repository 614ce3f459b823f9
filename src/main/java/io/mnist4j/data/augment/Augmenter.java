package io.mnist4j.data.augment;

import io.mnist4j.data.ImageSet;
import io.mnist4j.random.SplitMix64;
import java.nio.FloatBuffer;
import java.util.Objects;

/**
 * Bends training images. What an image looks like depends on the seed, the epoch, the image's index
 * and the {@link AugmentationSpec} alone, to the bit and on every machine: not on which images were
 * asked for before, in which order, or by which thread. So batches may be prepared ahead, on any
 * number of threads, and a run that is resumed in the middle of an epoch sees what it would have
 * seen.
 *
 * <p>Safe for use by several threads at once, without locks: each has its own few kilobytes of work
 * space. A target may be shared too, as long as no two threads fill the same image's place in it.
 */
public final class Augmenter {
  /** Keeps the random numbers of erasing apart from those of bending. */
  private static final long ERASING_STREAM = 0x6572617365L;

  private static final long PEN_STREAM = 0x70656eL;

  private final ImageSet images;
  private final AugmentationSpec spec;
  private final long seed;
  private final ThreadLocal<Workspace> workspaces;

  /**
   * @param images may have any size; not changed
   * @param seed of all random amounts
   */
  public Augmenter(ImageSet images, AugmentationSpec spec, long seed) {
    this.images = images;
    this.spec = spec;
    this.seed = seed;
    this.workspaces = ThreadLocal.withInitial(() -> new Workspace(images, spec));
  }

  /**
   * Writes one image, row by row, bent as it is in this epoch; where all amounts are 0, exactly its
   * pixels / 255.
   *
   * @param image index in the image set
   * @param epoch 0 or more
   * @param target {@code height * width} values in [0, 1] are put there; its position stays
   * @param offset index in the target of the image's first pixel
   * @throws IndexOutOfBoundsException if there is no such image, or no room in the target
   */
  public void augment(int image, int epoch, FloatBuffer target, int offset) {
    float[] augmented = workspaces.get().image;
    augment(image, epoch, augmented, 0);
    target.put(offset, augmented);
  }

  /** As {@link #augment(int, int, FloatBuffer, int)}, into an array. */
  public void augment(int image, int epoch, float[] target, int offset) {
    Workspace workspace = workspaces.get();
    Objects.checkFromIndexSize(offset, images.pixelsPerImage(), target.length);
    int first = image * images.pixelsPerImage();
    SplitMix64 pen = random(PEN_STREAM, image, epoch);
    double slant = pen.nextDouble(-spec.slant(), spec.slant());
    if (spec.bends()) {
      bend(workspace, image, epoch, slant, target, offset);
    } else {
      workspace.warp.copy(images.pixels(), first, target, offset);
    }
    if (spec.changesStrokes()) {
      workspace.strokes.thicken(pen.nextDouble(-spec.stroke(), spec.stroke()), target, offset);
      workspace.strokes.roughen(spec.noise(), pen, target, offset);
    }
    if (workspace.erasing != null) {
      workspace.erasing.erase(random(ERASING_STREAM, image, epoch), target, offset);
    }
  }

  private SplitMix64 random(long stream, int image, int epoch) {
    return new SplitMix64(seed ^ stream, (long) epoch << 32 | image);
  }

  private void bend(
      Workspace workspace, int image, int epoch, double slant, float[] target, int offset) {
    int first = image * images.pixelsPerImage();
    // All amounts are drawn, those that are off too: turning one on leaves the others as they were.
    SplitMix64 random = random(0, image, epoch);
    workspace.warp.place(
        random.nextDouble(-spec.shift(), spec.shift()),
        random.nextDouble(-spec.shift(), spec.shift()),
        random.nextDouble(-spec.rotate(), spec.rotate()),
        random.nextDouble(1 - spec.scale(), 1 + spec.scale()),
        slant);
    if (workspace.field != null) {
      workspace.field.roll(random);
    }
    workspace.warp.bend(images.pixels(), first, workspace.field, target, offset);
  }

  /** What one thread writes to. */
  private static final class Workspace {
    final Warp warp;
    final ElasticField field;
    final StrokeChange strokes;
    final float[] image;

    /** Null where nothing is erased. */
    final RandomErasing erasing;

    Workspace(ImageSet images, AugmentationSpec spec) {
      image = new float[images.pixelsPerImage()];
      strokes = new StrokeChange(images.height(), images.width());
      warp = new Warp(images.height(), images.width());
      erasing =
          spec.erasing() == 0
              ? null
              : new RandomErasing(images.height(), images.width(), spec.erasing());
      field =
          spec.elastic() == 0
              ? null
              : new ElasticField(images.height(), images.width(), spec.elastic());
    }
  }
}
