package io.mnist4j.model.export;

import io.mnist4j.errors.ModelException;
import io.mnist4j.text.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network as a {@code torch.nn.Sequential}: modules with the names of PyTorch and of their
 * arguments, and weights named and oriented as {@code state_dict()} has them. Safetensors holds the
 * weights, and the modules in its metadata.
 */
final class TorchModel {
  private static final int ALIGNMENT = 8;

  /** What PyTorch does not take by its place alone. */
  private static final Set<String> BY_NAME =
      Set.of("stride", "padding", "dilation", "count_include_pad", "eps");

  /** What PyTorch does where nothing is said; its pooling moves by its own size instead. */
  private static final Map<String, Object> USUAL = Map.of("stride", 1, "padding", 0, "dilation", 1);

  private final Plan plan;
  private final List<String> labels;
  private final List<Map<String, Object>> modules = new ArrayList<>();

  /** Name, such as {@code 0.weight} → array; sorted, as the file has them. */
  private final Map<String, INDArray> weights = new TreeMap<>();

  private boolean image;

  /**
   * Works out what the file will hold.
   *
   * @param labels names of the classes
   * @throws ModelException if the network does what PyTorch has no module for
   */
  TorchModel(Plan plan, List<String> labels) throws ModelException {
    this.plan = plan;
    this.labels = labels;
    image = plan.takesImages();
    for (ExportStep step : plan.steps()) {
      step.addTo(this);
    }
  }

  /**
   * Appends a module.
   *
   * @param arrays their names in the module → array
   * @param arguments names and values in turn
   */
  void module(String type, Map<String, INDArray> arrays, Object... arguments) {
    Map<String, Object> module = new LinkedHashMap<>();
    module.put("type", type);
    for (int i = 0; i < arguments.length; i += 2) {
      Object value = arguments[i + 1];
      Object shorter =
          value instanceof int[] pair && pair.length == 2 && pair[0] == pair[1]
              ? (Object) pair[0]
              : value;
      boolean pools = arguments[i].equals("stride") && type.endsWith("Pool2d");
      if (pools || !shorter.equals(USUAL.get(arguments[i]))) {
        module.put(arguments[i].toString(), shorter);
      }
    }
    arrays.forEach((name, values) -> weights.put(modules.size() + "." + name, values));
    modules.add(module);
  }

  void flatten() {
    module("Flatten", Map.of());
    image = false;
  }

  /** Whether what the last module gave are images. */
  boolean isImage() {
    return image;
  }

  /** Name, such as {@code 0.weight} → array in PyTorch's orientation. */
  Map<String, INDArray> weights() {
    return weights;
  }

  /** The modules and what they are about, as {@code config.json} has it. */
  Map<String, Object> config() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("model_type", "torch.nn.Sequential");
    config.put("input", plan.inputShape());
    config.put("pixels", plan.range().toString());
    config.put("layers", modules);
    Map<String, String> names = new LinkedHashMap<>();
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (int id = 0; id < labels.size(); id++) {
      names.put(String.valueOf(id), labels.get(id));
      ids.put(labels.get(id), id);
    }
    config.put("id2label", names);
    config.put("label2id", ids);
    return config;
  }

  /** The lines of Python that load the file, as one. */
  String loader(Path file) {
    return "import torch, safetensors.torch; from torch.nn import *; net = Sequential(%s); net.load_state_dict(safetensors.torch.load_file('%s')); net.eval()"
        .formatted(
            modules.stream().map(TorchModel::python).collect(Collectors.joining(", ")),
            file.getFileName());
  }

  private static String python(Map<String, Object> module) {
    return module.entrySet().stream()
        .skip(1)
        .map(
            argument ->
                (BY_NAME.contains(argument.getKey()) ? argument.getKey() + "=" : "")
                    + python(argument.getValue()))
        .collect(Collectors.joining(", ", module.get("type") + "(", ")"));
  }

  private static String python(Object value) {
    if (value.getClass().isArray()) {
      return IntStream.range(0, Array.getLength(value))
          .mapToObj(i -> Array.get(value, i).toString())
          .collect(Collectors.joining(", ", "(", ")"));
    }
    return value.equals(false) ? "False" : value.toString();
  }

  /**
   * Writes the file: the length of the header, the header, the arrays in the order of their names.
   *
   * @param metadata name → text
   */
  void write(Path file, Map<String, String> metadata) throws IOException {
    Map<String, Object> header = new LinkedHashMap<>();
    Map<String, String> all = new LinkedHashMap<>();
    all.put("format", "pt");
    all.put("config", Json.line(config()));
    all.putAll(metadata);
    header.put("__metadata__", all);
    long end = 0;
    for (Map.Entry<String, INDArray> array : weights.entrySet()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      long from = end;
      end += array.getValue().length() * Float.BYTES;
      entry.put("dtype", "F32");
      entry.put("shape", array.getValue().shape());
      entry.put("data_offsets", new long[] {from, end});
      header.put(array.getKey(), entry);
    }
    byte[] text = Json.line(header).getBytes(StandardCharsets.UTF_8);
    byte[] aligned = Arrays.copyOf(text, (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    Arrays.fill(aligned, text.length, aligned.length, (byte) ' ');
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      byte[] length = new byte[Long.BYTES];
      ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).putLong(aligned.length);
      out.write(length);
      out.write(aligned);
      for (INDArray values : weights.values()) {
        out.write(bytes(values));
      }
    }
  }

  /** The numbers in row order, float32, little-endian. */
  static byte[] bytes(INDArray values) {
    float[] numbers = values.dup('c').data().asFloat();
    byte[] bytes = new byte[Math.multiplyExact(numbers.length, Float.BYTES)];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(numbers);
    return bytes;
  }
}
