package io.mnist4j.cli;

import static io.mnist4j.cli.Mnist4jProcess.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.data.catalogue.FileRole;
import io.mnist4j.data.idx.IdxFixture;
import io.mnist4j.data.imagefolder.PictureFolder;
import io.mnist4j.model.Provenance;
import io.mnist4j.model.archive.ModelArchive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training on pictures that are sorted by class, and testing on them. */
class PictureFolderCommandTest {
  private static final int HEIGHT = 8;
  private static final int WIDTH = 6;

  @TempDir Path directory;
  private Map<FileRole, byte[]> rows;

  @BeforeEach
  void makeRows() {
    rows = IdxFixture.rows(400, 80, HEIGHT, WIDTH);
  }

  @Test
  void picturesTrainToTheSameBitsAsIdxFiles() throws Exception {
    Path idx = IdxFixture.write(directory.resolve("idx"), rows);
    PictureFolder pictures = new PictureFolder(directory.resolve("pictures"));
    add(pictures, "train/", FileRole.TRAIN_IMAGES, FileRole.TRAIN_LABELS);
    add(pictures, "test/", FileRole.TEST_IMAGES, FileRole.TEST_LABELS);
    train("idx", idx, 0);
    Result trained = train("pictures", pictures.path(), 0);
    assertTrue(
        trained
            .stderr()
            .startsWith("Training on pictures: 400 images, 80 to validate and to test"));
    assertEquals(
        ModelArchive.read(model("idx")).network().params(),
        ModelArchive.read(model("pictures")).network().params());
    assertEquals(
        ModelArchive.read(model("idx")).provenance().datasetSha256(),
        ModelArchive.read(model("pictures")).provenance().datasetSha256());
    String config = Files.readString(directory.resolve("runs/pictures/config.yaml"));
    assertTrue(config.contains("form: as-is"), config);
  }

  @Test
  void classesAloneAreSplitAndEvaluatedOnWhatWasLeftOut() throws Exception {
    PictureFolder own = new PictureFolder(directory.resolve("own"));
    add(own, "", FileRole.TRAIN_IMAGES, FileRole.TRAIN_LABELS);
    Result trained = train("own", own.path(), 0, "--set", "data.test=0.2");
    assertTrue(
        trained.stderr().startsWith("Training on own: 320 images, 80 to validate and to test"),
        trained.stderr());
    String accuracy = trained.stdout().replaceFirst("(?s).*\\(([01]\\.\\d+) on.*", "$1");
    Result left = run("evaluate", model("own").toString());
    assertTrue(left.stdout().contains("(" + accuracy + ": "), left.stdout());
    assertTrue(left.stdout().contains(" of 80 own images)"), left.stdout());
    // Other data: all of it.
    own.add("0/another.png", HEIGHT, WIDTH, new byte[HEIGHT * WIDTH]);
    Result all = run("evaluate", model("own").toString(), "--dataset", own.path().toString());
    assertTrue(all.stdout().contains(" of 401 own images)"), all.stdout());
  }

  /** The rows of the images tell the classes, and finding digits would centre them. */
  @Test
  void predictionsTakePicturesAndTablesAsTrainingDid() throws Exception {
    PictureFolder own = new PictureFolder(directory.resolve("own"));
    add(own, "", FileRole.TRAIN_IMAGES, FileRole.TRAIN_LABELS);
    train("own", own.path(), 0, "--set", "training.optimizer.learning-rate=0.05");
    byte[] classes = rows.get(FileRole.TEST_LABELS);
    byte[] pixels = rows.get(FileRole.TEST_IMAGES);
    PictureFolder asked = new PictureFolder(directory.resolve("asked"));
    StringBuilder table = new StringBuilder();
    StringBuilder expected = new StringBuilder("ImageId,Label\n");
    for (int i = 0; i < 8; i++) {
      int start = 16 + i * HEIGHT * WIDTH;
      byte[] image = Arrays.copyOfRange(pixels, start, start + HEIGHT * WIDTH);
      asked.add(i + ".png", HEIGHT, WIDTH, image);
      for (int j = 0; j < image.length; j++) {
        table.append(j == 0 ? "" : ",").append(Byte.toUnsignedInt(image[j]));
      }
      table.append('\n');
      expected.append("%d,%d%n".formatted(i + 1, classes[8 + i]));
    }
    asked.text("test.csv", table.toString());
    String model = model("own").toString();
    Result pictures =
        run("predict", "--model", model, "--format", "kaggle", asked.path().toString());
    assertEquals(expected.toString(), pictures.stdout(), pictures.stderr());
    String file = asked.path().resolve("test.csv").toString();
    Result kaggle = run("predict", "--model", model, "--format", "kaggle", file);
    assertEquals(expected.toString(), kaggle.stdout(), kaggle.stderr());
    Result text = run("predict", "--model", model, file);
    assertTrue(
        text.stdout().lines().findFirst().orElseThrow().contains("test.csv#1: " + classes[8]),
        text.stdout());
    asked.text("test.csv", "1,2,3\n");
    assertEquals(3, run("predict", "--model", model, file).exitCode());
  }

  @Test
  void aFewPicturesAreBothLearnedAndTestedOn() throws Exception {
    PictureFolder few = new PictureFolder(directory.resolve("few"));
    few.add("a/1.png", 2, 2, 1).add("b/2.png", 2, 2, 2);
    Result trained = train("few", few.path(), 0);
    assertTrue(
        trained.stderr().contains("few: its 2 images are too few to split some off"),
        trained.stderr());
    assertTrue(
        trained.stderr().contains("Training on few: 2 images, 2 to validate and to test"),
        trained.stderr());
  }

  /** Bars of black ink on white paper, not in the middle. */
  @Test
  void digitsAreFoundInPhotosOfCharacters() throws Exception {
    PictureFolder photos = new PictureFolder(directory.resolve("photos"));
    for (int digit = 0; digit < 2; digit++) {
      byte[] page = new byte[300 * 280];
      Arrays.fill(page, (byte) 250);
      for (int i = 0; i < 100; i++) {
        int start = digit == 0 ? (20 + i) * 280 + 30 : (20 + i / 5) * 280 + 30;
        Arrays.fill(page, start, start + (digit == 0 ? 20 : 100), (byte) 10);
      }
      photos.add(digit + "/1.png", 300, 280, page);
    }
    Result trained = train("photos", photos.path(), 0);
    assertTrue(trained.stderr().contains("so a digit is found in each"), trained.stderr());
    Provenance provenance = ModelArchive.read(model("photos")).provenance();
    assertEquals(28, provenance.height());
    assertEquals("digits", ((Map<?, ?>) provenance.config().get("data")).get("form"));
    Result evaluated =
        run("evaluate", model("photos").toString(), "--dataset", photos.path().toString());
    assertEquals(0, evaluated.exitCode(), evaluated.stderr());
  }

  @Test
  void whatCannotBeTrainedOnIsRefused() throws Exception {
    PictureFolder one = new PictureFolder(directory.resolve("one"));
    one.add("a/1.png", 2, 2, 1).add("a/2.png", 2, 2, 2).add("a/3.png", 2, 2, 3);
    assertRefused(
        run("train", "--dataset", one.path().toString()),
        3,
        "one: all images are of class 'a'; there is nothing to tell apart");
    PictureFolder test = new PictureFolder(directory.resolve("judge"));
    test.add("test/a/1.png", 2, 2, 1).add("test/b/2.png", 2, 2, 2);
    assertRefused(
        run("train", "--dataset", test.path().toString()),
        3,
        "judge: has no images to train on, only a test part");
  }

  private Path model(String run) {
    return directory.resolve("runs/" + run + "/model.zip");
  }

  private Result train(String name, Path data, int exitCode, String... more) throws Exception {
    String[] args =
        Arrays.copyOf(
            new String[] {
              "train", "--dataset", data.toString(), "--epochs", "2", "--name", name, "--no-report"
            },
            8 + more.length);
    System.arraycopy(more, 0, args, 8, more.length);
    Result result = run(args);
    assertEquals(exitCode, result.exitCode(), result.stderr());
    return result;
  }

  private Result run(String... args) throws Exception {
    return new CommandLineRun(directory).run(args);
  }

  private void add(PictureFolder folder, String part, FileRole images, FileRole labels) {
    byte[] pixels = rows.get(images);
    byte[] classes = rows.get(labels);
    int length = HEIGHT * WIDTH;
    for (int i = 0; i < classes.length - 8; i++) {
      byte[] image = Arrays.copyOfRange(pixels, 16 + i * length, 16 + (i + 1) * length);
      folder.add(part + classes[8 + i] + "/" + i + ".png", HEIGHT, WIDTH, image);
    }
  }
}
