package io.mnist4j.cli;

import io.mnist4j.backend.Backend;
import io.mnist4j.cli.options.ModelChoice;
import io.mnist4j.cli.options.ScaleOption;
import io.mnist4j.cli.options.ServeOptions;
import io.mnist4j.cli.options.Subcommand;
import io.mnist4j.cli.options.ThreadOption;
import io.mnist4j.cli.terminal.Console;
import io.mnist4j.cli.terminal.StopSignal;
import io.mnist4j.cli.terminal.VerbosityOptions;
import io.mnist4j.errors.ExitCode;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.serve.CollectedImages;
import io.mnist4j.serve.ModelInstance;
import io.mnist4j.serve.PredictionServer;
import io.mnist4j.serve.ServeSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code mnist4j serve}. */
@Command(
    name = "serve",
    description = "Serves a model on the web: a page to draw digits on, and predictions by HTTP.",
    footer = {
      "  mnist4j serve                                  the model trained last; open the address",
      "  mnist4j serve model.zip --port 0 --quiet       any free port; no access log",
      "  mnist4j serve model.zip --host 0.0.0.0 --allow-host mybox.local",
      "  mnist4j serve --collect mine                   what the page is corrected in, to train on",
      "  curl --data-binary @seven.png http://127.0.0.1:8080/v1/predict",
      "  curl http://127.0.0.1:8080/v1/predict -H 'Content-Type: application/json' -d @pixels.json",
      "",
      "GET /v1/model, /healthz and /metrics tell of the model, of health, and figures for"
          + " Prometheus.",
      "Ctrl-C and SIGTERM end it when all requests that are under way have their answers; twice,"
          + " at",
      "once.",
    })
final class ServeCommand extends Subcommand {
  @Parameters(
      paramLabel = "MODEL",
      arity = "0..1",
      description =
          "The folder of a run or its model.zip, or a Deeplearning4j, Keras, ONNX or safetensors"
              + " file (default: of the newest run in runs/).")
  private Path model;

  @Mixin private ServeOptions options;
  @Mixin private ScaleOption scale;
  @Mixin private ThreadOption threads;
  @Mixin private VerbosityOptions verbosity;

  @Override
  public Integer call() throws Exception {
    ServeSettings settings = options.settings();
    Console console = console(verbosity);
    ModelChoice choice = ModelChoice.of(model, spec, console);
    Backend backend = Backend.cpu();
    TrainedModel loaded = choice.load(scale, backend, threads, console);
    List<ModelInstance> compared = new ArrayList<>();
    for (Path other : options.compared()) {
      ModelChoice beside = ModelChoice.of(other, spec, console);
      TrainedModel trained = beside.load(scale, backend, threads, console);
      compared.add(new ModelInstance(beside.name(), trained, backend, threads.count()));
    }
    Optional<CollectedImages> collected =
        options.collect().isPresent()
            ? Optional.of(CollectedImages.in(options.collect().get(), loaded.provenance()))
            : Optional.empty();
    try (StopSignal stopSignal = new StopSignal();
        PredictionServer server =
            PredictionServer.start(
                new ModelInstance(choice.name(), loaded, backend, threads.count()),
                compared,
                settings,
                collected,
                console::line,
                failure -> console.error("a request failed: " + failure))) {
      if (settings.isPublic()) {
        console.warn(
            "everyone who reaches this machine can use it, unencrypted; --host 127.0.0.1 keeps"
                + " them out");
      }
      print("Listening on %s%n".formatted(server.uri()));
      stopSignal.await();
      console.line("Stopping");
    }
    return ExitCode.OK.value;
  }
}
