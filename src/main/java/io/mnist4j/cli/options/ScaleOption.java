package io.mnist4j.cli.options;

import io.mnist4j.model.InputRange;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which range of pixels a model was trained with. */
public final class ScaleOption {
  /** For the shells. */
  private static final class Usual implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of("0..1", "0..255", "-1..1", "1..0", "255..0").iterator();
    }
  }

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--scale",
      paramLabel = "PAPER..INK",
      completionCandidates = Usual.class,
      description =
          "The numbers that stood for paper and for full ink when the model was trained: 0..1, 0..255,"
              + " -1..1, or 1..0 for dark digits on light paper (default: what the file says, else"
              + " what suits).")
  private String range;

  /** Empty where nothing was said. */
  public Optional<InputRange> range() {
    try {
      return Optional.ofNullable(range).map(InputRange::parse);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), "--scale: " + e.getMessage(), e);
    }
  }
}
