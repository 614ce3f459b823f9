package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.data.idx.IdxFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** The commands of the page on people's own data, one after another. */
class OwnDataTest {
  @TempDir Path directory;

  @Test
  void everyCommandOfThePageWorks() throws Exception {
    IdxFixture.write(directory.resolve("small"), IdxFixture.rows(300, 60, 8, 8));
    List<String> results = new ArrayList<>();
    List<String> commands = PageCommands.of(Path.of("docs/own-data.md"));
    for (String line : commands) {
      Result result = run(line);
      assertEquals(0, result.exitCode(), line + "\n" + result.stderr());
      if (line.contains(" train ") && !line.contains("--set")) {
        results.add(result.stdout().replaceFirst("(?s).*\\((\\S+) on.*", "$1"));
      }
    }
    assertEquals(16, commands.size());
    assertEquals(4, results.size());
    assertEquals(1, results.stream().distinct().count(), results.toString());
    assertTrue(Files.size(directory.resolve("sheet.png")) > 500);
    JsonNode shown =
        new ObjectMapper()
            .readTree(
                new CommandLineRun(directory)
                    .run("data", "show", "mnist.npz", "--format", "json")
                    .stdout());
    assertEquals(360, shown.get("images").asInt());
    assertEquals(60, shown.get("parts").get("test").asInt());
    assertEquals("7", shown.get("classes").get(7).get("name").asText());
  }

  /** On small images instead of MNIST. */
  private Result run(String line) throws Exception {
    List<String> words = new ArrayList<>(List.of(line.split(" +", -1)));
    words.remove(0);
    words.replaceAll(word -> word.equals("mnist") ? "./small" : word);
    if (words.get(0).equals("train")) {
      words.addAll(List.of("--epochs", "1", "--no-report"));
    }
    return new CommandLineRun(directory).run(words.toArray(String[]::new));
  }
}
