package io.mnist4j.cli.options;

import io.mnist4j.backend.Backend;
import io.mnist4j.cli.terminal.Console;
import io.mnist4j.errors.BackendException;
import io.mnist4j.errors.ModelException;
import io.mnist4j.explain.AnswerExplainer;
import io.mnist4j.explain.ExplanationMethod;
import io.mnist4j.explain.MeasurementRequest;
import io.mnist4j.predict.Classifier;
import io.mnist4j.predict.DigitReader.Scope;
import io.mnist4j.run.EvaluationRequest;
import io.mnist4j.run.RunFolder;
import io.mnist4j.text.ClosestName;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is explained, and how. */
public final class ExplainOptions extends OptionGroup {
  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description =
          "The folder of a run or its model.zip, or a Deeplearning4j, Keras, ONNX or safetensors"
              + " file.")
  private Path model;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "PICTURE",
      description = "Files, folders and patterns as predict takes them; - reads standard input.")
  private List<String> pictures = List.of();

  @Option(
      names = "--method",
      paramLabel = "integrated-gradients|gradient",
      description =
          "What the ink that is there contributed (the default), or how the answer changes with"
              + " more ink anywhere. With --measure: only this one (default: both).")
  private String method;

  @Option(
      names = "--counterfactual",
      paramLabel = "CLASS",
      description =
          "Looks for the least ink, added or removed, that makes the answer this class; exit code 4"
              + " if none is found.")
  private String counterfactual;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = "explanations",
      description = "The folder of the pictures that are written (default: ${DEFAULT-VALUE}).")
  private Path output;

  @Option(
      names = "--measure",
      description =
          "Measures explanations in place of showing them: deletion, insertion and infidelity over"
              + " test images.")
  private boolean measure;

  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Test images that --measure takes (default: ${DEFAULT-VALUE}).")
  private int images;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of the choice of images and of all else that --measure draws (default: 1).")
  private long seed;

  @Option(
      names = "--dataset",
      paramLabel = "NAME|FILE",
      completionCandidates = DataNames.Candidates.class,
      description =
          "Whose test images --measure takes: a name, or a folder or file as train takes it"
              + " (default: those of the data set that the model was trained on).")
  private String dataset;

  @Mixin private ScopeOptions scope;
  @Mixin private ScaleOption scale;
  @Mixin private DataDirOption dataDir;
  @Mixin private ThreadOption threads;
  @Mixin private BackendOption backend;

  /** Whether explanations are measured, and no picture is explained. */
  public boolean measures() {
    if (measure && !pictures.isEmpty()) {
      throw wrong("--measure takes test images, not pictures: leave out " + pictures.get(0));
    }
    if (!measure && pictures.isEmpty()) {
      throw wrong("PICTURE is missing; --measure needs none");
    }
    if (images < 1) {
      throw wrong("--images must be at least 1, not " + images);
    }
    if (counterfactual != null && (measure || method != null)) {
      throw wrong("--counterfactual goes without %s".formatted(measure ? "--measure" : "--method"));
    }
    scope.check();
    return measure;
  }

  /** Chooses what computes, and sums up what is to be measured. */
  public MeasurementRequest measurement(Console console) throws BackendException, ModelException {
    int threadCount = threads.count();
    EvaluationRequest test =
        new EvaluationRequest(
            RunFolder.modelOf(model),
            scale.range(),
            Optional.ofNullable(dataset),
            dataDir.store(),
            backend.chooseForAnswers(console),
            threadCount);
    List<ExplanationMethod> methods =
        asked().map(List::of).orElse(List.of(ExplanationMethod.values()));
    return new MeasurementRequest(test, images, seed, methods);
  }

  private Optional<ExplanationMethod> asked() {
    if (method == null) {
      return Optional.empty();
    }
    Optional<ExplanationMethod> known =
        Arrays.stream(ExplanationMethod.values())
            .filter(one -> one.key().equals(method))
            .findFirst();
    if (known.isEmpty()) {
      List<String> keys =
          Arrays.stream(ExplanationMethod.values()).map(ExplanationMethod::key).toList();
      throw wrong(ClosestName.notOneOf("--method", keys, method));
    }
    return known;
  }

  /** What explains pictures: in the way that was asked for, or the best that the network allows. */
  public AnswerExplainer explainer(Classifier classifier) throws ModelException {
    Optional<ExplanationMethod> asked = asked();
    return asked.isPresent()
        ? AnswerExplainer.of(classifier.model(), asked.get())
        : AnswerExplainer.of(classifier.model());
  }

  /** Names of files, folders and patterns. */
  public List<String> pictures() {
    for (String picture : pictures) {
      if (picture.isEmpty()) {
        throw wrong("PICTURE must not be empty");
      }
    }
    return pictures;
  }

  /** The class that pictures are to be changed to; empty where they are explained as they are. */
  public Optional<String> counterfactual(Classifier classifier) {
    if (counterfactual != null && !classifier.labels().contains(counterfactual)) {
      throw wrong(ClosestName.notOneOf("--counterfactual", classifier.labels(), counterfactual));
    }
    return Optional.ofNullable(counterfactual);
  }

  /** Starts the backend and reads the model. */
  public Classifier classifier(Console console) throws ModelException, BackendException {
    ModelChoice choice = new ModelChoice(RunFolder.modelOf(model));
    return new Classifier(choice.load(scale, Backend.cpu(), threads, console));
  }

  /** What is read of each picture. */
  public Scope scope(Classifier classifier) {
    return scope.scope(classifier);
  }

  /** Where the pictures go that are written. */
  public Path output() {
    return output;
  }
}
