package io.mnist4j.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.CommandLineRun;
import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.errors.ModelException;
import io.mnist4j.model.foreign.ModelFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Models that would run their author's code or take all memory, given to {@code export}. */
class HostileModelTest {
  private static final String DENSE = "org.deeplearning4j.nn.conf.layers.DenseLayer";
  private static final String RELU = "org.nd4j.linalg.activations.impl.ActivationReLU";
  private static final String KERAS = "src/test/resources/hostile/keras.zip";
  private static final int WEIGHTS = 784 * 5 + 5 + 5 * 10 + 10;

  /** What mnist4j writes beside a network. */
  private static final String PROVENANCE =
      """
      {"formatVersion": 1, "config": {}, "dataset": {"name": "strokes", "sha256": {}},
       "labels": ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
       "input": {"height": 28, "width": 28, "preprocessing": ""},
       "seed": 1, "metrics": {}, "versions": {}, "platform": {}}
      """;

  /** What takes time, memory or the terminal, or runs code. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "object-in-preprocessor.bin",
          "class-with-setter",
          "nested-deeply-in-a-layer",
          "layer-name-for-the-terminal",
          "two-billion-weights",
          "padding",
          "entries-that-overlap",
          "entry-that-says-much",
          "own-class",
          "zeros.h5",
          "external-link.h5",
          "units-two-billion.h5");

  @TempDir static Path directory;
  private static String json;
  private static Map<String, byte[]> honest;

  private final List<Attack> attacks = new ArrayList<>();

  @BeforeAll
  static void makeAnHonestModel() throws IOException {
    json = network();
    honest = honest();
  }

  /** One that mnist4j could have written. */
  static Map<String, byte[]> ours() throws IOException {
    return ours(honest());
  }

  /** One that DL4J could have written, but for an entry. */
  static Map<String, byte[]> honestWith(String entry, byte[] content) throws IOException {
    return HostileZips.with(honest(), entry, content);
  }

  private static String network() {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(
            new DenseLayer.Builder()
                .name("first")
                .nIn(784)
                .nOut(5)
                .activation(Activation.RELU)
                .build())
        .layer(
            new OutputLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .nIn(5)
                .nOut(10)
                .build())
        .build()
        .toJson();
  }

  private static Map<String, byte[]> honest() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("configuration.json", bytes(network()));
    entries.put("coefficients.bin", HostileZips.array(new float[WEIGHTS], WEIGHTS));
    return entries;
  }

  /** Or the others would prove nothing. */
  @Test
  void theHonestModelIsRead() throws Exception {
    Path model = write("honest", HostileZips.of(honest));
    assertEquals(0, export(model).exitCode());
    Path ours = write("ours", HostileZips.of(ours(honest)));
    assertEquals(0, export(ours).exitCode());
  }

  private static Result export(Path model) throws IOException {
    return new CommandLineRun(directory).run(exporting(model).toArray(String[]::new));
  }

  @TestFactory
  Stream<DynamicTest> attacksEndInOneLine() throws Exception {
    objects();
    classes();
    sizes();
    archives();
    ownModels();
    keras();
    return launched();
  }

  /** Where DL4J looks for such, and where its users may put some. */
  private void objects() throws IOException {
    for (String entry : List.of("preprocessor.bin", "normalizer.bin", "objects/mine")) {
      String expected = "its entry %s holds Java objects".formatted(entry);
      String name = "object-in-" + entry.replace('/', '-');
      export(name, HostileZips.of(with(entry, HostileZips.gadget())), expected);
      export("own-" + name, HostileZips.of(ours(with(entry, HostileZips.gadget()))), expected);
    }
  }

  private void classes() throws IOException {
    String evil = EvilLayer.class.getName();
    configuration("class-of-layer", json.replace(DENSE, evil), "asks for the class " + evil);
    configuration(
        "class-with-setter",
        json.replace("\"" + DENSE + "\"", "\"" + evil + "\", \"command\": \"touch\""),
        "asks for the class " + evil);
    configuration(
        "class-of-activation", json.replace(RELU, "java.util.Date"), "asks for the class");
    configuration(
        "class-in-a-list",
        json.replaceFirst("\"activationFn\" : \\{[^}]*}", "\"activationFn\": [\"%s\", {}]")
            .formatted(evil),
        "a list of names of classes");
    configuration(
        "class-in-a-list-alone",
        json.replaceFirst("\"activationFn\" : \\{[^}]*}", "\"activationFn\": [\"%s\"]")
            .formatted(evil),
        "a list of names of classes");
    configuration(
        "class-twice",
        json.replace("\"" + DENSE + "\"", "\"" + evil + "\", \"@class\": \"" + DENSE + "\""),
        "is not JSON: Duplicate field '@class'");
    configuration(
        "class-of-collection",
        json.replace(DENSE, "java.util.ArrayList<" + evil + ">"),
        "asks for the class");
    configuration(
        "class-of-graph-layer",
        json.replace(DENSE, "org.deeplearning4j.nn.modelimport.keras.layers.TFOpLayer"),
        "asks for the class");
    configuration("nested-deeply", "[".repeat(50), "nested too deeply");
    configuration(
        "nested-deeply-in-a-layer",
        json.replaceFirst("\"weightNoise\" : null", "\"weightNoise\":" + "{\"a\":".repeat(50)),
        "nested too deeply");
    configuration(
        "number-of-fifty-digits",
        json.replace("\"nout\" : 5", "\"nout\" : 5" + "0".repeat(50)),
        "too many digits");
    configuration(
        "layer-name-for-the-terminal",
        json.replace("\"first\"", "\"\\u001b[0m\\u0007\"").replace("784", "785"),
        "785 numbers");
    configuration("text-of-three-megabytes", " ".repeat(3 << 20) + json, "should be a short text");
  }

  private void sizes() throws IOException {
    configuration("two-billion-weights", json.replace("784", "430000000"), "weights");
    configuration(
        "weights-that-overflow",
        json.replace("784", "4294967296").replace("\"nout\" : 5", "\"nout\" : 4294967296"),
        "weights");
    configuration("other-weights", json.replace("784", "841"), "expected length");
    configuration("negative-size", json.replace("784", "-784"), "cannot be used");
    configuration("padding", padded(30_000), "numbers of one image");
    configuration(
        "loss-with-half-an-array",
        json.replace(
            "\"softmaxClipEps\"",
            "\"weights\": {\"dataType\": \"FLOAT\", \"shape\": [1, 100000000], \"data\": [1]},"
                + " \"softmaxClipEps\""),
        "an array of the shape");
    float[] notNumbers = new float[WEIGHTS];
    notNumbers[7] = Float.NaN;
    notNumbers[9] = Float.POSITIVE_INFINITY;
    export(
        "not-a-number",
        HostileZips.of(with("coefficients.bin", HostileZips.array(notNumbers, WEIGHTS))),
        "2 of its 3,985 numbers are infinite or not a number");
    export(
        "said-length",
        HostileZips.of(with("coefficients.bin", HostileZips.array(new float[9], 1L << 30))),
        "numbers");
    export(
        "longer-than-said",
        HostileZips.of(
            with("coefficients.bin", HostileZips.array(new float[WEIGHTS + 1], WEIGHTS))),
        "goes on after its numbers");
  }

  private void archives() throws IOException {
    byte[] zip = HostileZips.of(honest);
    export(
        "many-entries", HostileZips.overlapping(honest, 101, new byte[10]), "it has 103 entries");
    byte[] content = new byte[100_000];
    export("entries-that-overlap", HostileZips.overlapping(honest, 3, content), "no weights");
    export(
        "entry-that-says-much",
        HostileZips.lyingEntry(honest, "extra", content, 100_000_000),
        "no weights");
    export(
        "entry-that-says-little",
        HostileZips.lyingEntry(honest, "extra", content, 100),
        "not as long as it says");
    export(
        "two-configurations",
        HostileZips.doubled(honest, "configuration.json", bytes("{}")),
        "two entries configuration.json");
    export("cut-off", Arrays.copyOf(zip, zip.length - 5), "damaged");
    export("cut-in-the-middle", Arrays.copyOf(zip, zip.length / 2), "damaged");
    byte[] longer = Arrays.copyOf(zip, zip.length + 50);
    export("something-follows", longer, "something follows");
    export(
        "entry-name-for-the-terminal",
        HostileZips.doubled(
            HostileZips.with(honest, "\u001b[0m\u009b0m", new byte[1]), "\u001b[0m\u009b0m", zip),
        "two entries");
    byte[] damaged = zip.clone();
    damaged[zip.length / 2] ^= 1;
    export("flipped-bit", damaged, "damaged");
    // A graph that is said to take two gigabytes; there is no reader that would believe it.
    byte[] onnx = {8, 8, 0x3a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7, 0x0a};
    export("onnx", onnx, "cannot be used: its ONNX is damaged");
  }

  private void ownModels() throws IOException {
    export(
        "own-class",
        HostileZips.of(
            ours(
                with("configuration.json", bytes(json.replace(DENSE, EvilLayer.class.getName()))))),
        "asks for the class");
    provenance("own-other-classes", "\"8\", \"9\"", "\"8\"", "should tell 9 classes apart");
    provenance(
        "own-other-size", "\"height\": 28", "\"height\": 29", "the network in it cannot be used");
    provenance("own-huge", "\"height\": 28", "\"height\": 2000000000", "are too many");
    provenance("own-negative", "\"height\": 28", "\"height\": -28", "");
    provenance("own-text-for-number", "\"formatVersion\": 1", "\"formatVersion\": {}", "version");
    provenance("own-nested", PROVENANCE, "[".repeat(50), "nested too deeply");
    provenance("own-no-object", PROVENANCE, "[]", "lacks");
    provenance("own-labels", "\"0\", \"1\"", "\"\\u001b[0m\", \"1\"", "has a name that is none");
  }

  /** What hostile.py made. */
  private void keras() throws IOException {
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("array-four-thousand-times.h5", "has 4,000 arrays of weights");
    expected.put("config-nested.h5", "nested too deeply");
    expected.put("config-no-object.h5", "of the class nothing");
    expected.put("dimensions-absurd.h5", "is damaged");
    expected.put("dimensions-large.h5", "for which the file is too small");
    expected.put("dimensions-that-overflow.h5", "is damaged");
    expected.put("external-data.h5", "are in other files (external or virtual datasets");
    expected.put("external-link.h5", "is a link to another place");
    expected.put("filters-many.h5", "takes weights of the shape");
    expected.put("groups-in-a-circle.h5", "lacks kernel");
    expected.put("input-huge.h5", "which are no images");
    expected.put("layers-many.h5", "has 0 arrays of weights in the file, not 2");
    expected.put("link.h5", "is a link to another place");
    expected.put("name-for-the-terminal.h5", "has 0 arrays of weights");
    expected.put("padding.h5", "are too many already");
    expected.put("units-many.h5", "takes weights of the shape [784, 400000]");
    expected.put("units-that-overflow.h5", "takes weights of the shape [784, 1099511627776]");
    expected.put("units-two-billion.h5", "takes weights of the shape [784, 2147483647]");
    expected.put("upsampling.h5", "are too many already");
    expected.put("zeros.h5", "for which the file is too small");
    try (ZipFile zip = new ZipFile(KERAS)) {
      for (ZipEntry entry : zip.stream().toList()) {
        Path model = directory.resolve(entry.getName());
        Files.write(model, zip.getInputStream(entry).readAllBytes());
        if (entry.getName().equals("honest.h5")) {
          ModelFile.read(model);
        } else {
          String text = expected.remove(entry.getName());
          attacks.add(new Attack(entry.getName(), 3, text, exporting(model)));
        }
      }
    } catch (ModelException e) {
      throw new AssertionError("the honest one is refused: " + e.getMessage(), e);
    }
    assertEquals(Map.of(), expected, "attacks that are not there");
  }

  private void provenance(String name, String before, String after, String expected)
      throws IOException {
    export(
        name,
        HostileZips.of(
            HostileZips.with(honest, "mnist4j.json", bytes(PROVENANCE.replace(before, after)))),
        expected);
  }

  private void configuration(String name, String configuration, String expected)
      throws IOException {
    assertTrue(!configuration.equals(json), name + " changes nothing");
    export(name, HostileZips.of(with("configuration.json", bytes(configuration))), expected);
  }

  private void export(String name, byte[] content, String expected) throws IOException {
    Path model = write(name, content);
    attacks.add(new Attack(name, 3, expected, exporting(model)));
  }

  /** All in this process; those that only another process shows in one, with -Psoak one each. */
  private Stream<DynamicTest> launched() throws Exception {
    return Stream.concat(
        attacks.stream()
            .map(attack -> DynamicTest.dynamicTest(attack.name(), () -> judgeHere(attack))),
        launchedElsewhere());
  }

  private static void judgeHere(Attack attack) {
    ModelException refused =
        assertThrows(
            ModelException.class, () -> ModelFile.read(Path.of(attack.arguments().get(1))));
    assertTrue(refused.getMessage().contains(attack.expected()), refused.getMessage());
  }

  private Stream<DynamicTest> launchedElsewhere() throws Exception {
    List<Attack> chosen =
        attacks.stream()
            .filter(attack -> Soak.isOn() || ELSEWHERE.contains(attack.name()))
            .toList();
    List<Attack.Outcome> outcomes = new ArrayList<>();
    if (Soak.isOn()) {
      for (Attack attack : chosen) {
        outcomes.add(attack.launch(directory));
      }
    } else {
      outcomes.addAll(Attack.launchAll(directory, chosen));
    }
    return IntStream.range(0, chosen.size())
        .mapToObj(
            i ->
                DynamicTest.dynamicTest(
                    chosen.get(i).name() + " in another process",
                    () -> chosen.get(i).judge(outcomes.get(i))));
  }

  /** One weight, and an image that does not fit into any machine. */
  private static String padded(int rows) {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(new ZeroPaddingLayer.Builder(rows, rows).build())
        .layer(new GlobalPoolingLayer(PoolingType.AVG))
        .layer(
            new OutputLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .nIn(1)
                .nOut(10)
                .build())
        .build()
        .toJson();
  }

  private static List<String> exporting(Path model) {
    return List.of("export", model.toString(), "--format", "csv", "-o", "out");
  }

  private static Path write(String name, byte[] content) throws IOException {
    return Files.write(directory.resolve(name + ".zip"), content);
  }

  private static Map<String, byte[]> with(String entry, byte[] content) {
    return HostileZips.with(honest, entry, content);
  }

  private static Map<String, byte[]> ours(Map<String, byte[]> entries) {
    return HostileZips.with(entries, "mnist4j.json", bytes(PROVENANCE));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
