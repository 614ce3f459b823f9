package io.mnist4j.data.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.ImageSize;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.run.Experiment;
import io.mnist4j.run.ExperimentFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSpecTest {
  @TempDir Path directory;

  @Test
  void pathsBecomeAbsolute() {
    Path here = Path.of("").toAbsolutePath();
    assertEquals(here.resolve("a/b").toString(), dataset("a/b"));
    assertEquals(here.resolve("a").toString(), dataset("./x/../a/"));
    assertEquals(here.toString(), dataset("."));
    assertEquals(here.getParent().toString(), dataset(".."));
    assertEquals(here.resolve("src").toString(), dataset("src"), "a folder that is there");
    assertTrue(DataSpec.DEFAULT.withDataset("src").isPath());
  }

  @Test
  void namesStayNames() {
    for (String name :
        List.of("mnist", "strokes", "auto", "mnits", "", " ", "no-such-folder", "a\0")) {
      assertEquals(name, dataset(name));
      assertFalse(DataSpec.DEFAULT.withDataset(name).isPath());
    }
  }

  @Test
  void validationIsTheTestSetOrAShare() throws Exception {
    assertEquals(0, read("data: {validation: test}").validationShare());
    assertEquals(0.1, read("data: {validation: 0.1}").validationShare());
    assertEquals(0.5, read("data: {validation: .5}").validationShare());
    assertEquals("0.1", read("data: {validation: 0.10}").validation(), "one way to write it");
    for (String wrong : List.of("0", "0.51", "1", "-0.1", "10%", ".nan", "train", "''", "NaN")) {
      assertRefused(
          "data: {validation: " + wrong + "}",
          "validation must be auto, test, or a share of the training images above 0 and at most 0.5");
    }
  }

  @Test
  void dataMayBringItsOwnTestAndValidationImages() throws Exception {
    assertEquals(0, read("data: {validation: auto}").validationShare());
    assertEquals(0.2, read("data: {test: 0.2}").test());
    for (String wrong : List.of("0", "0.51", "-0.1", ".nan", "test")) {
      assertRefused("data: {test: " + wrong + "}", "data.test must be");
    }
  }

  @Test
  void picturesAndRowsHaveASizeAndAForm() throws Exception {
    assertEquals(Optional.empty(), read("data: {size: auto}").imageSize());
    assertEquals(Optional.of(new ImageSize(20, 30)), read("data: {size: 20x30}").imageSize());
    assertRefused(
        "data: {size: 28}", "data.size must be auto or such as 28x28: an image size is written");
    assertEquals("digits", read("data: {form: digits}").form());
    assertRefused(
        "data: {form: digit}", "data.form must be one of auto, as-is, digits, not 'digit'");
    assertEquals("class", read("data: {label-column: class}").labelColumn());
    assertRefused("data: {label-column: ''}", "data.label-column must be auto, first, last or");
  }

  @Test
  void classesAreNamesOrNumbers() throws Exception {
    assertEquals(List.of("Sneaker", "3"), read("data: {classes: [Sneaker, 3]}").classes());
    assertEquals(List.of(), read("data: {classes: []}").classes());
    assertRefused("data: {classes: [3]}", "data.classes must be at least two, or none for all");
    assertRefused("data: {classes: [3, 4, 3]}", "data.classes must differ, not [3, 4, 3]");
    assertRefused("data: {classes: 3}", "data.classes must be a list");
  }

  @Test
  void limitIsNotNegative() throws Exception {
    assertEquals(5, read("data: {limit: 5}").limit());
    assertRefused("data: {limit: -1}", "data.limit must be 0 (all) or more, not -1");
  }

  @Test
  void whatIsWrittenReadsTheSame() throws Exception {
    Experiment experiment =
        ExperimentFile.read(
            List.of(
                write(
                    "data: {dataset: 'odd #name/x', limit: 9, classes: [a b, 1], validation: 0.2}")),
            List.of());
    assertTrue(Path.of(experiment.data().dataset()).isAbsolute());
    assertEquals(
        experiment,
        ExperimentFile.read(List.of(write(ExperimentFile.toYaml(experiment))), List.of()));
  }

  @Test
  void anotherDatasetLeavesTheRest() {
    DataSpec spec =
        new DataSpec("auto", 7, List.of("1", "2"), "0.1", 0.2, "28x28", "digits", "last");
    assertEquals(
        new DataSpec("mnist", 7, List.of("1", "2"), "0.1", 0.2, "28x28", "digits", "last"),
        spec.withDataset("mnist"));
  }

  @Test
  void whatNoSystemTakesForAPathIsRefused() {
    assertRefused("data: {dataset: \"a/\\0\"}", "data.dataset must be a name, a folder or a file");
  }

  private static String dataset(String given) {
    return DataSpec.DEFAULT.withDataset(given).dataset();
  }

  private DataSpec read(String yaml) throws Exception {
    return ExperimentFile.read(List.of(write(yaml)), List.of()).data();
  }

  private void assertRefused(String yaml, String expected) {
    String message = assertThrows(ConfigException.class, () -> read(yaml)).getMessage();
    assertTrue(message.contains(expected), message);
  }

  private Path write(String yaml) throws Exception {
    return Files.writeString(directory.resolve("file.yaml"), yaml);
  }
}
