package io.mnist4j.cli.options;

import io.mnist4j.backend.Backend;
import io.mnist4j.cli.terminal.Console;
import io.mnist4j.errors.BackendException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What computes. */
public final class BackendOption extends OptionGroup {
  private static final String VARIABLE = "MNIST4J_BACKEND";

  @Option(
      names = {"--backend", "--device"},
      paramLabel = "cpu|cuda|auto",
      description =
          "What computes: the CPU, an NVIDIA GPU, or auto, a GPU where one works and else the CPU "
              + "(default: what MNIST4J_BACKEND says, else cpu; in a build with ND4J's CUDA "
              + "backend auto).")
  private String backend;

  /**
   * Chooses, before ND4J starts, and says what.
   *
   * @param devices that are to train together
   */
  public Backend choose(Console console, int devices) throws BackendException {
    return choose(this, backend, console, devices);
  }

  /**
   * As above, for a command that only asks a network: the kernels that the driver runs are those of
   * a training, and an answer takes less time than it takes to start a card.
   */
  public Backend chooseForAnswers(Console console) throws BackendException {
    Backend chosen = choose(console, 1);
    if (chosen.cards().isEmpty()) {
      return chosen;
    }
    console.line("Here the CPU computes: it is done before the GPU would have started");
    return Backend.cpu();
  }

  /**
   * As above, for a command whose {@code --backend} is another option.
   *
   * @param word its value; null where it was not given
   */
  public static Backend choose(OptionGroup options, String word, Console console, int devices)
      throws BackendException {
    Optional<Backend.Request> asked = asked(options, word);
    if (asked.isEmpty() && devices == 1 && !Backend.hasCuda()) {
      return Backend.cpu();
    }
    Backend.Request request = asked.orElse(Backend.Request.AUTO);
    Backend chosen;
    try {
      chosen = Backend.choose(request, devices, console::line);
    } catch (BackendException e) {
      throw devices > 1
          ? e
          : new BackendException(e.getMessage() + "; --backend cpu computes without it");
    }
    if (request != Backend.Request.CPU) {
      console.line(chosen.text());
    }
    return chosen;
  }

  /** What the option or else the variable asks for; empty if neither is given. */
  public Optional<Backend.Request> asked() {
    return asked(this, backend);
  }

  private static Optional<Backend.Request> asked(OptionGroup options, String word) {
    String variable = options.context().environment().get(VARIABLE);
    if (word != null) {
      return Optional.of(request(options, "--backend", word));
    }
    return variable == null || variable.isEmpty()
        ? Optional.empty()
        : Optional.of(request(options, VARIABLE, variable));
  }

  private static Backend.Request request(OptionGroup options, String source, String word) {
    return Arrays.stream(Backend.Request.values())
        .filter(request -> request.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                options.wrong(
                    "%s must be cpu, cuda or auto, not '%s'%s"
                        .formatted(
                            source,
                            word,
                            word.matches("gpu|cuda:?\\d*|\\d+") ? "; did you mean cuda?" : "")));
  }
}
