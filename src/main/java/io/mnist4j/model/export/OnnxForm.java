package io.mnist4j.model.export;

/**
 * Which ONNX is written.
 *
 * @param opset version of the operators, {@value #OLDEST} to {@value #NEWEST}
 * @param batch images that the network takes at once, 1 to {@value #MOST_IMAGES}; or {@link
 *     #ANY_BATCH}
 */
public record OnnxForm(int opset, int batch) {
  /** The size of a batch is left to who runs the network. */
  public static final int ANY_BATCH = 0;

  /** Its operators are of May 2022: every runtime of use has them, and nothing here needs more. */
  public static final OnnxForm DEFAULT = new OnnxForm(17, ANY_BATCH);

  /** Since which bounds of Clip and zeros of Pad are inputs. */
  private static final int OLDEST = 11;

  private static final int NEWEST = 21;
  private static final int MOST_IMAGES = 100_000;

  /**
   * @throws IllegalArgumentException if a number is out of its range; the message begins with the
   *     component
   */
  public OnnxForm {
    if (opset < OLDEST || opset > NEWEST) {
      throw new IllegalArgumentException(
          "opset must be %d to %d, not %d".formatted(OLDEST, NEWEST, opset));
    }
    if (batch < ANY_BATCH || batch > MOST_IMAGES) {
      throw new IllegalArgumentException(
          "batch must be 1 to %,d, not %d".formatted(MOST_IMAGES, batch));
    }
  }

  /** The version of the file that first had the operators (ONNX, docs/Versioning.md). */
  int irVersion() {
    if (opset == OLDEST) {
      return 6;
    }
    return opset < 15 ? 7 : opset < 19 ? 8 : opset < NEWEST ? 9 : 10;
  }
}
