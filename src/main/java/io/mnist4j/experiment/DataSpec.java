package io.mnist4j.experiment;

import io.mnist4j.data.Key;
import java.util.Objects;

/**
 * What is learned from.
 *
 * @param dataset a name of the catalogue, or {@code auto}: MNIST where it is on disk or can be
 *     fetched, else the embedded digits
 */
public record DataSpec(
    @Key("mnist, fashion-mnist or strokes; auto is mnist where it can be had, else strokes")
        String dataset) {
  /** MNIST, or the embedded digits where it cannot be had. */
  public static final String AUTO = "auto";

  public static final DataSpec DEFAULT = new DataSpec(AUTO);

  public DataSpec {
    Objects.requireNonNull(dataset, "dataset");
  }

  /** Whether the embedded digits may stand in. */
  public boolean isAuto() {
    return dataset.equals(AUTO);
  }
}
