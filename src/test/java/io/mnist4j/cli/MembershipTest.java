package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.data.idx.IdxFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Attacks on networks that learned pictures without a meaning: what they know is remembered. */
class MembershipTest {
  @TempDir static Path directory;

  @BeforeAll
  static void train() throws Exception {
    IdxFixture.write(directory.resolve("noise"), IdxFixture.TINY);
    train("plain");
    train("private", "training.privacy={epsilon: 0.5, delta: 1e-3}");
  }

  private static void train(String name, String... more) throws Exception {
    List<String> all =
        new ArrayList<>(List.of("train", "--dataset", "noise", "--name", name, "--epochs", "40"));
    all.addAll(List.of("--batch-size", "100", "--no-report"));
    all.addAll(List.of(more));
    assertDone(new CommandLineRun(directory).run(all.toArray(String[]::new)));
  }

  private static Result evaluate(String... args) throws Exception {
    String[] all = new String[args.length + 1];
    all[0] = "evaluate";
    System.arraycopy(args, 0, all, 1, args.length);
    return new CommandLineRun(directory).run(all);
  }

  private static void assertDone(Result result) {
    assertEquals(0, result.exitCode(), result.stderr());
  }

  private static JsonNode attack(String run) throws Exception {
    Result result = evaluate("runs/" + run, "--membership", "--shadows", "2", "--format", "json");
    assertDone(result);
    assertTrue(result.stderr().contains("Shadow network 2 of 2 learns from 125"), result.stderr());
    return new ObjectMapper().readTree(result.stdout());
  }

  @Test
  void whatAPlainNetworkRemembersIsFoundAndAPrivateOneRemembersLittle() throws Exception {
    JsonNode plain = attack("plain");
    assertEquals(200, plain.get("members").asInt());
    assertEquals(50, plain.get("others").asInt());
    assertTrue(plain.get("train-accuracy").asDouble() > 0.8, plain.toString());
    assertFalse(plain.has("epsilon"));
    assertEquals(2, plain.get("attacks").size());
    for (JsonNode attack : plain.get("attacks")) {
      double advantage = attack.get("advantage").asDouble();
      assertTrue(advantage > 0.4, plain.toString());
      assertTrue(attack.get("advantage-interval").get(0).asDouble() < advantage);
      assertTrue(attack.get("advantage-interval").get(1).asDouble() > advantage);
      assertTrue(attack.get("auc").asDouble() > 0.7, plain.toString());
    }
    JsonNode hidden = attack("private");
    double bound = hidden.get("largest-advantage").asDouble();
    assertEquals((Math.expm1(0.5) + 2e-3) / (Math.exp(0.5) + 1), bound, 1e-4);
    for (JsonNode attack : hidden.get("attacks")) {
      // Of 50 images, a fifth may go one way by chance.
      assertTrue(attack.get("advantage").asDouble() < bound + 0.2, hidden.toString());
    }
  }

  @Test
  void textSaysWhatItMeans() throws Exception {
    Result result = evaluate("runs/private", "--membership", "--shadows", "0");
    assertDone(result);
    String text = result.stdout();
    assertTrue(text.contains("200 members"), text);
    assertTrue(text.contains("Yeom et al. 2018"), text);
    assertFalse(text.contains("Shokri"), text);
    assertTrue(text.contains("Trained within epsilon 0.5000 at delta 0.001"), text);
    assertTrue(
        evaluate("runs/plain", "--membership", "--shadows", "0")
            .stdout()
            .contains("The training was not private"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--membership --dataset strokes | --membership asks for the images",
        "--membership --split train | --membership asks for the images",
        "--membership --shadows -1 | --shadows must be 0 to 1000, not -1",
      })
  void whatMakesNoSenseIsRefused(String options, String message) throws Exception {
    String[] words = ("runs/plain " + options).split(" ");
    Result result = evaluate(words);
    assertEquals(2, result.exitCode(), result.stderr());
    assertTrue(result.stderr().startsWith("mnist4j: " + message), result.stderr());
  }

  @Test
  void otherDataThanWasLearnedFromIsRefused() throws Exception {
    Path own = Files.createDirectory(directory.resolve("own"));
    IdxFixture.write(own.resolve("noise"), IdxFixture.TINY);
    Result trained =
        new CommandLineRun(own)
            .run("train", "--dataset", "noise", "--name", "m", "--epochs", "1", "--no-report");
    assertDone(trained);
    IdxFixture.write(own.resolve("noise"), IdxFixture.tiny(2));
    Result result = new CommandLineRun(own).run("evaluate", "runs/m", "--membership");
    assertEquals(2, result.exitCode());
    assertTrue(
        result.stderr().contains("learned from other data than noise holds"), result.stderr());
  }
}
