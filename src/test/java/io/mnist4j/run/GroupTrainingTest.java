package io.mnist4j.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.idx.IdxFixture;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DataException;
import io.mnist4j.train.TrainingGroups;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Training by groups of images. */
class GroupTrainingTest {
  @TempDir Path directory;
  private RunFixture runs;
  private Path table;

  /** 50 of 200 images are of group b: every fourth of a hundred, 25, and those from 175 on. */
  private static String group(int image) {
    return image < 100 ? (image % 4 == 3 ? "b" : "a") : image >= 175 ? "b" : "a";
  }

  @BeforeEach
  void makeDataset() throws Exception {
    runs = new RunFixture(directory);
    StringBuilder text = new StringBuilder("index,label,group,other\n");
    for (int image = 0; image < 200; image++) {
      text.append("%d,%d,%s,x\n".formatted(image, image % 4, group(image)));
    }
    table = Files.writeString(directory.resolve("groups.csv"), text);
  }

  private TrainingInputs inputs(String... settings) throws Exception {
    String[] all = Arrays.copyOf(settings, settings.length + 1);
    all[settings.length] = "data.groups=" + table;
    TrainingInputs inputs = runs.session(runs.experiment(all)).inputs();
    inputs.modelSummary();
    return inputs;
  }

  @Test
  void groupsChangeNothingUnlessAsked() throws Exception {
    assertTrue(inputs().groups().isEmpty());
    assertArrayEquals(
        parameters(runs.train("plain")), parameters(runs.train("named", "data.groups=" + table)));
  }

  /** As classes have them: n / (groups * images of the group). */
  @Test
  void balancedWeightsAreInverseToTheGroupsSizes() throws Exception {
    TrainingGroups groups = inputs("training.group-weights=balanced").groups().orElseThrow();
    assertEquals(List.of(200 / 2.0 / 150, 200 / 2.0 / 50), groups.weights());
    assertEquals(
        List.of(1.0, 3.0), inputs("training.group-weights={b: 3}").groups().get().weights());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"data.limit=60", "data.validation=0.3", "data.folds=3", "data.classes=[1, 3]"})
  void imagesKeepTheirGroupsWhateverIsChosen(String setting) throws Exception {
    assertAligned(inputs(setting, "training.group-balanced-batches=true"));
  }

  @Test
  void imagesKeepTheirGroupsBesideExcludedOnes() throws Exception {
    Path excluded =
        Files.writeString(
            directory.resolve("issues.csv"), "split,index,label\ntrain,0,0\ntrain,5,1\n");
    // Excluded ones need no row.
    Files.writeString(table, Files.readString(table).replace("\n5,1,a,x\n", "\n"));
    TrainingInputs inputs =
        inputs("data.exclude=" + excluded, "training.group-weights=balanced", "data.limit=90");
    assertAligned(inputs);
  }

  private static void assertAligned(TrainingInputs inputs) {
    TrainingGroups groups = inputs.groups().orElseThrow();
    ImageSet train = inputs.images().train();
    assertEquals(train.size(), groups.ofImages().length);
    for (int image = 0; image < train.size(); image++) {
      String expected = group(train.row(image));
      assertEquals(expected.equals("a") ? 0 : 1, groups.ofImages()[image]);
      ImageSet all = inputs.images().dataset().train();
      int row = train.row(image);
      if (all.size() == 200) {
        assertArrayEquals(all.pixels(row), train.pixels(image));
      }
    }
  }

  private static float[] parameters(RunSummary run) {
    return run.trained().network().params().toFloatVector();
  }

  @Test
  void weightsAndBalanceChangeTheTraining() throws Exception {
    String groups = "data.groups=" + table;
    float[] plain = parameters(runs.train("plain"));
    assertArrayEquals(
        plain, parameters(runs.train("ones", groups, "training.group-weights={a: 1, b: 1}")));
    assertFalse(
        Arrays.equals(plain, parameters(runs.train("b", groups, "training.group-weights={b: 4}"))));
    assertFalse(
        Arrays.equals(
            plain, parameters(runs.train("even", groups, "training.group-balanced-batches=true"))));
  }

  @Test
  void theRunKnowsItsTableByContent() throws Exception {
    runs.train("run", "data.groups=" + table, "training.group-weights=balanced");
    String yaml = Files.readString(directory.resolve("run/config.yaml"));
    assertTrue(yaml.contains("groups: " + table), yaml);
    assertTrue(yaml.contains(IdxFixture.sha256(Files.readAllBytes(table))), yaml);
    Experiment again =
        ExperimentFile.read(List.of(directory.resolve("run/config.yaml")), List.of());
    runs.session(again);
    Files.writeString(table, Files.readString(table).replace("199,3,b,x", "199,3,a,x"));
    DataException changed = assertThrows(DataException.class, () -> runs.session(again));
    assertTrue(changed.getMessage().contains("groups.csv has changed"), changed.getMessage());
  }

  /** What a run that was not cut makes. */
  @Test
  void aRunGoesOnToTheSameBits() throws Exception {
    String[] settings = {
      "data.groups=" + table,
      "training.group-weights={b: 2}",
      "training.group-balanced-batches=true",
      "training.schedule.name=constant"
    };
    float[] whole = parameters(runs.train("whole", settings));
    String[] less = Arrays.copyOf(settings, settings.length + 1);
    less[settings.length] = "training.epochs=1";
    runs.train("cut", less);
    assertArrayEquals(whole, parameters(runs.train("cut", settings)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "training.group-weights=equal | group-weights must be none, balanced or numbers for groups,"
            + " {a: 2, b: 0.5}, not 'equal'",
        "training.group-weights={b: 0} | group-weights must be above 0 and at most 1000000, not 0.0"
            + " for 'b'",
        "training.group-weights={c: 2} | training.group-weights: there is no group 'c' (there are"
            + " a, b)",
        "data.group-column=groups | has no column 'groups' of groups (there are label, group,"
            + " other); did you mean group?",
      })
  void whatIsWrongIsNamed(String setting, String message) {
    ConfigException refused = assertThrows(ConfigException.class, () -> inputs(setting));
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
  }

  @Test
  void weightsNeedATable() {
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () ->
                runs.session(runs.experiment("training.group-weights=balanced"))
                    .inputs()
                    .modelSummary());
    assertTrue(
        refused.getMessage().contains("training.group-weights needs data.groups"),
        refused.getMessage());
    ConfigException column =
        assertThrows(ConfigException.class, () -> runs.experiment("data.group-column=hsf"));
    assertTrue(column.getMessage().contains("group-column needs groups"), column.getMessage());
  }
}
