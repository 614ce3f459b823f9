package io.mnist4j.model;

import java.util.Objects;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.preprocessor.BaseInputPreProcessor;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Makes a network that somebody else trained take what ours take, {@code [n, height * width]} in 0
 * to 1: brings the pixels to its range and its shape. It stands in front of the first layer, so
 * that everything which asks the network, gradients included, need not know of it. It is never
 * written to a file.
 */
public final class PixelInput extends BaseInputPreProcessor {
  private static final long serialVersionUID = 1L;

  private final InputRange range;
  private final double factor;
  private final double offset;
  private final InputLayout layout;
  private final InputPreProcessor next;

  /** Rows and columns of paper that are put around an image. */
  private final int margin;

  /**
   * @param range that the network was fed with
   * @param factor what a first layer that only rescales multiplied by; 1 where there was none
   * @param offset what it then added; 0 where there was none
   * @param next the preprocessor that the network has in that place, or null
   */
  public PixelInput(
      InputRange range, double factor, double offset, InputLayout layout, InputPreProcessor next) {
    this(range, factor, offset, layout, next, 0);
  }

  private PixelInput(
      InputRange range,
      double factor,
      double offset,
      InputLayout layout,
      InputPreProcessor next,
      int margin) {
    this.range = Objects.requireNonNull(range, "range");
    this.factor = factor;
    this.offset = offset;
    this.layout = Objects.requireNonNull(layout, "layout");
    this.next = next;
    this.margin = margin;
  }

  /** The same for a network that was fed with another range. */
  PixelInput withRange(InputRange other) {
    return new PixelInput(other, factor, offset, layout, next, margin);
  }

  /** The same for smaller images, around which it puts paper. */
  PixelInput withMargin(int pixels) {
    return new PixelInput(range, factor, offset, layout, next, pixels);
  }

  /** The numbers that the first layer really gets. */
  public InputRange effectiveRange() {
    return range.rescaled(factor, offset);
  }

  /** The range that the network was fed with. */
  public InputRange range() {
    return range;
  }

  public InputLayout layout() {
    return layout;
  }

  /** The preprocessor that the network has in this place, or null. */
  public InputPreProcessor next() {
    return next;
  }

  @Override
  public INDArray preProcess(INDArray input, int miniBatchSize, LayerWorkspaceMgr workspace) {
    InputRange effective = effectiveRange();
    INDArray values = workspace.dup(ArrayType.ACTIVATIONS, input, 'c');
    if (!effective.equals(InputRange.UNIT)) {
      values.muli(effective.ink() - effective.paper()).addi(effective.paper());
    }
    if (margin > 0) {
      INDArray framed =
          workspace.create(ArrayType.ACTIVATIONS, values.dataType(), framed(input.size(0)), 'c');
      framed.addi(effective.paper());
      inner(framed).assign(values.reshape('c', inner(framed).shape()));
      values = framed;
    }
    INDArray shaped = values.reshape('c', layout.shape(input.size(0)));
    return next == null ? shaped : next.preProcess(shaped, miniBatchSize, workspace);
  }

  @Override
  public INDArray backprop(INDArray epsilon, int miniBatchSize, LayerWorkspaceMgr workspace) {
    INDArray shaped = next == null ? epsilon : next.backprop(epsilon, miniBatchSize, workspace);
    InputRange effective = effectiveRange();
    INDArray framed = shaped.dup('c').reshape('c', framed(shaped.size(0)));
    INDArray gradient = workspace.dup(ArrayType.ACTIVATION_GRAD, inner(framed), 'c');
    return gradient
        .muli(effective.ink() - effective.paper())
        .reshape('c', gradient.size(0), gradient.size(1) * gradient.size(2));
  }

  private long[] framed(long images) {
    return new long[] {images, layout.height(), layout.width()};
  }

  /** What lies within the margin. */
  private INDArray inner(INDArray framed) {
    return framed.get(
        NDArrayIndex.all(),
        NDArrayIndex.interval(margin, layout.height() - margin),
        NDArrayIndex.interval(margin, layout.width() - margin));
  }

  @Override
  public InputType getOutputType(InputType inputType) {
    InputType shaped = layout.type();
    return next == null ? shaped : next.getOutputType(shaped);
  }

  /** Immutable but for what the network's own preprocessor remembers. */
  @Override
  public PixelInput clone() {
    return new PixelInput(
        range, factor, offset, layout, next == null ? null : next.clone(), margin);
  }
}
