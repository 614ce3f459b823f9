package io.mnist4j.cli;

import io.mnist4j.backend.Backend;
import io.mnist4j.cli.options.ModelChoice;
import io.mnist4j.cli.options.ScaleOption;
import io.mnist4j.cli.options.ThreadOption;
import io.mnist4j.cli.terminal.Console;
import io.mnist4j.cli.terminal.StopSignal;
import io.mnist4j.cli.terminal.VerbosityOptions;
import io.mnist4j.errors.ExitCode;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.serve.ModelInstance;
import io.mnist4j.serve.PredictionServer;
import io.mnist4j.serve.ServeSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mnist4j serve}. */
@Command(
    name = "serve",
    description = "Serves a model on the web: a page to draw digits on, and predictions by HTTP.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  mnist4j serve                                  the model trained last; open the address",
      "  mnist4j serve model.zip --port 0 --quiet       any free port; no access log",
      "  mnist4j serve model.zip --host 0.0.0.0 --allow-host mybox.local",
      "  curl --data-binary @seven.png http://127.0.0.1:8080/v1/predict",
      "  curl http://127.0.0.1:8080/v1/predict -H 'Content-Type: application/json' -d @pixels.json",
      "",
      "GET /v1/model, /healthz and /metrics tell of the model, of health, and figures for"
          + " Prometheus.",
      "Ctrl-C and SIGTERM end it when all requests that are under way have their answers; twice,"
          + " at",
      "once.",
    })
final class ServeCommand implements Callable<Integer> {
  private static final int KIB = 1 << 10;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "MODEL",
      arity = "0..1",
      description =
          "The model.zip of a run, or a Deeplearning4j or Keras file (default: of the newest run in"
              + " runs/).")
  private Path model;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description =
          "Where to listen: 127.0.0.1 (the default) is for this machine alone, 0.0.0.0 for all that"
              + " reach it.")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "0 to 65535 (default: 8080); 0 takes any that is free.")
  private int port;

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      description =
          "A name by which browsers may call this server, beside localhost and addresses; may be "
              + "given several times.")
  private Set<String> allowedHosts = Set.of();

  @Option(
      names = "--max-body",
      paramLabel = "KIB",
      defaultValue = "8192",
      description = "The longest body of a request, in KiB (default: 8192).")
  private int maxBody;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "Predictions that one address may ask for in a second (default: 1000; 0: no limit).")
  private int rate;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "In which a request has to come in, and be worked on (default: 30).")
  private int timeout;

  @Option(
      names = "--max-connections",
      paramLabel = "N",
      defaultValue = "20000",
      description = "Connections that are open at once; more have to wait (default: 20000).")
  private int maxConnections;

  @Option(
      names = "--as-is",
      description =
          "Only scales whole pictures to the network's size, light on dark as they are: for"
              + " networks whose images were not made as MNIST's were, such as fashion-mnist.")
  private boolean asIs;

  @Mixin private ScaleOption scale;
  @Mixin private ThreadOption threads;
  @Mixin private VerbosityOptions verbosity;

  @Override
  public Integer call() throws Exception {
    ServeSettings settings = settings();
    Console console = new Console(spec, verbosity);
    ModelChoice choice = ModelChoice.of(model, spec, console);
    Backend backend = Backend.cpu();
    TrainedModel loaded = choice.load(scale, backend, threads, console);
    try (StopSignal stopSignal = new StopSignal();
        PredictionServer server =
            PredictionServer.start(
                new ModelInstance(choice.name(), loaded, backend, threads.count()),
                settings,
                console::line,
                failure -> console.error("a request failed: " + failure))) {
      if (settings.isPublic()) {
        console.warn(
            "everybody who reaches this machine can use it, unencrypted; --host 127.0.0.1 keeps"
                + " them out");
      }
      PrintWriter out = spec.commandLine().getOut();
      out.println("Listening on " + server.uri());
      out.flush();
      stopSignal.await();
      console.line("Stopping");
    }
    return ExitCode.OK.value;
  }

  private ServeSettings settings() {
    try {
      return new ServeSettings(
          host,
          port,
          allowedHosts,
          Math.multiplyExact(maxBody, KIB),
          rate,
          timeout,
          maxConnections,
          asIs);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
    } catch (ArithmeticException e) {
      throw new ParameterException(spec.commandLine(), "--max-body is too large: " + maxBody, e);
    }
  }
}
