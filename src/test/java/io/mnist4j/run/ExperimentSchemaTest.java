package io.mnist4j.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.mnist4j.config.KeyType;
import io.mnist4j.errors.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema says of a file what the reader says, and an independent validator understands it. */
class ExperimentSchemaTest {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private static final Path CONFIGS = Path.of("configs");

  @TempDir Path directory;

  @Test
  void fileIsThatOfTheRecords() throws Exception {
    Path shipped = CONFIGS.resolve("schema.json");
    assertEquals(
        ShippedConfigs.contents().get(shipped),
        Files.readString(shipped),
        shipped + " is not that of the records; ShippedConfigs writes it anew");
  }

  @Test
  void isASchema() throws Exception {
    Schema meta =
        REGISTRY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    assertEquals(List.of(), meta.validate(ExperimentSchema.toJson(), InputFormat.JSON));
  }

  @Test
  void acceptsWhatIsShipped() throws Exception {
    try (Stream<Path> files = Files.list(CONFIGS)) {
      List<Path> configs = files.filter(file -> file.toString().endsWith(".yaml")).toList();
      assertTrue(configs.size() >= 2, configs.toString());
      for (Path config : configs) {
        String yaml = Files.readString(config);
        assertEquals(List.of(), problems(yaml), config.toString());
        assertTrue(
            yaml.startsWith("# yaml-language-server: $schema=schema.json\n"), config.toString());
      }
    }
  }

  @Test
  void acceptsEveryExperiment() throws Exception {
    RandomRecords random = new RandomRecords(3);
    for (int i = 0; i < 100; i++) {
      Record experiment = random.next(KeyType.Keys.of(Experiment.class));
      String yaml = ExperimentFile.toYaml((Experiment) experiment);
      assertEquals(List.of(), problems(yaml), yaml);
    }
    Schema schema = schema(ExperimentSchema.of(KitchenSink.KEYS).toString());
    for (int i = 0; i < 100; i++) {
      String yaml = ((KitchenSink) random.next(KitchenSink.KEYS)).toYaml();
      assertEquals(List.of(), schema.validate(yaml, InputFormat.YAML), yaml);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "epochs: 3",
        "seed: x",
        "seed: 1.5",
        "seed: null",
        "seed: \"1\"",
        "seed: true",
        "seed: [1]",
        "training: 3",
        "training: [1]",
        "training: {epochs: 0}",
        "training: {epochs: 100001}",
        "training: {epochs: 99999999999}",
        "training: {batch-size: 0}",
        "training: {batch-size: 99999999999}",
        "data: {dataset: [mnist]}",
        "data: {dataset: {mnist: 1}}",
        "model: {layers: {dense: {}}}",
        "model: {layers: [3]}",
        "model: {layers: [dens]}",
        "model: {layers: [{dens: {}}]}",
        "model: {layers: [{dense: {units: 0}}]}",
        "model: {layers: [{dense: {unit: 1}}]}",
        "model: {layers: [{dense: {activation: relux}}]}",
        "model: {layers: [{dense: {}, units: 3}]}",
        "model: {layers: [{}]}",
      })
  void refusesWhatTheReaderRefuses(String yaml) throws Exception {
    assertFalse(problems(yaml).isEmpty(), yaml);
    Path file = Files.writeString(directory.resolve("wrong.yaml"), yaml);
    assertThrows(ConfigException.class, () -> ExperimentFile.read(List.of(file), List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shape: {circle: {radius: -1}}",
        "shape: {circle: {}, nothing: {}}",
        "shape: {nothing: {x: 1}}",
        "shape: null",
        "shapes: [null]",
        "shapes: [{flat-ring: {outer: 101}}]",
        "points: [{x: 1, z: 2}]",
        "points: [1]",
        "digits: [1, 10]",
        "digits: 1",
        "digits: [1.5]",
        "is-open: 1",
        "is-open: \"true\"",
        "limit: 0",
        "limit: none",
        "origin: 0",
        "label: null",
      })
  void refusesWhatTheReaderRefusesOfEveryType(String yaml) throws Exception {
    Schema schema = schema(ExperimentSchema.of(KitchenSink.KEYS).toString());
    assertFalse(schema.validate(yaml, InputFormat.YAML).isEmpty(), yaml);
    assertThrows(ConfigException.class, () -> KitchenSink.read(yaml));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "shape: circle",
        "shape: {circle: }",
        "shape: {nothing: {}}",
        "shapes: []",
        "points: [{}]",
        "points: [null]",
        "limit: null",
        "origin: null",
        "origin: {}",
        "is-open: false",
      })
  void acceptsWhatTheReaderAccepts(String yaml) throws Exception {
    Schema schema = schema(ExperimentSchema.of(KitchenSink.KEYS).toString());
    assertEquals(List.of(), schema.validate(yaml, InputFormat.YAML), yaml);
    KitchenSink.read(yaml);
  }

  private static List<Error> problems(String yaml) throws Exception {
    return schema(ExperimentSchema.toJson()).validate(yaml, InputFormat.YAML);
  }

  private static Schema schema(String json) {
    return REGISTRY.getSchema(json);
  }
}
