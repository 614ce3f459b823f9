package io.mnist4j.cli;

import io.mnist4j.cli.options.ErrorHandler;
import io.mnist4j.cli.sweep.SweepCommand;
import io.mnist4j.cli.terminal.CommandContext;
import io.mnist4j.cli.terminal.Examples;
import io.mnist4j.errors.ExitCode;
import io.mnist4j.model.Build;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The root command: a bare {@code mnist4j} is asked which command is meant. */
@Command(
    name = "mnist4j",
    description = "Trains and evaluates digit classifiers on Deeplearning4j.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = Examples.HEADING,
    footer = {
      "  mnist4j train                       train the default network, save it to runs/",
      "  mnist4j evaluate runs/NAME",
      "  mnist4j predict photo.jpg           read the digit in a picture",
      "  mnist4j sweep configs/sweeps/mlp.yaml",
      "  mnist4j report runs/NAME            the result of a run, as a page",
      "  mnist4j help train                  everything that a command takes",
    })
final class Mnist4jCommand implements Runnable, CommandContext.Holder {
  private static final List<Class<?>> COMMANDS =
      List.of(
          TrainCommand.class,
          EvaluateCommand.class,
          PredictCommand.class,
          ExplainCommand.class,
          SweepCommand.class,
          FederateCommand.class,
          ReportCommand.class,
          RunsCommand.class,
          ExportCommand.class,
          ServeCommand.class,
          DataCommand.class,
          PrivacyCommand.class,
          DoctorCommand.class,
          GenerateCompletionCommand.class,
          GenerateManPagesCommand.class,
          HelpCommand.class);

  private static final Map<String, String> EXIT_CODES = new LinkedHashMap<>();

  static {
    for (ExitCode code : ExitCode.values()) {
      EXIT_CODES.put(String.valueOf(code.value), code.description);
    }
  }

  private final CommandContext context;
  @Spec private CommandSpec spec;

  private Mnist4jCommand(CommandContext context) {
    this.context = context;
  }

  /** The parser of a command line with all commands, for the texts about them. */
  static CommandLine commandLine() {
    return commandLine(new CommandContext(System.in, System.out, System.err));
  }

  /**
   * The parser of one command line. Where that begins with a command, the others are left out: each
   * costs a start 10 ms.
   */
  static CommandLine commandLine(CommandContext context, String... args) {
    ErrorHandler errors = new ErrorHandler();
    CommandLine root = new CommandLine(new Mnist4jCommand(context));
    String first = args.length == 0 ? "" : args[0];
    List<Class<?>> meant =
        COMMANDS.stream()
            .filter(command -> command.getAnnotation(Command.class).name().equals(first))
            .toList();
    (meant.isEmpty() || first.equals("help") ? COMMANDS : meant).forEach(root::addSubcommand);
    describe(root);
    return root.setOut(context.outWriter())
        .setErr(context.errWriter())
        .registerConverter(Path.class, path -> resolve(context, path))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(helpWidth())
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
  }

  /** Adds to a command and to those below it what {@code --version} prints, and the exit codes. */
  private static void describe(CommandLine command) {
    command
        .getCommandSpec()
        .versionProvider(Mnist4jCommand::version)
        .usageMessage()
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(EXIT_CODES);
    command.getSubcommands().values().forEach(Mnist4jCommand::describe);
  }

  private static String[] version() {
    Build build = Build.current();
    return new String[] {
      "mnist4j " + build.mnist4j(),
      "Deeplearning4j " + build.dl4j(),
      "ND4J backend nd4j-native %s (%s)".formatted(build.dl4j(), build.natives()),
      "JDK %s (%s), %s %s"
          .formatted(
              System.getProperty("java.version"),
              System.getProperty("java.vendor"),
              System.getProperty("os.name"),
              System.getProperty("os.arch")),
    };
  }

  /** A hundred columns, or those of a narrower terminal; picocli needs 55. */
  private static int helpWidth() {
    return Math.max(55, Math.min(100, Integer.getInteger("mnist4j.columns", 100)));
  }

  /** An empty name, often a shell's variable without a value, would mean the working directory. */
  private static Path resolve(CommandContext context, String path) {
    if (path.isEmpty()) {
      throw new TypeConversionException("it is empty");
    }
    return context.directory().resolve(path);
  }

  /** The names of all commands, as they are listed. */
  static List<String> names() {
    return COMMANDS.stream().map(command -> command.getAnnotation(Command.class).name()).toList();
  }

  @Override
  public Class<?> main() {
    return Main.class;
  }

  @Override
  public CommandContext context() {
    return context;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
