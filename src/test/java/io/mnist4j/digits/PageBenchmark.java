package io.mnist4j.digits;

import io.mnist4j.cli.TrainedRuns;
import io.mnist4j.data.ImageSet;
import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.data.pictures.ImageFile;
import io.mnist4j.data.store.RealMnist;
import io.mnist4j.data.strokes.Strokes;
import io.mnist4j.errors.DataException;
import io.mnist4j.model.foreign.ModelFile;
import io.mnist4j.predict.Classifier;
import io.mnist4j.predict.DigitReader;
import io.mnist4j.predict.DigitReader.Scope;
import io.mnist4j.predict.RecognizedDigit;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import javax.imageio.ImageIO;

/** How many digits are read of pages of every kind that were drawn by a seed. */
public final class PageBenchmark {
  private final ImageSet digits;
  private final DigitReader reader;

  /**
   * @param digits whose images are drawn as pages
   */
  public PageBenchmark(ImageSet digits, Classifier classifier) {
    this.digits = digits;
    this.reader = new DigitReader(classifier);
  }

  /**
   * What was read of pages of one kind.
   *
   * @param digits that stand on them, but for those that the network does not read of the same
   *     strokes in black on an empty white sheet
   * @param right which were found where they are, and named rightly
   * @param extra how many more digits were told than there are
   */
  public record Score(int digits, int right, int extra) {
    /** Of all that is there or was told, what is right: 0 to 1. */
    public double share() {
      return (double) right / Math.max(1, digits + extra);
    }

    Score plus(Score other) {
      return new Score(digits + other.digits, right + other.right, extra + other.extra);
    }
  }

  /**
   * The score of each combination.
   *
   * @param turn see {@link PageKind#all}
   * @param pages of each combination
   * @param failures a folder for the pages that are not read rightly; null for none
   */
  Map<PageKind, Score> run(int turn, int pages, long seed, Path failures) throws DataException {
    Map<PageKind, Score> scores = new LinkedHashMap<>();
    for (PageKind kind : PageKind.all(turn)) {
      for (int i = 0; i < pages; i++) {
        scores.merge(kind, read(kind, seed + i, failures), Score::plus);
      }
    }
    return scores;
  }

  /**
   * As {@link #run(int, int, long, Path)}, with its table; the score of all together is named
   * "all".
   */
  public Map<String, Score> run(int turn, int pages, long seed) throws DataException {
    Map<PageKind, Score> scores = run(turn, pages, seed, null);
    System.out.println(table(scores));
    return byAll(scores);
  }

  /** By paper, by pen, by camera, by layout, and all. */
  private static Map<String, Score> byAll(Map<PageKind, Score> scores) {
    Map<String, Score> sums = new LinkedHashMap<>();
    List<Function<PageKind, String>> names =
        List.of(
            kind -> kind.paper().toString(),
            kind -> kind.pen().toString(),
            kind -> kind.camera().toString(),
            kind -> kind.row() ? "ROW" : "SINGLE",
            kind -> "ALL");
    for (Function<PageKind, String> name : names) {
      scores.forEach(
          (kind, score) ->
              sums.merge(name.apply(kind).toLowerCase(Locale.ROOT), score, Score::plus));
    }
    return sums;
  }

  /** A line for each sum, and one for each combination below 95 %. */
  private static String table(Map<PageKind, Score> scores) {
    StringBuilder table = new StringBuilder();
    byAll(scores).forEach((name, score) -> table.append(line(name, score)));
    scores.forEach(
        (kind, score) -> {
          if (score.share() < 0.95) {
            table.append(line(kind.toString(), score));
          }
        });
    return table.toString();
  }

  private static String line(String name, Score score) {
    return "%5.1f %% %4d of %4d, %2d more: %s%n"
        .formatted(100 * score.share(), score.right(), score.digits(), score.extra(), name);
  }

  /** Chooses digits, and draws them as a page and alone on a white sheet each. */
  private Score read(PageKind kind, long seed, Path failures) throws DataException {
    Random random = new Random(31 * seed + kind.toString().hashCode());
    int count = kind.row() ? 2 + random.nextInt(4) : 1;
    int[] chosen = random.ints(count, 0, digits.size()).toArray();
    List<GreyImage> images = Arrays.stream(chosen).mapToObj(this::image).toList();
    long start = random.nextLong();
    Page page = PageDrawing.of(kind, images, new Random(start));
    List<RecognizedDigit> told = told(page, kind.row());
    int known = 0;
    int right = 0;
    int found = 0;
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < count; i++) {
      Box box = page.boxes().get(i);
      String label = Integer.toString(digits.label(chosen[i]));
      boolean hit =
          told.stream().anyMatch(t -> isAt(t, box) && t.prediction().label().equals(label));
      found += told.stream().anyMatch(t -> isAt(t, box)) ? 1 : 0;
      if (hit || knows(kind, images.get(i), label, start)) {
        known++;
        right += hit ? 1 : 0;
      }
      names.append(label);
    }
    int extra = Math.max(0, told.size() - found);
    if (failures != null && (right < known || extra > 0)) {
      save(failures, kind, seed, names, told, page);
    }
    return new Score(known, right, extra);
  }

  private static void save(
      Path folder,
      PageKind kind,
      long seed,
      StringBuilder names,
      List<RecognizedDigit> told,
      Page page) {
    StringBuilder as = new StringBuilder();
    told.forEach(digit -> as.append(digit.prediction().label()));
    String name = "%s %d %s read %s.png".formatted(kind, seed, names, as).replace(' ', '-');
    try {
      Files.write(folder.resolve(name), page.file());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<RecognizedDigit> told(Page page, boolean row) throws DataException {
    List<RecognizedDigit> all = reader.read(ImageFile.decode(page.file(), "page"), Scope.DIGITS);
    Comparator<RecognizedDigit> bySize = Comparator.comparingLong(r -> r.digit().box().area());
    return row ? all : all.stream().max(bySize).stream().toList();
  }

  private boolean knows(PageKind kind, GreyImage image, String label, long start)
      throws DataException {
    PageKind clean = new PageKind(PagePaper.PLAIN, kind.pen(), PageCamera.CLEAN, false);
    Page page = PageDrawing.of(clean, List.of(image), new Random(start));
    return told(page, false).stream().anyMatch(t -> t.prediction().label().equals(label));
  }

  /** Whether both boxes share half of what they cover, lines' soft edges left out. */
  private static boolean isAt(RecognizedDigit digit, Box box) {
    Box other = digit.digit().box();
    int soft = 4;
    double across =
        Math.min(box.x() + box.width(), other.x() + other.width()) - Math.max(box.x(), other.x());
    double down =
        Math.min(box.y() + box.height(), other.y() + other.height()) - Math.max(box.y(), other.y());
    double shared = Math.max(0, across + soft) * Math.max(0, down + soft);
    double own = (box.width() + soft) * (double) (box.height() + soft);
    double its = (other.width() + soft) * (double) (other.height() + soft);
    return shared > 0.5 * (own + its - shared);
  }

  private GreyImage image(int index) {
    return GreyImage.of(digits, index);
  }

  /** Draws some pages of each combination side by side. */
  private BufferedImage sheet(int turn, int pages, long seed) throws Exception {
    List<PageKind> kinds = PageKind.all(turn);
    int side = 150;
    BufferedImage sheet =
        new BufferedImage(
            12 * side, (kinds.size() * pages + 11) / 12 * side, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    int at = 0;
    for (PageKind kind : kinds) {
      for (int i = 0; i < pages; i++) {
        Random random = new Random(seed + at);
        int count = kind.row() ? 2 + random.nextInt(4) : 1;
        List<GreyImage> images =
            random.ints(count, 0, digits.size()).mapToObj(this::image).toList();
        BufferedImage page =
            ImageIO.read(new ByteArrayInputStream(PageDrawing.of(kind, images, random).file()));
        double scale = Math.min(1, (side - 4.0) / Math.max(page.getWidth(), page.getHeight()));
        graphics.drawImage(
            page,
            at % 12 * side,
            at / 12 * side,
            (int) (page.getWidth() * scale),
            (int) (page.getHeight() * scale),
            null);
        at++;
      }
    }
    graphics.dispose();
    return sheet;
  }

  /** With real MNIST where this machine has it, else with the embedded digits. */
  public static PageBenchmark create() throws Exception {
    return RealMnist.isPresent()
        ? new PageBenchmark(
            RealMnist.test(),
            new Classifier(ModelFile.read(TrainedRuns.mnist().resolve("runs/m/model.zip"))))
        : new PageBenchmark(
            Strokes.generate(77, 500), new Classifier(ModelFile.read(TrainedRuns.strokesModel())));
  }

  /**
   * Prints the table, and writes what is read wrongly.
   *
   * @param arguments a model, the first camera's number, pages of each combination, the first seed,
   *     a folder; with one more, a sheet of such pages is drawn instead
   */
  public static void main(String[] arguments) throws Exception {
    ImageSet test = RealMnist.test();
    int turn = Integer.parseInt(arguments[1]);
    int pages = Integer.parseInt(arguments[2]);
    long seed = Long.parseLong(arguments[3]);
    Path failures = Files.createDirectories(Path.of(arguments[4]));
    PageBenchmark benchmark =
        new PageBenchmark(test, new Classifier(ModelFile.read(Path.of(arguments[0]))));
    if (arguments.length > 5) {
      Path sheet = failures.resolve("sheet.png");
      ImageIO.write(benchmark.sheet(turn, pages, seed), "png", sheet.toFile());
    } else {
      System.out.println(table(benchmark.run(turn, pages, seed, failures)));
    }
  }
}
