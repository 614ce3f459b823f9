package io.mnist4j.cli;

import static io.mnist4j.cli.Mnist4jProcess.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.digits.FormSheet;
import io.mnist4j.digits.Rendering;
import io.mnist4j.digits.StrokesDigit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A form with a digit in each box, read as a table. */
class PredictGridTest {
  @TempDir Path directory;
  private static Path model;

  @BeforeAll
  static void train() throws Exception {
    model = TrainedRuns.strokesModel();
  }

  @Test
  void aSheetOfTenByTenBoxesIsATable() throws Exception {
    Table wanted = new Table(10, 10, new Random(3));
    Files.write(directory.resolve("form.png"), FormSheet.file(wanted.images, 0, 0));
    wanted.assertReadFrom(read("form.png"), "form.png");
  }

  @Test
  void boxesMayStandApartAndTheSheetMayLean() throws Exception {
    Table wanted = new Table(6, 4, new Random(4));
    Files.write(directory.resolve("leaning.png"), FormSheet.file(wanted.images, 8, -2));
    wanted.assertReadFrom(read("leaning.png"), "leaning.png");
  }

  @Test
  void emptyRowsAreRows() throws Exception {
    List<List<GreyImage>> cells = new ArrayList<>();
    for (int row = 0; row < 3; row++) {
      List<GreyImage> line = new ArrayList<>();
      for (int column = 0; column < 4; column++) {
        line.add(row == 1 ? StrokesDigit.of(column) : null);
      }
      cells.add(line);
    }
    Files.write(directory.resolve("form.png"), FormSheet.file(cells, 0, 0));
    List<String> lines = read("form.png");
    assertEquals("form.png,1,,,,", lines.get(1));
    assertEquals("form.png,3,,,,", lines.get(3));
    assertEquals(4, lines.size());
  }

  @Test
  void aPictureWithoutBoxesIsNamed() throws Exception {
    byte[] digit = Rendering.WITH_A_MARGIN.file(StrokesDigit.of(1), new Random(1));
    Files.write(directory.resolve("plain.png"), digit);
    Result result = run("plain.png");
    assertEquals(3, result.exitCode());
    assertEquals("mnist4j: plain.png: no boxes side by side were found in it\n", result.stderr());
  }

  @Test
  void onlyNamesAreTold() throws Exception {
    assertRefused(run("x.png", "--format", "jsonl"), 2, "--grid writes CSV of its own");
    assertRefused(
        run("x.png", "--segment"),
        2,
        "--grid tells nothing but what stands in the boxes of a form");
  }

  private List<String> read(String file) throws Exception {
    Result result = run(file);
    assertEquals(0, result.exitCode(), result.stderr());
    return result.stdout().lines().toList();
  }

  private Result run(String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("predict", "-m", model.toString(), "--grid"));
    arguments.addAll(List.of(options));
    return new CommandLineRun(directory).run(arguments.toArray(String[]::new));
  }

  /** Digits of the embedded data set in boxes, of which every sixth or so is empty. */
  private static final class Table {
    private final List<List<GreyImage>> images = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    Table(int rows, int columns, Random random) {
      for (int row = 0; row < rows; row++) {
        List<GreyImage> line = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
          int digit = random.nextInt(200);
          boolean empty = random.nextInt(6) == 0;
          line.add(empty ? null : StrokesDigit.of(digit));
          names.add(empty ? "" : Integer.toString(StrokesDigit.label(digit)));
        }
        images.add(line);
      }
    }

    /** All boxes are in their places, and nearly all digits have their names. */
    void assertReadFrom(List<String> lines, String file) {
      int columns = images.get(0).size();
      assertEquals(images.size() + 1, lines.size());
      assertTrue(lines.get(0).startsWith("file,row,1,2,"), lines.get(0));
      int right = 0;
      for (int row = 0; row < images.size(); row++) {
        String[] cells = lines.get(row + 1).split(",", -1);
        assertEquals(file, cells[0]);
        assertEquals(Integer.toString(row + 1), cells[1]);
        assertEquals(columns + 2, cells.length);
        for (int column = 0; column < columns; column++) {
          String name = names.get(row * columns + column);
          assertEquals(name.length(), cells[column + 2].length(), lines.get(row + 1));
          right += name.equals(cells[column + 2]) ? 1 : 0;
        }
      }
      assertTrue(right >= 0.95 * names.size(), right + " of " + names.size() + " boxes");
    }
  }
}
