package io.mnist4j.train.engine.stage;

import java.util.List;

/**
 * One stage of a network in training. It computes its outputs from those of the stage below, and on
 * the way back the derivative by its inputs from that by its outputs. It knows where its parameters
 * lie among the network's ({@link FlatArrays}) and changes them by their gradient.
 *
 * <p>A step calls {@link #draw} and {@link #forward} from the first stage to the last, {@link
 * #backward} from the last to the first, and then {@link #learn} for all parts of all stages in any
 * order. How the work is divided into parts depends on the shapes alone, never on the number of
 * threads, so that the results do not either.
 */
public abstract class Stage implements Trainable, AutoCloseable {
  /** What comes out, and what the stage above leaves the derivative of the loss by it in. */
  public final ActivationBuffer out;

  private boolean frozen;

  /**
   * @param out closed with this stage
   */
  protected Stage(ActivationBuffer out) {
    this.out = out;
  }

  /** How many of the network's parameters are this stage's, running statistics included. */
  public int parameters() {
    return 0;
  }

  /**
   * Has this stage, and with it all below it, stay as it is: it computes as in evaluation from now
   * on.
   */
  public final void freeze() {
    frozen = true;
  }

  public final boolean isFrozen() {
    return frozen;
  }

  /**
   * Whether this stage, or one below it, learns. Where it does not, the stage above need not leave
   * a derivative, and {@link #backward} is not called.
   */
  public final boolean needsDeltas() {
    return !frozen && learns();
  }

  /** The same where it is not frozen. */
  protected abstract boolean learns();

  /**
   * Draws the random numbers of one training step. Called in the order of the layers, which is that
   * in which DL4J draws.
   *
   * @param images of the batch
   */
  public void draw(int images) {}

  /**
   * Computes the outputs of a batch.
   *
   * @param scratch one for each worker
   * @param training whether a backward pass follows
   */
  public abstract void forward(WorkerPool workers, Scratch[] scratch, int images, boolean training);

  /**
   * Computes the derivative by the inputs from that by the outputs, and leaves it in the {@link
   * #out} of the stage below if that {@link #needsDeltas}. May change its own deltas.
   */
  public abstract void backward(WorkerPool workers, Scratch[] scratch, int images);

  /** What learns in this stage: itself, or the layers that it is made of. */
  public List<? extends Trainable> trainables() {
    return List.of(this);
  }

  /** Brings the network's own arrays up to date, where this stage works on a copy. */
  public void syncParameters() {}

  /** Takes the network's own arrays anew, where this stage works on a copy. */
  public void loadParameters() {}

  /**
   * Has a term added to the gradients from now on, where this stage works on a copy of the weights:
   * they are now what the term calls the start.
   *
   * @param term null for none
   */
  public void setTerm(GradientTerm term) {}

  @Override
  public void close() {
    out.close();
  }
}
