package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.fetch.TestMirror;
import io.mnist4j.data.store.RealMnist;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

class DataCommandTest {
  private static final List<String> FILES =
      List.of(
          "train-images-idx3-ubyte",
          "train-labels-idx1-ubyte",
          "t10k-images-idx3-ubyte",
          "t10k-labels-idx1-ubyte");

  @TempDir Path directory;

  @Test
  void bareDataAsksForACommand() throws Exception {
    check(
        run("data"),
        2,
        "",
        "mnist4j: a command is missing: data fetch, verify, list, show, convert or issues (see mnist4j data"
            + " --help)\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"data", "data fetch", "data verify", "data list"})
  void helpHasExamples(String command) throws Exception {
    Mnist4jProcess.Result result = run((command + " --help").split(" ", -1));
    assertEquals(0, result.exitCode());
    assertTrue(result.stdout().contains("\nExamples:\n  mnist4j data"), result.stdout());
  }

  @Test
  void misspelledNameIsUnderstood() throws Exception {
    check(
        run("data", "verify", "minst"),
        2,
        "",
        "mnist4j: unknown data set 'minst' (there are mnist, fashion-mnist, strokes, qmnist, mnist-writers, kmnist, k49, kannada, usps, mnist-c, emnist-byclass, emnist-bymerge, emnist-balanced, emnist-letters, emnist-digits, emnist-mnist); did you mean mnist? (see mnist4j data verify --help)\n");
  }

  @Test
  void wrongMirrorsAreNamed() throws Exception {
    Mnist4jProcess.Result result =
        process().environment("MNIST4J_MIRRORS", "mirror.example").run("data", "fetch");
    check(
        result,
        2,
        "",
        "mnist4j: MNIST4J_MIRRORS: 'mirror.example' is not a base address such as"
            + " https://host/folder/ or file:///folder/ (see mnist4j data fetch --help)\n");
  }

  @Test
  void listWithNothingOnDisk() throws Exception {
    check(
        run("data", "list"),
        0,
        """
        NAME            IMAGES          CLASSES  STATE       FOLDER
        mnist           60000 + 10000   10       missing     -
        fashion-mnist   60000 + 10000   10       missing     -
        strokes         60000 + 10000   10       generated   -
        qmnist          60000 + 60000   10       missing     -
        mnist-writers   60000 + 60000   10       missing     -
        kmnist          60000 + 10000   10       missing     -
        k49             232365 + 38547  49       missing     -
        kannada         60000 + 10000   10       missing     -
        usps            7291 + 2007     10       missing     -
        mnist-c         960000 + 160000 10       missing     -
        emnist-byclass  697932 + 116323 62       missing     -
        emnist-bymerge  697932 + 116323 47       missing     -
        emnist-balanced 112800 + 18800  47       missing     -
        emnist-letters  124800 + 20800  26       missing     -
        emnist-digits   240000 + 40000  10       missing     -
        emnist-mnist    60000 + 10000   10       missing     -
        """,
        "");
  }

  @Test
  void listAsJsonAndTheFolderOfTheEnvironment() throws Exception {
    Mnist4jProcess.Result result =
        process()
            .environment("MNIST4J_DATA", directory.resolve("elsewhere").toString())
            .run("data", "list", "--format", "json");
    JsonNode document = new ObjectMapper().readTree(result.stdout());
    assertEquals("elsewhere", document.get("dataDir").asText());
    JsonNode fashion = document.get("datasets").get(1);
    assertEquals("fashion-mnist", fashion.get("name").asText());
    assertEquals(60_000, fashion.get("trainImages").asInt());
    assertEquals("missing", fashion.get("state").asText());
    assertEquals("Ankle boot", fashion.get("classNames").get(9).asText());
    assertEquals("", result.stderr());
  }

  @Test
  void verifyNamesWhatIsMissingAndWhatIsCorrupt() throws Exception {
    corruptLabels();
    check(
        run("data", "verify", "--data-dir", "data"),
        3,
        """
        missing  mnist train-images-idx3-ubyte: not in data
        corrupt  mnist train-labels-idx1-ubyte: data/mnist/train-labels-idx1-ubyte: too short: expected an IDX file of labels, found 3 bytes
        missing  mnist t10k-images-idx3-ubyte: not in data
        missing  mnist t10k-labels-idx1-ubyte: not in data
        """,
        "mnist4j: missing or corrupt files: get them with mnist4j data fetch mnist\n");
  }

  @Test
  void verifyAsJson() throws Exception {
    corruptLabels();
    Mnist4jProcess.Result result =
        run("data", "verify", "--data-dir", "data", "--format", "json", "strokes", "mnist");
    assertEquals(3, result.exitCode());
    JsonNode datasets = new ObjectMapper().readTree(result.stdout()).get("datasets");
    assertEquals("strokes", datasets.get(0).get("name").asText());
    assertEquals(0, datasets.get(0).get("files").size());
    JsonNode corrupt = datasets.get(1).get("files").get(1);
    assertEquals("corrupt", corrupt.get("state").asText());
    assertEquals("data/mnist/train-labels-idx1-ubyte", corrupt.get("path").asText());
    assertTrue(corrupt.get("foundSha256").isNull());
    assertEquals(64, corrupt.get("expectedSha256").asText().length());
  }

  @Test
  void fetchWithoutANetworkSaysWhatToDo() throws Exception {
    // A label of a host name has 63 characters at most: no name server is asked for this one.
    String host = "x".repeat(64);
    Mnist4jProcess.Result result =
        process()
            .environment("MNIST4J_MIRRORS", "http://" + host + "/ file:///no/such/folder/")
            .run("data", "fetch");
    check(
        result,
        3,
        "",
        """
        mnist4j: cannot fetch mnist (train-images-idx3-ubyte.gz): %1$s: unknown host; /no/such/folder: no such file. Put the four files into .cache/mnist4j/mnist or set MNIST4J_DATA, then try again
        """
            .formatted(host));
  }

  @Test
  void fetchIntoWhatCannotBeWritten() throws Exception {
    Files.write(directory.resolve("file"), new byte[1]);
    Mnist4jProcess.Result result = run("data", "fetch", "--data-dir", "file/x");
    assertEquals(3, result.exitCode());
    assertTrue(
        result.stderr().startsWith("mnist4j: cannot fetch mnist: cannot write to file"),
        result.stderr());
    assertEquals(1, result.stderr().lines().count());
  }

  @Test
  void nothingToFetchForStrokes() throws Exception {
    check(
        run("data", "fetch", "strokes"),
        0,
        "strokes is made by the program: there is nothing to fetch\n",
        "");
  }

  @Test
  @EnabledIf(value = "io.mnist4j.data.store.RealMnist#isPresent", disabledReason = RealMnist.ABSENT)
  void fetchesVerifiesAndLists() throws Exception {
    try (TestMirror mirror = RealMnist.mirror()) {
      CommandLineRun process =
          process().environment("MNIST4J_MIRRORS", mirror.base() + "{dataset}");
      check(
          process.run("data", "fetch", "--data-dir", "data"),
          0,
          lines("fetched  ", ".gz"),
          """
          fetching train-images-idx3-ubyte.gz (%.1f MB)
          fetching train-labels-idx1-ubyte.gz (0.0 MB)
          fetching t10k-images-idx3-ubyte.gz (%.1f MB)
          fetching t10k-labels-idx1-ubyte.gz (0.0 MB)
          """
              .formatted(megabytes(0), megabytes(2)));
      assertEquals("mnist/train-images-idx3-ubyte.gz", mirror.requests().get(0));
      check(process.run("data", "fetch", "--data-dir", "data"), 0, lines("present  ", ".gz"), "");
      check(
          process.run("data", "verify", "--data-dir", "data"),
          0,
          FILES.stream()
              .map(file -> "ok       mnist %1$s: data/mnist/%1$s.gz\n".formatted(file))
              .reduce("", String::concat),
          "");
      assertTrue(
          process
              .run("data", "list", "--data-dir", "data")
              .stdout()
              .contains("mnist           60000 + 10000   10       complete    data"),
          "list");
      assertEquals(4, mirror.requests().size());
    }
  }

  @Test
  @EnabledIf(value = "io.mnist4j.data.store.RealMnist#isPresent", disabledReason = RealMnist.ABSENT)
  void quietJsonIsJsonAndNothingElse() throws Exception {
    try (TestMirror mirror = RealMnist.mirror()) {
      Mnist4jProcess.Result result =
          process()
              .environment("MNIST4J_MIRRORS", mirror.base())
              .run("data", "fetch", "--quiet", "--format", "json", "--data-dir", "data");
      assertEquals(0, result.exitCode());
      assertEquals("", result.stderr());
      JsonNode mnist = new ObjectMapper().readTree(result.stdout()).get("datasets").get(0);
      assertEquals("mnist", mnist.get("name").asText());
      assertEquals(4, mnist.get("files").size());
      assertTrue(mnist.get("files").get(3).get("fetched").asBoolean());
    }
  }

  @Test
  @EnabledIf(value = "io.mnist4j.data.store.RealMnist#isPresent", disabledReason = RealMnist.ABSENT)
  void terminalSeesABar() throws Exception {
    try (TestMirror mirror = RealMnist.mirror()) {
      Mnist4jProcess.Result result =
          process()
              .environment("MNIST4J_MIRRORS", mirror.base())
              .jvmFlag("-Dmnist4j.terminal=true")
              .run("data", "fetch", "--data-dir", "data");
      assertEquals(0, result.exitCode());
      assertTrue(
          result.stderr().startsWith("\r\u001b[Ktrain-images-idx3-ubyte.gz ["), result.stderr());
      assertTrue(result.stderr().endsWith("\r\u001b[K"), "the bar is gone at the end");
    }
  }

  private CommandLineRun process() {
    return new CommandLineRun(directory);
  }

  private Mnist4jProcess.Result run(String... args) throws Exception {
    return process().run(args);
  }

  private static void check(
      Mnist4jProcess.Result result, int exitCode, String stdout, String stderr) {
    assertEquals(stderr, result.stderr().replace("\r\n", "\n"));
    assertEquals(stdout, result.stdout().replace("\r\n", "\n"));
    assertEquals(exitCode, result.exitCode());
  }

  private void corruptLabels() throws IOException {
    Path folder = Files.createDirectories(directory.toRealPath().resolve("data/mnist"));
    Files.write(folder.resolve("train-labels-idx1-ubyte"), new byte[3]);
  }

  private static String lines(String before, String after) {
    return FILES.stream()
        .map(file -> before + "data/mnist/" + file + after + "\n")
        .reduce("", String::concat);
  }

  private static double megabytes(int file) throws IOException {
    return Files.size(RealMnist.folder().resolve(FILES.get(file) + ".gz")) / 1e6;
  }
}
