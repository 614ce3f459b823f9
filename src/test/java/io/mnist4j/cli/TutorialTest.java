package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.data.idx.IdxFixture;
import io.mnist4j.data.store.RealMnist;
import io.mnist4j.text.Json;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The commands of the front page and of the tutorials, one after another, on small images instead
 * of MNIST and with fewer epochs.
 */
class TutorialTest {
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");
  private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");

  @TempDir Path directory;

  @BeforeEach
  void makeData() throws Exception {
    IdxFixture.write(directory.resolve("small"), IdxFixture.rows(600, 120, 28, 28));
    BufferedImage one = new BufferedImage(60, 80, BufferedImage.TYPE_BYTE_GRAY);
    one.getRaster()
        .setSamples(27, 15, 6, 50, 0, IntStream.generate(() -> 255).limit(300).toArray());
    for (String name : List.of("digit.png", "my-digit.png")) {
      ImageIO.write(one, "png", directory.resolve(name).toFile());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "README.md, 5",
    "docs/tutorial/first-model.md, 5",
    "docs/tutorial/class.md, 9",
    "docs/tutorial/teacher.md, 0"
  })
  void everyCommandWorks(String page, int expected) throws Exception {
    Path document = Path.of(page);
    Matcher yaml = YAML.matcher(Files.readString(document));
    if (yaml.find()) {
      Files.writeString(directory.resolve("better.yaml"), yaml.group(1));
    }
    int commands = 0;
    for (String line : PageCommands.of(document)) {
      List<String> words = small(line);
      // Nothing is fetched in a test.
      if (!words.get(0).equals("data")) {
        commands++;
        assertWorks(line, words);
      }
    }
    assertEquals(expected, commands);
  }

  /** What a class is shown, on the real MNIST: the second table of figures in part 3. */
  @Test
  @EnabledIf(value = "io.mnist4j.data.store.RealMnist#isPresent", disabledReason = RealMnist.ABSENT)
  void aClassSeesTheFiguresOfThePage() throws Exception {
    String page = Files.readString(Path.of("docs/tutorial/class.md"));
    int runs = 0;
    for (String line : PageCommands.of(Path.of("docs/tutorial/class.md"))) {
      Matcher name = Pattern.compile(" --name (few|dropout|bent) ").matcher(line);
      if (!name.find()) {
        continue;
      }
      runs++;
      List<String> words = words(line);
      words.addAll(List.of("--dataset", "mnist", "--format", "json"));
      Result result =
          new CommandLineRun(directory)
              .environment("MNIST4J_DATA", RealMnist.folder().toAbsolutePath().toString())
              .run(words.toArray(String[]::new));
      double accuracy = Json.parse(result.stdout()).path("test-accuracy").asDouble();
      Matcher row =
          Pattern.compile("\\| `%s` \\| [\\d.]+ \\| ([\\d.]+) \\|".formatted(name.group(1)))
              .matcher(page);
      assertTrue(row.find());
      // Kernels of OpenBLAS differ in last bits, and sixty epochs make more of them.
      assertEquals(Double.parseDouble(row.group(1)), accuracy, 0.008, line);
    }
    assertEquals(3, runs);
  }

  private void assertWorks(String line, List<String> words) throws Exception {
    if (words.get(0).equals("serve")) {
      assertServes(words);
      return;
    }
    Result result = new CommandLineRun(directory).run(words.toArray(String[]::new));
    assertEquals(0, result.exitCode(), line + "\n" + result.stderr());
  }

  /** Until it tells its address. */
  private void assertServes(List<String> words) throws Exception {
    words.addAll(List.of("--port", "0"));
    Process server = new Mnist4jProcess(directory).start(words.toArray(String[]::new));
    try {
      while (!said().contains("http://")) {
        assertTrue(server.isAlive(), this::said);
        Thread.sleep(50);
      }
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  private String said() {
    try {
      return Files.readString(directory.resolve("stdout.txt"))
          + Files.readString(directory.resolve("stderr.txt"));
    } catch (IOException e) {
      return "";
    }
  }

  /** The words of a command, on small images and with short trainings. */
  private List<String> small(String line) {
    List<String> words = words(line);
    words.replaceAll(TutorialTest::smallWord);
    if (words.get(0).equals("train")) {
      words.addAll(List.of("--dataset", directory.resolve("small").toString()));
      words.addAll(words.contains("--epochs") ? List.of() : List.of("--epochs", "1"));
    }
    return words;
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher found = WORD.matcher(line.replaceFirst(" #.*", "").replace("scripts/mnist4j ", ""));
    while (found.find()) {
      words.add(found.group().replaceAll("^[\"']|[\"']$", ""));
    }
    return words;
  }

  private static String smallWord(String word) {
    return switch (word) {
      case "60", "6", "10" -> "2"; // epochs
      case "data.limit=5000" -> "data.limit=550";
      default -> word;
    };
  }
}
