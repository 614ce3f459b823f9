package io.mnist4j.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.store.DataSpec;
import io.mnist4j.run.Experiment;
import io.mnist4j.run.ExperimentFile;
import io.mnist4j.run.KitchenSink;
import io.mnist4j.run.RandomRecords;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlWriterTest {
  @TempDir Path directory;

  @Test
  void anyExperimentReadsBackTheSame() throws Exception {
    RandomRecords random = new RandomRecords(1);
    KeyType.Keys keys = KeyType.Keys.of(Experiment.class);
    Set<Object> different = new HashSet<>();
    Path file = directory.resolve("config.yaml");
    for (int i = 0; i < 500; i++) {
      Experiment experiment = (Experiment) random.next(keys);
      different.add(experiment);
      String yaml = ExperimentFile.toYaml(experiment);
      Files.writeString(file, yaml);
      assertEquals(experiment, ExperimentFile.read(List.of(file), List.of()), yaml);
      assertTrue(yaml.endsWith("\n"));
      // Settings are laid over the record itself, without the text in between.
      assertEquals(experiment, ExperimentFile.change(experiment, List.of()));
    }
    assertTrue(different.size() > 450, "experiments: " + different.size());
  }

  @Test
  void anyTypeReadsBackTheSame() throws Exception {
    RandomRecords random = new RandomRecords(2);
    for (int i = 0; i < 500; i++) {
      KitchenSink sink = (KitchenSink) random.next(KitchenSink.KEYS);
      assertEquals(sink, KitchenSink.read(sink.toYaml()), sink.toYaml());
      sink.toYaml().lines().forEach(line -> assertEquals(line.stripTrailing(), line));
    }
  }

  @Test
  void looksAsAPersonWouldWriteIt() throws Exception {
    KitchenSink sink =
        KitchenSink.read(
            """
            shape: {circle: {radius: 1e-7}}
            shapes: [nothing, circle, {circle: {radius: 20}}]
            points: [{x: -1}, {colour: red}]
            digits: []
            limit: 12345678
            origin: null
            label: "a: b"
            """);
    assertEquals(
        """

        shape:  # a choice; nothing, circle or flat-ring
          circle:
            radius: 1.0e-7  # in millimetres; at least 0; default 3.0

        shapes:  # several of them; nothing, circle or flat-ring
          - nothing
          - circle:
              radius: 1.0  # in millimetres; at least 0
          - circle:
              radius: 20.0

        points:  # records without a choice
          - x: -1  # to the right; default 1
            y: 2  # down
            colour: dark-blue  # its colour; red or dark-blue
          - x: 1
            y: 2
            colour: red

        digits: []  # whole numbers; 0 to 9; default [1, 2]

        is-open: true  # a truth

        limit: 1.2345678e+7  # a number or none; above 0; null for none; default null

        origin: null  # keys or none; null for none

        label: "a: b"  # a text; default "null"
        """,
        sink.toYaml());
  }

  @Test
  void numbersAreShortAndExact() {
    assertEquals("0.005", YamlWriter.shortest(5e-3));
    assertEquals("0.002", YamlWriter.shortest(2e-3));
    assertEquals("1.0e-7", YamlWriter.shortest(1e-7));
    assertEquals("0.0", YamlWriter.shortest(0));
    assertEquals("-0.0", YamlWriter.shortest(-0.0));
    assertEquals("100.0", YamlWriter.shortest(100));
    assertEquals("2.0e+22", YamlWriter.shortest(2e22));
    assertEquals("5.0e-324", YamlWriter.shortest(Double.MIN_VALUE));
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertEquals(value, Double.parseDouble(YamlWriter.shortest(value)));
      }
    }
  }

  @Test
  void longCommentsStandAboveTheirKey() {
    String yaml =
        ExperimentFile.toYaml(
            Experiment.DEFAULT.withData(DataSpec.DEFAULT.withDataset("x".repeat(60))));
    assertTrue(yaml.contains("\n  # a name such as mnist, or a folder or file of images; "), yaml);
    yaml.lines().forEach(line -> assertTrue(line.length() <= 100, line));
  }
}
