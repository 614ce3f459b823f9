package io.mnist4j.model.export;

import io.mnist4j.errors.ModelException;
import io.mnist4j.files.AtomicFile;
import io.mnist4j.model.Build;
import io.mnist4j.model.PixelInput;
import io.mnist4j.model.Provenance;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.model.archive.ModelArchive;
import io.mnist4j.model.foreign.KerasActivation;
import io.mnist4j.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.nd4j.linalg.activations.IActivation;

/** Writes models for other programs. */
public final class Exporter {
  /** What ONNX' input is called. */
  public static final String INPUT = OnnxGraph.INPUT;

  /** What its output is called. */
  public static final String OUTPUT = OnnxGraph.OUTPUT;

  private Exporter() {}

  /**
   * Writes a file; an old one of that name is as it was, or replaced by the whole new one.
   *
   * @return what the file wants and gives, as a person reads it
   * @throws ModelException if the format has no word for something in the network
   * @throws IOException if the file cannot be written
   */
  public static String export(TrainedModel model, ExportFormat format, Path target)
      throws ModelException, IOException {
    return export(model, format, OnnxForm.DEFAULT, target);
  }

  /**
   * As {@link #export(TrainedModel, ExportFormat, Path)}.
   *
   * @param form of ONNX; of no use to others
   */
  public static String export(TrainedModel model, ExportFormat format, OnnxForm form, Path target)
      throws ModelException, IOException {
    if (format == ExportFormat.DL4J) {
      requireStock(model);
      ModelArchive.writeForUse(target, model);
      return dl4jInput(model);
    }
    Plan plan = Planner.plan(model);
    switch (format) {
      case ONNX -> {
        String takes =
            "%s: float32 %s, pixels / 255%s, 0 is paper and 1 is ink"
                .formatted(
                    OnnxGraph.INPUT,
                    batch(form, plan.inputShape()),
                    plan.takesImages() ? "" : " row by row");
        byte[] bytes =
            OnnxGraph.bytes(plan, form, takes, metadata(model, takes), Build.current().mnist4j());
        AtomicFile.write(target, temporary -> Files.write(temporary, bytes));
        return "takes %s; gives %s: float32 %s"
            .formatted(takes, OnnxGraph.OUTPUT, batch(form, new long[] {plan.classes()}));
      }
      case KERAS_H5 -> {
        long[] shape =
            plan.takesImages()
                ? new long[] {plan.height(), plan.width(), 1}
                : new long[] {plan.pixels()};
        String takes =
            "float32 %s, pixels / 255, 0 is paper and 1 is ink"
                .formatted(batch(OnnxForm.DEFAULT, shape));
        KerasModel keras = new KerasModel(plan);
        AtomicFile.write(target, temporary -> keras.write(temporary, metadata(model, takes)));
        return "takes %s; gives float32 [batch, %d]".formatted(takes, plan.classes());
      }
      case SAFETENSORS -> {
        TorchModel torch = new TorchModel(plan, model.provenance().labels());
        String takes =
            "float32 %s, pixels of %s"
                .formatted(batch(OnnxForm.DEFAULT, plan.inputShape()), plan.range());
        AtomicFile.write(target, temporary -> torch.write(temporary, metadata(model, takes)));
        return "takes %s; gives float32 [batch, %d]; in Python: %s"
            .formatted(takes, plan.classes(), torch.loader(target));
      }
      case HTML -> {
        HtmlPage.write(target, model, new TorchModel(plan, model.provenance().labels()));
        return "a page to draw on, with the network in it; it opens in a browser, without a"
            + " network";
      }
      case CSV -> AtomicFile.write(target, temporary -> WeightFiles.writeCsv(temporary, plan));
      case NPZ -> AtomicFile.write(target, temporary -> WeightFiles.writeNpz(temporary, plan));
      case DL4J -> throw new IllegalStateException("written above");
    }
    return "%d arrays of weights; the network takes pixels of %s"
        .formatted(WeightFiles.arrays(plan).size(), plan.range());
  }

  /**
   * The layers with PyTorch's names, and the names of the classes: the {@code config.json} that
   * goes with safetensors.
   *
   * @throws ModelException if PyTorch has no module for something in the network
   */
  public static String config(TrainedModel model) throws ModelException {
    return Json.pretty(new TorchModel(Planner.plan(model), model.provenance().labels()).config());
  }

  /** The shape of a batch that ONNX' input has, -1 being the number of images. */
  public static List<Long> inputShape(TrainedModel model) {
    long[] image;
    try {
      image = Planner.plan(model).inputShape();
    } catch (ModelException e) {
      // A network that is not exported takes rows here all the same.
      image = new long[] {(long) model.provenance().height() * model.provenance().width()};
    }
    return LongStream.concat(LongStream.of(-1), Arrays.stream(image)).boxed().toList();
  }

  /** A zip with a class of ours in it would be read by no other program. */
  private static void requireStock(TrainedModel model) throws ModelException {
    for (NeuralNetConfiguration layer : model.network().getLayerWiseConfigurations().getConfs()) {
      IActivation function =
          layer.getLayer() instanceof ActivationLayer only
              ? only.getActivationFn()
              : layer.getLayer() instanceof BaseLayer base ? base.getActivationFn() : null;
      if (function instanceof KerasActivation) {
        throw Activations.unknown(function, "Deeplearning4j");
      }
    }
  }

  /** Such as {@code [batch, 28, 28, 1]}. */
  private static String batch(OnnxForm form, long[] shape) {
    String images = form.batch() == OnnxForm.ANY_BATCH ? "batch" : String.valueOf(form.batch());
    return "[" + images + ", " + Arrays.toString(shape).substring(1);
  }

  /** What a file says of itself: name → text. */
  private static Map<String, String> metadata(TrainedModel model, String takes) {
    Provenance provenance = model.provenance();
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("preprocessing", takes);
    metadata.put("labels", Json.line(provenance.labels()));
    metadata.put("dataset", provenance.dataset());
    provenance.metrics().forEach((name, value) -> metadata.put(name, String.valueOf(value)));
    model
        .origin()
        .ifPresentOrElse(
            origin -> metadata.put("origin", origin.format()),
            () -> metadata.put("provenance", provenance.toJson()));
    return metadata;
  }

  private static String dl4jInput(TrainedModel model) {
    return model.network().getLayerWiseConfigurations().getInputPreProcess(0)
            instanceof PixelInput input
        ? "takes float32 %s, pixels of %s".formatted(input.layout(), input.effectiveRange())
        : "takes float32 [n, %d], pixels / 255 row by row"
            .formatted(model.provenance().height() * model.provenance().width());
  }
}
