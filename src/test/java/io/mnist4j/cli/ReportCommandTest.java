package io.mnist4j.cli;

import static io.mnist4j.cli.Mnist4jProcess.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.data.idx.IdxFixture;
import java.io.StringReader;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** {@code report}, and what {@code train} leaves of it. */
class ReportCommandTest {
  private static final List<String> EVIL_NAMES =
      List.of("<script>alert(1)</script>", "a & b", "\"quoted\" 'twice'", "Größe");

  private static final Pattern SVG = Pattern.compile("<svg .*?</svg>", Pattern.DOTALL);

  @TempDir static Path shared;
  @TempDir Path directory;
  private static Result trained;
  private static Path run;

  @BeforeAll
  static void trainOnce() throws Exception {
    Path rows = IdxFixture.write(shared.resolve("rows"), IdxFixture.rows(400, 80, 4, 6));
    Files.writeString(rows.resolve("classes.txt"), String.join("\n", EVIL_NAMES));
    trained = train("--name", "one", "--epochs", "2", "--lr", "0.0018");
    run = shared.resolve("runs/one");
  }

  private static Result train(String... options) throws Exception {
    List<String> all =
        Stream.concat(Stream.of("train", "--dataset", "./rows"), Stream.of(options)).toList();
    return new CommandLineRun(shared).run(all.toArray(String[]::new));
  }

  @Test
  void trainLeavesAPage() throws Exception {
    assertEquals(0, trained.exitCode(), trained.stderr());
    assertTrue(
        trained.stderr().stripTrailing().endsWith("Report: " + Path.of("runs/one/report.html")),
        trained.stderr());
    assertFalse(Files.exists(run.resolve("plots")), "plots are for the command");
    String page = Files.readString(run.resolve("report.html"));
    for (String heading :
        List.of(
            "Learning curves",
            "What was taken for what",
            "Classes and confidence",
            "The most confident mistakes",
            "What the first layer looks for",
            "Settings",
            "Where it comes from")) {
      assertTrue(page.contains("<h2>" + heading + "</h2>"), heading);
    }
    assertTrue(page.contains("learning-rate: 0.0018"));
    assertTrue(page.contains(IdxFixture.sha256(Files.readAllBytes(rowsFile()))));
    assertTrue(page.contains(System.getProperty("java.version")));
  }

  private static Path rowsFile() {
    return shared.resolve("rows/t10k-labels-idx1-ubyte");
  }

  @Test
  void pageNeedsNothingButItself() throws Exception {
    String page = Files.readString(run.resolve("report.html"));
    assertTrue(page.contains("default-src 'none'"));
    assertFalse(page.matches("(?s).*(href=|src=\"(?!data:)|@import|url\\().*"));
    // The only addresses are the names of XML vocabularies.
    assertEquals(
        "", page.replace("http://www.w3.org/2000/svg", "").replaceAll("(?s)[^:]+|:(?!//)", ""));
  }

  @Test
  void whatComesFromFilesIsEscaped() throws Exception {
    String page = Files.readString(run.resolve("report.html"));
    assertFalse(page.contains("<script"));
    assertTrue(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assertTrue(page.contains("a &amp; b"));
    // In an attribute quotes would end it; in an element they mean nothing.
    assertTrue(page.contains("&#34;quoted&#34; &#39;twice&#39;"));
    assertTrue(page.contains("<th scope=\"row\">\"quoted\" 'twice'</th>"));
    assertTrue(page.contains("Größe"));
    List<String> plots = SVG.matcher(page).results().map(match -> match.group()).toList();
    assertEquals(5, plots.size());
    for (String plot : plots) {
      Document document = xml(plot);
      assertEquals("img", document.getDocumentElement().getAttribute("role"));
      assertFalse(document.getElementsByTagName("desc").item(0).getTextContent().isBlank(), plot);
    }
  }

  @Test
  void everyMistakeIsShownWithWhatItIs() throws Exception {
    Result evaluated =
        new CommandLineRun(directory)
            .run("evaluate", run.resolve("model.zip").toString(), "-o", "figures");
    assertEquals(0, evaluated.exitCode(), evaluated.stderr());
    List<String> mistakes = Files.readAllLines(directory.resolve("figures/mistakes.csv"));
    int count = mistakes.size() - 1;
    assertTrue(count > 0, "nothing to show");
    String page = Files.readString(run.resolve("report.html"));
    int shown = page.split("<li>", -1).length - 1;
    assertEquals(Math.min(24, count), shown);
    String first = mistakes.get(1);
    String image = first.substring(0, first.indexOf(','));
    assertTrue(page.indexOf("alt=\"image " + image + ": ") > 0, first);
    assertEquals(page.indexOf("alt=\"image "), page.indexOf("alt=\"image " + image + ": "));
  }

  @Test
  void commandAlsoWritesPlots() throws Exception {
    Result result = report(run.toString(), "--output", "shown");
    assertEquals(0, result.exitCode(), result.stderr());
    assertEquals(Path.of("shown/report.html").toString(), result.stdout().strip());
    assertEquals(
        Files.readString(run.resolve("report.html")),
        Files.readString(directory.resolve("shown/report.html")));
    int mistakes = Files.readString(run.resolve("report.html")).split("<li>", -1).length - 1;
    Set<String> names = names(directory.resolve("shown/plots"));
    assertEquals(
        Set.of(
            "accuracy.svg",
            "calibration.svg",
            "classes.svg",
            "confusion.svg",
            "loss.svg",
            "mistakes.svg",
            "weights.svg"),
        names);
    for (String name : names) {
      Document document = xml(Files.readString(directory.resolve("shown/plots").resolve(name)));
      int images = document.getElementsByTagName("image").getLength();
      assertEquals(
          name.equals("weights.svg") ? 1 : name.equals("mistakes.svg") ? mistakes : 0, images);
    }
  }

  @Test
  void comparesRuns() throws Exception {
    assertEquals(0, train("--name", "two", "--epochs", "3", "--no-report").exitCode());
    assertFalse(Files.exists(shared.resolve("runs/two/report.html")));
    Result result = report(run.toString(), shared.resolve("runs/two").toString());
    assertEquals(0, result.exitCode(), result.stderr());
    assertEquals(Path.of("comparison/report.html").toString(), result.stdout().strip());
    String page = Files.readString(directory.resolve("comparison/report.html"));
    assertTrue(
        page.contains(
            "<th scope=\"row\">training.optimizer.learning-rate</th><td>0.0018</td><td>0.005</td>"),
        page);
    assertTrue(page.contains("<th scope=\"row\">training.epochs</th><td>2</td><td>3</td>"));
    assertFalse(page.contains("training.batch-size"), "is the same in both");
    assertTrue(page.contains("Best on its test images: two with "), page);
    assertTrue(page.contains("<div class=\"whole\"><div class=\"scroll\""), "nothing is cut off");
    assertTrue(Files.exists(directory.resolve("comparison/plots/accuracy.svg")));
  }

  @Test
  void saysWhereChanceMayHaveDecided() throws Exception {
    Path twin = directory.resolve("twin");
    Files.createDirectory(twin);
    for (String file : List.of("config.yaml", "metrics.csv", "summary.json")) {
      Files.copy(run.resolve(file), twin.resolve(file));
    }
    assertEquals(0, report(run.toString(), twin.toString()).exitCode());
    String page = Files.readString(directory.resolve("comparison/report.html"));
    assertTrue(page.contains("; its 95 % interval overlaps that of twin."), page);
    assertTrue(page.contains("None: these runs are of one experiment."), page);
  }

  @Test
  void runWhoseDataIsGoneIsShownWithoutIt() throws Exception {
    Path copy = copy();
    Files.move(shared.resolve("rows"), shared.resolve("rows-away"));
    Result result;
    try {
      result = report("copy");
    } finally {
      Files.move(shared.resolve("rows-away"), shared.resolve("rows"));
    }
    assertEquals(0, result.exitCode(), result.stderr());
    assertTrue(
        result.stderr().startsWith("mnist4j: WARNING: the report goes without test images: "),
        result.stderr());
    String page = Files.readString(copy.resolve("report.html"));
    assertTrue(page.contains("Without the test images"));
    assertTrue(page.contains("Learning curves"));
    assertFalse(page.contains("The most confident mistakes"));
  }

  @Test
  void runThatHasNotEndedIsShownSoFar() throws Exception {
    Path copy = copy();
    Files.delete(copy.resolve("summary.json"));
    Files.delete(copy.resolve("model.zip"));
    Result result = report("copy");
    assertEquals(0, result.exitCode(), result.stderr());
    String page = Files.readString(copy.resolve("report.html"));
    assertTrue(page.contains("This run is not finished"));
    assertTrue(page.contains("Epochs so far"));
  }

  @Test
  void whatIsNoRunIsRefused() throws Exception {
    assertRefused(report("none"), 3, "none: no such run");
    assertRefused(report("."), 3, ". is no run with an epoch to show");
    assertRefused(report(), 2, "RUN");
    Path copy = copy();
    Files.writeString(copy.resolve("metrics.csv"), "epoch,train-loss\n1,1\n");
    assertRefused(
        report("copy"),
        3,
        "metrics.csv:1: expected the columns epoch, train-loss, validation-loss, validation-accuracy,"
            + " seconds, found 'epoch,train-loss'");
    String header = "epoch,train-loss,validation-loss,validation-accuracy,seconds\n";
    for (String line : List.of("1,1,x,1,1", "1,1,1,1", "1,1,1,1,1,1", "1,1,1,1,")) {
      Files.writeString(copy.resolve("metrics.csv"), header + line + "\n");
      String message = "metrics.csv:2: expected 5 numbers, found '" + line + "'";
      assertRefused(report("copy"), 3, message);
    }
    Files.copy(run.resolve("metrics.csv"), copy.resolve("metrics.csv"), REPLACE);
    Files.writeString(copy.resolve("summary.json"), "{\"images\": 1}");
    assertRefused(report("copy"), 3, "summary.json: lacks \"dataset\"");
    Files.writeString(copy.resolve("summary.json"), "{");
    assertRefused(report("copy"), 3, "summary.json is not JSON");
    assertRefused(report("copy", run.toString()), 3, "summary.json is not JSON");
  }

  @Test
  void unwritablePlaceIsNamed() throws Exception {
    Files.writeString(directory.resolve("file"), "");
    assertRefused(report(run.toString(), "--output", "file"), 3, "file");
  }

  private static final CopyOption REPLACE = StandardCopyOption.REPLACE_EXISTING;

  private Path copy() throws Exception {
    Path copy = Files.createDirectory(directory.resolve("copy"));
    for (String file : List.of("config.yaml", "metrics.csv", "summary.json", "model.zip")) {
      Files.copy(run.resolve(file), copy.resolve(file));
    }
    return copy;
  }

  private Result report(String... arguments) throws Exception {
    List<String> all = Stream.concat(Stream.of("report"), Stream.of(arguments)).toList();
    return new CommandLineRun(directory).run(all.toArray(String[]::new));
  }

  private static Set<String> names(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Document xml(String text) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text)));
  }
}
