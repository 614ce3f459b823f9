package io.mnist4j.model.foreign;

import io.mnist4j.files.FileProblem;
import io.mnist4j.text.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * A file of safetensors: the length of a header, the header as JSON, and the numbers. Which layers
 * the numbers belong to is said by a {@code config.json} beside it, or by the header's metadata.
 */
final class SafetensorsFile {
  /** In the metadata, as text; and the name of a file beside. */
  static final String CONFIG = "config";

  private static final int MAX_HEADER = 1 << 24;

  private static final Map<String, FloatBytes> TYPES =
      Map.of(
          "F64", FloatBytes.F64,
          "F32", FloatBytes.F32,
          "F16", FloatBytes.F16,
          "BF16", FloatBytes.BF16);

  private final JsonNode header;
  private final ByteBuffer numbers;
  private final Path file;

  private SafetensorsFile(JsonNode header, ByteBuffer numbers, Path file) {
    this.header = header;
    this.numbers = numbers;
    this.file = file;
  }

  /** Whether a file begins so: the length of a document, and the document. */
  static boolean isStart(byte[] start) {
    if (start.length <= Long.BYTES || start[Long.BYTES] != '{') {
      return false;
    }
    long length = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return length > 1 && length <= MAX_HEADER;
  }

  static ForeignNetwork read(Path file) throws UnreadableModelException {
    byte[] bytes = WholeFile.read(file);
    int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length > bytes.length - Long.BYTES) {
      throw new UnreadableModelException("it ends within its header");
    }
    String text = new String(bytes, Long.BYTES, length, StandardCharsets.UTF_8);
    int from = Long.BYTES + length;
    SafetensorsFile read =
        new SafetensorsFile(
            json(text, "header"), ByteBuffer.wrap(bytes, from, bytes.length - from).slice(), file);
    return new TorchLayers(read, read.config()).network();
  }

  private JsonNode config() throws UnreadableModelException {
    JsonNode inside = header.path("__metadata__").path(CONFIG);
    if (inside.isTextual()) {
      return json(inside.asText(), "config in the metadata");
    }
    Path beside = file.resolveSibling(CONFIG + ".json");
    try {
      if (Files.isRegularFile(beside) && Files.size(beside) <= MAX_HEADER) {
        return json(Files.readString(beside), beside.toString());
      }
    } catch (IOException e) {
      throw new UnreadableModelException(
          "%s cannot be read: %s".formatted(beside, FileProblem.reason(e)), e);
    }
    throw new UnreadableModelException(
        "it holds weights alone; a config.json beside it has to say the layers: {\"input\": [1, 28,"
            + " 28], \"layers\": [{\"type\": \"Flatten\"}, {\"type\": \"Linear\"}, ...]}");
  }

  private static JsonNode json(String text, String where) throws UnreadableModelException {
    try {
      return Json.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UnreadableModelException("its %s %s".formatted(where, e.getMessage()), e);
    }
  }

  boolean has(String name) {
    return header.path(name).isObject();
  }

  /**
   * An array.
   *
   * @throws UnreadableModelException if there is none of that name, or not as it says
   */
  INDArray array(String name) throws UnreadableModelException {
    JsonNode entry = header.path(name);
    FloatBytes type = TYPES.get(entry.path("dtype").asText());
    JsonNode ends = entry.path("data_offsets");
    if (type == null || ends.size() != 2) {
      throw new UnreadableModelException("it has no array '%s' of floats".formatted(name));
    }
    long[] shape = new long[entry.path("shape").size()];
    Arrays.setAll(shape, d -> entry.path("shape").get(d).asLong(-1));
    long first = ends.get(0).asLong(-1);
    long last = ends.get(1).asLong(-1);
    if (first < 0 || last < first || last > numbers.capacity()) {
      throw new UnreadableModelException("its array '%s' ends behind the file".formatted(name));
    }
    return type.array(numbers.slice((int) first, (int) (last - first)), shape);
  }
}
