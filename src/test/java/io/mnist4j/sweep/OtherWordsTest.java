package io.mnist4j.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mnist4j.errors.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever comes from another program is told our words, and all that is wrong at once. */
class OtherWordsTest {
  @TempDir Path directory;

  private List<String> problems(String yaml) throws Exception {
    Path file = Files.writeString(directory.resolve("s.yaml"), yaml);
    return assertThrows(ConfigException.class, () -> Sweep.read(file, List.of(), List.of()))
        .problems()
        .stream()
        .map(problem -> problem.replace(file.toString(), "s.yaml"))
        .toList();
  }

  @Test
  void sweepOfWeightsAndBiases() throws Exception {
    assertEquals(
        List.of(
            "s.yaml:1: program is not a key; base and experiment say what runs; leave it out",
            "s.yaml:2: method must be grid, random or tpe, not 'bayes'; here it is tpe",
            "s.yaml:3: metric is not a key; here it is objective: {metric: validation-accuracy}",
            "s.yaml:4: run_cap is not a key; here it is trials",
            "s.yaml:5: early_terminate is not a key; here it is scheduler: asha,"
                + " hyperband or median",
            "s.yaml:6: parameters is not a key; here it is space"),
        problems(
            """
            program: train.py
            method: bayes
            metric: {name: val_acc, goal: maximize}
            run_cap: 10
            early_terminate: {type: hyperband}
            parameters: {lr: {min: 0.1, max: 1}}
            """));
  }

  @Test
  void rangesOfOthers() throws Exception {
    assertEquals(
        List.of(
            "s.yaml:3: training.batch-size: 'min' is none of choice, uniform, log-uniform, int, log,"
                + " when; here it is written {uniform: [low, high]} or {int: [low, high]}",
            "s.yaml:4: training.epochs: 'values' is none of choice, uniform, log-uniform, int, log,"
                + " when; here it is written [a, b, c]"),
        problems(
            """
            trials: 3
            space:
              training.batch-size: {min: 1, max: 2}
              training.epochs: {values: [1, 2]}
            """));
  }

  @Test
  void unknownKeysOfTheSpaceAreToldWithTheRest() throws Exception {
    assertEquals(
        List.of(
            "s.yaml:1: methodd is not a key; did you mean method?",
            "s.yaml:3: training.batch-size: 'uniformm' is none of choice, uniform, log-uniform, int,"
                + " log, when; did you mean uniform?",
            "s.yaml:4: training.epoch is not a key; did you mean epochs?"),
        problems(
            """
            methodd: tpe
            space:
              training.batch-size: {uniformm: [1, 2]}
              training.epoch: [1, 2]
            """));
  }
}
