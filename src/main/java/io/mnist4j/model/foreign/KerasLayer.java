package io.mnist4j.model.foreign;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * One layer of a Keras model, as any version of Keras writes it. It remembers which of its settings
 * were read: what is left must be the default, or the layer would be read wrong.
 */
final class KerasLayer {
  /** What tells nothing of what a trained layer computes. */
  private static final Pattern IGNORED =
      Pattern.compile(
          "name|trainable|dtype|batch(_input)?_shape|input_(shape|dim|dtype)|seed|.*_initializer"
              + "|.*_regularizer|.*_constraint|(renorm_)?momentum|renorm_clipping|fused"
              + "|synchronized|data_format|.*autocast");

  private final JsonNode json;
  private final List<Place> places;
  private final Set<String> read = new HashSet<>();

  /**
   * Where a layer stands among those of its class in its model.
   *
   * @param name of the layer
   * @param kind its class
   * @param rank how many of its class come before it
   * @param count how many of its class the model has
   */
  record Place(String name, String kind, int rank, int count) {}

  /**
   * @param json with class_name and config
   * @param places of the models that it is nested in, and its own
   */
  KerasLayer(JsonNode json, List<Place> places) {
    this.json = json;
    this.places = places;
  }

  String kind() {
    return json.path("class_name").asText("?");
  }

  String name() {
    return json.path("config").path("name").asText("?");
  }

  List<Place> places() {
    return places;
  }

  JsonNode json() {
    return json;
  }

  /** A setting, which is missing where the file does not have it or has null. */
  JsonNode setting(String key) {
    read.add(key);
    JsonNode value = json.path("config").path(key);
    return value.isNull() ? json.path("") : value;
  }

  /** The first of two settings, for what was renamed. */
  double number(String key, String olderKey, double missing) {
    return setting(key).asDouble(setting(olderKey).asDouble(missing));
  }

  boolean isTrue(String key, boolean missing) {
    return setting(key).asBoolean(missing);
  }

  /** Whether the channels of an image come before its rows. */
  boolean isChannelsFirst() {
    return setting("data_format").asText().equals("channels_first");
  }

  /**
   * Two whole numbers, or one for both.
   *
   * @throws UnreadableModelException if they are none, or not from the least to a million
   */
  int[] pair(String key, int least, int... missing) throws UnreadableModelException {
    JsonNode value = setting(key);
    if (value.isMissingNode() && missing.length > 0) {
      return missing;
    }
    return pair(key, value, least);
  }

  private int[] pair(String key, JsonNode value, int least) throws UnreadableModelException {
    int[] pair =
        value.isInt()
            ? new int[] {value.asInt(), value.asInt()}
            : IntStream.range(0, value.size()).map(i -> value.path(i).asInt(-1)).toArray();
    if (pair.length != 2 || Arrays.stream(pair).anyMatch(v -> v < least || v > 1_000_000)) {
      throw refused("has the %s %s, which is none".formatted(key, value));
    }
    return pair;
  }

  /**
   * A kernel, or what is pooled, and how it is moved; a pool is moved by its own size unless the
   * file says another.
   */
  MovingWindow window(String key) throws UnreadableModelException {
    boolean pool = key.equals("pool_size");
    int[] size = pool ? pair(key, 1, 2, 2) : pair(key, 1);
    int[] strides = pool ? pair("strides", 1, size) : pair("strides", 1, 1, 1);
    JsonNode padding = setting("padding");
    boolean same = padding.asText().equals("same");
    require(
        same || padding.isArray() || Set.of("", "valid").contains(padding.asText()),
        "has the padding " + padding.asText());
    // DL4J puts less than no zeros around the image then.
    require(
        !same || (strides[0] <= size[0] && strides[1] <= size[1]), "is moved past its own size");
    int[] edges = new int[MovingWindow.SIDES];
    if (padding.isArray()) {
      require(padding.size() == edges.length, "has %d edges".formatted(padding.size()));
      for (int side = 0; side < edges.length; side++) {
        edges[side] = padding.get(side).asInt(-1);
        require(edges[side] >= 0 && edges[side] <= 1_000, "has the edges " + padding);
      }
    }
    return new MovingWindow(size, strides, pair("dilation_rate", 1, 1, 1), same, edges);
  }

  /**
   * Along rows and along columns.
   *
   * @param same with as many zeros around the image as keep its size
   * @param edges zeros around the image otherwise, as ONNX has them: at the top, left, at the
   *     bottom, right
   */
  record MovingWindow(int[] size, int[] strides, int[] dilation, boolean same, int[] edges) {
    private static final int SIDES = 4;
    static final MovingWindow PIXEL =
        new MovingWindow(
            new int[] {1, 1}, new int[] {1, 1}, new int[] {1, 1}, false, new int[SIDES]);

    ConvolutionMode mode() {
      return same ? ConvolutionMode.Same : ConvolutionMode.Truncate;
    }

    /** How many places it has along one of the sides of an image. */
    long places(int side, int length) {
      return same
          ? (length + strides[side] - 1L) / strides[side]
          : Math.floorDiv(
                  (long) length + edges[side] + edges[side + 2] - reach(side), strides[side])
              + 1;
    }

    private long reach(int side) {
      return (size[side] - 1L) * dilation[side] + 1;
    }

    /** Whether there are as many zeros at each end of a side. */
    boolean isSymmetric() {
      return edges[0] == edges[2] && edges[1] == edges[3];
    }

    /** The zeros at one end of rows and of columns. */
    int[] symmetricPadding() {
      return new int[] {edges[0], edges[1]};
    }

    MovingWindow withoutEdges() {
      return new MovingWindow(size, strides, dilation, same, new int[SIDES]);
    }

    /**
     * The same window, as "same" where that has these very edges.
     *
     * @param image height and width
     */
    MovingWindow asSame(int[] image) {
      boolean equal = !isSymmetric();
      for (int side = 0; side < 2; side++) {
        long positions = (image[side] + strides[side] - 1L) / strides[side];
        long zeros = (positions - 1) * strides[side] + reach(side) - image[side];
        equal &= edges[side] == zeros / 2 && edges[side + 2] == zeros - zeros / 2;
      }
      return equal ? new MovingWindow(size, strides, dilation, true, new int[SIDES]) : this;
    }
  }

  /** Top, bottom, left and right, of one, two or four numbers. */
  int[] edges(String key) throws UnreadableModelException {
    JsonNode value = setting(key);
    if (!value.path(0).isArray()) {
      int[] both = pair(key, value, 0);
      return new int[] {both[0], both[0], both[1], both[1]};
    }
    int[] rows = pair(key, value.path(0), 0);
    int[] columns = pair(key, value.path(1), 0);
    return new int[] {rows[0], rows[1], columns[0], columns[1]};
  }

  /** Refuses the layer unless something holds. */
  void require(boolean readable, String what) throws UnreadableModelException {
    if (!readable) {
      throw refused(what + ", which mnist4j does not read");
    }
  }

  /**
   * Refuses what was set and not read.
   *
   * @throws UnreadableModelException if there is any; the message names it
   */
  void requireAllRead() throws UnreadableModelException {
    JsonNode type = setting("dtype");
    String number =
        type.isObject() ? type.path("config").path("name").asText() : type.asText("float");
    require(number.contains("float"), "computes with " + number);
    for (Iterator<Map.Entry<String, JsonNode>> all = json.path("config").fields();
        all.hasNext(); ) {
      Map.Entry<String, JsonNode> setting = all.next();
      JsonNode value = setting.getValue();
      boolean isDefault = value.isNull() || (value.isBoolean() && !value.asBoolean());
      if (!isDefault
          && !read.contains(setting.getKey())
          && !IGNORED.matcher(setting.getKey()).matches()) {
        throw refused("has %s %s, which mnist4j does not read".formatted(setting.getKey(), value));
      }
    }
  }

  UnreadableModelException refused(String why) {
    return new UnreadableModelException("its layer '%s' (%s) %s".formatted(name(), kind(), why));
  }
}
