package io.mnist4j.cli.options;

import io.mnist4j.model.InputRange;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which range of pixels a model was trained with. */
public final class ScaleOption extends OptionGroup {
  /** For the shells. */
  private static final class Usual implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of("0..1", "0..255", "-1..1", "1..0", "255..0").iterator();
    }
  }

  @Option(
      names = "--scale",
      paramLabel = "PAPER..INK",
      completionCandidates = Usual.class,
      description =
          "The numbers that stood for paper and for full ink when the model was trained: 0..1,"
              + " 0..255, -1..1, or 1..0 for dark digits on light paper (default: what the file"
              + " says, else what suits).")
  private String range;

  /** Empty where nothing was said. */
  public Optional<InputRange> range() {
    try {
      return Optional.ofNullable(range).map(InputRange::parse);
    } catch (IllegalArgumentException e) {
      throw wrong("--scale: " + e.getMessage());
    }
  }
}
