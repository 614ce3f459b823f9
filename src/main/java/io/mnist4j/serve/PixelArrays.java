package io.mnist4j.serve;

import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.model.InputRange;
import io.mnist4j.serve.http.Problem;
import io.mnist4j.text.OneLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.nd4j.shade.jackson.core.JsonFactory;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.core.JsonToken;

/**
 * Images as JSON numbers: {@code [784]} or {@code [28, 28]} for one, with one dimension before
 * these for many, by themselves or in an object. They are read as they come; no tree of them is
 * built, however deep they are nested.
 */
final class PixelArrays {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MAX_DEPTH = 3;

  /** With a dimension of one channel. */
  private static final int MAX_DEPTH_OF_TENSORS = 4;

  /** What a sender may call its request. */
  private static final int MAX_ID = 200;

  /** Images in one request. */
  private static final int MAX_IMAGES = 1_000;

  /** No pixel needs more digits, and numbers of thousands of them take long to read. */
  private static final int MAX_DIGITS = 40;

  private final JsonParser parser;
  private final int height;
  private final int width;

  /** Length of the arrays at each depth; 0 where none has ended yet. */
  private final int[] shape = new int[MAX_DEPTH_OF_TENSORS];

  private final int maxDepth;

  private double[] values = new double[1024];
  private int count;

  /** At which depth the numbers are; 0 while there is none. */
  private int numbersAt;

  /** Of a request of the Open Inference Protocol. */
  private String id;

  private boolean bytes;

  /** An input of the Open Inference Protocol, and what the sender calls the request, or null. */
  record PixelTensor(String id, RequestBody body) {}

  private PixelArrays(JsonParser parser, int height, int width, int maxDepth) {
    this.parser = parser;
    this.maxDepth = maxDepth;
    this.height = height;
    this.width = width;
  }

  /**
   * Reads a document.
   *
   * @param range what the numbers of paper and of ink are
   * @throws Problem if it is anything else
   */
  static RequestBody read(byte[] json, int height, int width, InputRange range) throws Problem {
    return parsed(json, parser -> new PixelArrays(parser, height, width, MAX_DEPTH).body(range));
  }

  /**
   * As {@link #read}; images may have a dimension of one channel besides.
   *
   * @throws Problem if it is anything else
   */
  static RequestBody readInstances(byte[] json, int height, int width, InputRange range)
      throws Problem {
    return parsed(
        json, parser -> new PixelArrays(parser, height, width, MAX_DEPTH_OF_TENSORS).body(range));
  }

  /**
   * Reads a request of the Open Inference Protocol with one input, whose numbers may be nested or
   * flat.
   *
   * @param range what the numbers of paper and of ink are, but in a tensor of UINT8
   * @throws Problem if it is anything else
   */
  static PixelTensor readTensor(byte[] json, int height, int width, InputRange range)
      throws Problem {
    return parsed(
        json,
        parser -> {
          PixelArrays arrays = new PixelArrays(parser, height, width, MAX_DEPTH_OF_TENSORS);
          arrays.readRequest();
          InputRange own = arrays.bytes ? InputRange.BYTES : range;
          return new PixelTensor(arrays.id, new RequestBody(arrays.images(own), Optional.empty()));
        });
  }

  private interface JsonReading<T> {
    T of(JsonParser parser) throws IOException, Problem;
  }

  private static <T> T parsed(byte[] json, JsonReading<T> reading) throws Problem {
    try (JsonParser parser = JSON.createParser(json)) {
      return reading.of(parser);
    } catch (JsonProcessingException e) {
      throw new Problem(400, "not JSON: " + oneLine(e.getOriginalMessage()) + place(e));
    } catch (IOException e) {
      throw new Problem(400, "not JSON: " + e.getMessage());
    }
  }

  private RequestBody body(InputRange range) throws IOException, Problem {
    Optional<byte[]> picture = read();
    return new RequestBody(picture.isPresent() ? List.of() : images(range), picture);
  }

  /** Without Jackson's note of where an array began, in which it repeats all that was sent. */
  private static String oneLine(String message) {
    return OneLine.of(message.replaceFirst("(?s) \\(for \\w+ starting at .*\\)", ""));
  }

  private static String place(JsonProcessingException e) {
    return e.getLocation() == null
        ? ""
        : " (line %d, column %d)"
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }

  /** Reads pixels, or returns the picture of an object. */
  private Optional<byte[]> read() throws IOException, Problem {
    Optional<byte[]> picture = Optional.empty();
    JsonToken first = parser.nextToken();
    if (first == JsonToken.START_OBJECT) {
      picture = readObject();
    } else if (first == JsonToken.START_ARRAY) {
      readArray(1);
    } else {
      throw new Problem(400, "an array of pixels is expected, or an array of such arrays");
    }
    if (parser.nextToken() != null) {
      throw new Problem(400, "something follows after the end" + here());
    }
    return picture;
  }

  /** {@code {"instances": [...]}} of TensorFlow Serving, or {@code {"image": "data:..."}}. */
  private Optional<byte[]> readObject() throws IOException, Problem {
    Optional<byte[]> picture = Optional.empty();
    boolean found = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.getCurrentName();
      JsonToken value = parser.nextToken();
      if (!found && name.equals("instances") && value == JsonToken.START_ARRAY) {
        readArray(1);
        found = true;
      } else if (!found && name.equals("image") && value == JsonToken.VALUE_STRING) {
        picture = Optional.of(decoded(parser.getText()));
        found = true;
      } else if (!value.isScalarValue()) {
        throw new Problem(400, "the key %s is not known%s".formatted(name, here()));
      }
    }
    if (!found) {
      throw new Problem(400, "an array of pixels is expected, or the key instances or image");
    }
    return picture;
  }

  private void readRequest() throws IOException, Problem {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new Problem(400, "an object with the key inputs is expected");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.getCurrentName();
      JsonToken value = parser.nextToken();
      if (name.equals("inputs") && value == JsonToken.START_ARRAY && numbersAt == 0) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
          throw new Problem(400, "inputs has to hold one tensor" + here());
        }
        readInput();
        if (parser.nextToken() != JsonToken.END_ARRAY) {
          throw new Problem(400, "the model takes one input" + here());
        }
      } else if (name.equals("id") && parser.getTextLength() <= MAX_ID) {
        id = parser.getText();
      } else {
        parser.skipChildren();
      }
    }
    if (numbersAt == 0) {
      throw new Problem(
          400, "a tensor is expected: {\"inputs\": [{\"shape\": ..., \"data\": ...}]}");
    }
  }

  private void readInput() throws IOException, Problem {
    List<Integer> said = new ArrayList<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.getCurrentName();
      JsonToken value = parser.nextToken();
      if (name.equals("data") && value == JsonToken.START_ARRAY && numbersAt == 0) {
        readArray(1);
      } else if (name.equals("shape") && value == JsonToken.START_ARRAY) {
        while (parser.nextToken() == JsonToken.VALUE_NUMBER_INT
            && said.size() < MAX_DEPTH_OF_TENSORS) {
          said.add(parser.getIntValue());
        }
      } else if (name.equals("datatype")) {
        bytes = parser.getText().equals("UINT8");
      } else {
        parser.skipChildren();
      }
    }
    if (numbersAt == 1) {
      unflatten(said);
    }
  }

  /** Gives numbers in one row the shape that was said. */
  private void unflatten(List<Integer> said) throws Problem {
    double numbers = said.stream().mapToDouble(size -> size).reduce(1, (a, b) -> a * b);
    if (said.isEmpty() || numbers != count) {
      throw new Problem(400, "the shape %s is not that of %d numbers".formatted(said, count));
    }
    numbersAt = said.size();
    for (int d = 0; d < numbersAt; d++) {
      shape[d] = said.get(d);
    }
  }

  private byte[] decoded(String text) throws Problem {
    int comma = text.startsWith("data:") ? text.indexOf(',') : -1;
    try {
      return Base64.getMimeDecoder().decode(text.substring(comma + 1));
    } catch (IllegalArgumentException e) {
      throw new Problem(400, "the image is not a picture in Base64: " + e.getMessage());
    }
  }

  private void readArray(int depth) throws IOException, Problem {
    int length = 0;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token == null) {
        throw new Problem(400, "the array has no end" + here());
      }
      length++;
      if (token == JsonToken.START_ARRAY && depth < maxDepth && numbersAt != depth) {
        readArray(depth + 1);
      } else if (token.isNumeric() && (numbersAt == 0 || numbersAt == depth)) {
        numbersAt = depth;
        add();
      } else {
        throw new Problem(400, "a pixel is expected" + here());
      }
    }
    if (shape[depth - 1] != 0 && shape[depth - 1] != length) {
      throw new Problem(
          400, "an array of %d where others have %d%s".formatted(length, shape[depth - 1], here()));
    }
    shape[depth - 1] = length;
  }

  private void add() throws IOException, Problem {
    if (parser.getTextLength() > MAX_DIGITS) {
      throw new Problem(400, "a number of too many digits" + here());
    }
    if (count == MAX_IMAGES * height * width) {
      throw new Problem(413, "more than %,d images in one request".formatted(MAX_IMAGES));
    }
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    values[count++] = parser.getDoubleValue();
  }

  private String here() {
    return " (line %d, column %d)"
        .formatted(parser.getTokenLocation().getLineNr(), parser.getTokenLocation().getColumnNr());
  }

  private List<GreyImage> images(InputRange range) throws Problem {
    if (!isImages()) {
      throw new Problem(
          400,
          "the array is %s; for this model an image is [%d] or [%d, %d], and many are [n, %d] or [n, %d, %d]"
              .formatted(
                  Arrays.toString(Arrays.copyOf(shape, Math.max(1, numbersAt))),
                  height * width,
                  height,
                  width,
                  height * width,
                  height,
                  width));
    }
    checkRange(range);
    List<GreyImage> images = new ArrayList<>();
    for (int first = 0; first < count; first += height * width) {
      byte[] pixels = new byte[height * width];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (byte) Math.round(255 * ink(values[first + i], range));
      }
      images.add(new GreyImage(height, width, pixels));
    }
    return images;
  }

  private boolean isImages() {
    return switch (numbersAt) {
      case 1 -> shape[0] == height * width;
      case 2 -> shape[1] == height * width || (shape[0] == height && shape[1] == width);
      case MAX_DEPTH -> shape[1] == height && shape[2] == width;
      case MAX_DEPTH_OF_TENSORS ->
          (shape[1] == 1 && shape[2] == height && shape[3] == width)
              || (shape[1] == height && shape[2] == width && shape[3] == 1);
      default -> false;
    };
  }

  private void checkRange(InputRange range) throws Problem {
    boolean whole = true;
    double largest = 0;
    for (int i = 0; i < count; i++) {
      double ink = ink(values[i], range);
      if (!(ink >= 0 && ink <= 1)) {
        throw new Problem(
            400,
            "pixel %d is %s, which is outside of %s; ?scale=PAPER..INK says another range"
                .formatted(i, number(values[i]), range));
      }
      whole &= values[i] == Math.rint(values[i]);
      largest = Math.max(largest, values[i]);
    }
    if (range.equals(InputRange.BYTES) && (!whole || largest == 1)) {
      throw new Problem(
          400, "the pixels look like 0..1, but 0..255 is expected; ?scale=0..1 says that they are");
    }
  }

  private static double ink(double value, InputRange range) {
    return (value - range.paper()) / (range.ink() - range.paper());
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }
}
