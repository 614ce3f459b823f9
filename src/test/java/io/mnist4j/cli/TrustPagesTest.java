package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.data.idx.IdxFixture;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The commands of the pages on fairness, privacy, federated learning, explanations, energy and
 * model cards, one after another, on small images instead of MNIST and with fewer epochs.
 */
class TrustPagesTest {
  private static final int TRAIN = 600;
  private static final int TEST = 120;

  @TempDir Path directory;

  @BeforeEach
  void makeDataAndARun() throws Exception {
    IdxFixture.write(directory.resolve("small"), IdxFixture.rows(TRAIN, TEST, 28, 28));
    Files.writeString(directory.resolve("train-writers.csv"), writers(TRAIN));
    Files.writeString(directory.resolve("test-writers.csv"), writers(TEST));
    BufferedImage seven = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
    seven.getRaster().setSamples(8, 4, 3, 20, 0, IntStream.generate(() -> 255).limit(60).toArray());
    ImageIO.write(seven, "png", directory.resolve("seven.png").toFile());
    for (String name : List.of("mine", "default-mnist-1")) {
      assertEquals(
          0,
          run(List.of("train", "--dataset", "./small", "--epochs", "2", "--name", name))
              .exitCode());
    }
  }

  private static String writers(int images) {
    return IntStream.range(0, images)
        .mapToObj(i -> "%d,%d,w%d\n".formatted(i, i % 2 * 4, i % 20))
        .collect(Collectors.joining("", "index,hsf,writer\n", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "fairness, 7",
    "privacy, 7",
    "federate, 6",
    "explain, 3",
    "energy, 3",
    "model-card, 2"
  })
  void everyCommandOfThePageWorks(String page, int expected) throws Exception {
    int commands = 0;
    for (String line : PageCommands.of(Path.of("docs/how-to/" + page + ".md"))) {
      if (canRunHere(line)) {
        commands++;
        Result result = run(small(line));
        assertTrue(
            result.exitCode() == 0 || (line.contains("--max-gap") && result.exitCode() == 4),
            line + "\n" + result.stderr());
      }
    }
    assertEquals(expected, commands);
  }

  /** Not what fetches from afar, or needs a cluster. */
  private static boolean canRunHere(String line) {
    return !line.contains("data fetch") && !line.contains("--master");
  }

  /** The words of a command, on small images and with short trainings. */
  private List<String> small(String line) {
    List<String> words = PageCommands.words(line);
    words.replaceAll(this::smallWord);
    String command = words.get(0);
    if (List.of("train", "federate", "evaluate", "explain").contains(command)
        && !words.contains("--dataset")
        && !words.contains("--membership")) {
      words.addAll(List.of("--dataset", "./small"));
    }
    if (command.equals("train")) {
      words.addAll(words.contains("--epochs") ? List.of() : List.of("--epochs", "1"));
      words.add("--no-report");
      if (line.contains("data.groups=") || line.contains("--config fair")) {
        words.add("data.groups=" + directory.resolve("train-writers.csv"));
        words.add("data.group-column=hsf");
      }
    } else if (command.equals("federate")) {
      words.addAll(List.of("clients={iid: {count: 10}}", "--no-report"));
      words.addAll(words.contains("--rounds") ? List.of() : List.of("--rounds", "2"));
    } else if (line.contains("--groups") && !words.contains("--group-column")) {
      words.addAll(List.of("--group-column", "hsf"));
    }
    return words;
  }

  private String smallWord(String word) {
    return switch (word) {
      case "mnist-writers", "my-groups.csv" -> directory.resolve("test-writers.csv").toString();
      case "mnist" -> "./small";
      case "fair", "private" -> Path.of("configs", word + ".yaml").toAbsolutePath().toString();
      case "10" -> "1"; // epochs
      case "50", "60" -> "2"; // rounds
      case "100" -> "3"; // rounds
      case "1024" -> "100"; // images of a batch
      default -> word;
    };
  }

  private Result run(List<String> words) throws Exception {
    return new CommandLineRun(directory)
        .jvmFlag("-Dmnist4j.home=" + Path.of("").toAbsolutePath())
        .run(words.toArray(String[]::new));
  }
}
