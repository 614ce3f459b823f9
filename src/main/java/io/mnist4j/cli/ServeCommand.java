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
import io.mnist4j.model.Provenance;
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
      "  mnist4j serve runs/a --compare runs/b --reload   both by name, and again when they change",
      "  curl --data-binary @seven.png http://127.0.0.1:8080/v1/predict",
      "  curl http://127.0.0.1:8080/v1/predict -H 'Content-Type: application/json' -d @pixels.json",
      "",
      "GET /v1/model, /healthz and /metrics tell of the model, of health, and figures for"
          + " Prometheus;",
      "/openapi.json tells of all addresses, those of the Open Inference Protocol among them.",
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
    List<Path> files = new ArrayList<>(options.compared());
    files.add(0, model);
    Backend backend = Backend.cpu();
    List<ModelChoice> choices = new ArrayList<>();
    List<ModelInstance> instances = new ArrayList<>();
    for (Path file : files) {
      choices.add(ModelChoice.of(file, spec, console));
      instances.add(load(choices.get(instances.size()), backend, console));
    }
    Provenance first = instances.get(0).model().provenance();
    Optional<Path> folder = options.collect();
    Optional<CollectedImages> collected =
        folder.isEmpty() ? Optional.empty() : Optional.of(CollectedImages.in(folder.get(), first));
    try (StopSignal stopSignal = new StopSignal();
        PredictionServer server =
            PredictionServer.start(
                instances.get(0),
                instances.subList(1, instances.size()),
                settings,
                collected,
                console::line,
                failure -> console.error("a request failed: " + failure))) {
      if (settings.isPublic()) {
        console.warn(
            "everyone who reaches this machine can use it, unencrypted; --host 127.0.0.1 keeps"
                + " them out");
      }
      for (int i = 0; options.reloads() && i < choices.size(); i++) {
        ModelChoice choice = choices.get(i);
        server.watch(i, choice.file(), () -> load(choice, backend, console), console::line);
      }
      print("Listening on %s%n".formatted(server.uri()));
      console.line("Models: " + String.join(", ", server.names()));
      stopSignal.await();
      console.line("Stopping");
    }
    return ExitCode.OK.value;
  }

  private ModelInstance load(ModelChoice choice, Backend backend, Console console)
      throws Exception {
    TrainedModel trained = choice.load(scale, backend, threads, console);
    return new ModelInstance(choice.name(), trained, backend, threads.count());
  }
}
