package io.mnist4j.federated.clients;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.DataSplit;
import io.mnist4j.data.Dataset;
import io.mnist4j.data.ImageSet;
import io.mnist4j.data.groups.GroupTable;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientsTest {
  @TempDir Path directory;
  private static final int IMAGES = 1_000;
  private static final int CLASSES = 10;
  private static final Clients.TableSource NOWHERE =
      asked -> {
        throw new DataException("no table " + asked);
      };

  /** A hundred images of each class, mixed. */
  private static final DataSplit DATA = data();

  private static DataSplit data() {
    byte[] labels = new byte[IMAGES];
    for (int i = 0; i < IMAGES; i++) {
      labels[i] = (byte) (i * 7 % CLASSES);
    }
    ImageSet images = new ImageSet(1, 1, new byte[IMAGES], labels);
    List<String> names = IntStream.range(0, CLASSES).mapToObj(String::valueOf).toList();
    Dataset dataset = new Dataset("made", names, images, images, new TreeMap<>());
    return new DataSplit(dataset, names, images, images, images);
  }

  /** Each image has one owner, and the images of each are in their order. */
  private static int[][] dealt(Clients clients, long seed) throws Exception {
    int[][] parts = clients.deal(DATA, NOWHERE, seed);
    int[] all = Arrays.stream(parts).flatMapToInt(Arrays::stream).sorted().toArray();
    assertArrayEquals(IntStream.range(0, IMAGES).toArray(), all);
    for (int[] part : parts) {
      assertTrue(part.length > 0);
      assertArrayEquals(Arrays.stream(part).sorted().toArray(), part);
    }
    assertTrue(Arrays.deepEquals(parts, clients.deal(DATA, NOWHERE, seed)));
    return parts;
  }

  private static long classesOf(int... images) {
    return Arrays.stream(images).map(DATA.train()::label).distinct().count();
  }

  private static int largestClass(int... images) {
    int[] counts = new int[CLASSES];
    for (int image : images) {
      counts[DATA.train().label(image)]++;
    }
    return Arrays.stream(counts).max().orElseThrow();
  }

  @Test
  void alikeTheyHaveEqualShares() throws Exception {
    int[][] parts = dealt(new IidClients(7), 1);
    for (int[] part : parts) {
      assertTrue(part.length == 142 || part.length == 143);
      assertEquals(CLASSES, classesOf(part));
    }
    assertTrue(!Arrays.equals(parts[0], dealt(new IidClients(7), 2)[0]), "the seed decides");
    assertArrayEquals(
        IntStream.range(0, IMAGES).toArray(), dealt(new IidClients(1), 3)[0], "one has all");
  }

  /** Of 50 shards of 20, each in one class. */
  @Test
  void withShardsTheyHaveFewClasses() throws Exception {
    int[][] parts = dealt(new ClassesClients(25, 2), 1);
    for (int[] part : parts) {
      assertEquals(40, part.length);
      assertTrue(classesOf(part) <= 2);
    }
    assertTrue(Arrays.stream(parts).anyMatch(part -> classesOf(part) == 2));
  }

  @Test
  void alphaSaysHowMuchTheyDiffer() throws Exception {
    double few =
        Arrays.stream(dealt(new DirichletClients(20, 0.1), 1))
            .mapToInt(ClientsTest::largestClass)
            .average()
            .orElseThrow();
    double many =
        Arrays.stream(dealt(new DirichletClients(20, 1000), 1))
            .mapToInt(ClientsTest::largestClass)
            .average()
            .orElseThrow();
    assertTrue(few > 35, "most of the 50 are of one class: " + few);
    assertTrue(many < 15, "about 5 of each: " + many);
    // So small that the numbers of the gamma distribution would all be 0.
    for (int[] part : dealt(new DirichletClients(10, 1e-6), 1)) {
      assertEquals(100, largestClass(part));
    }
  }

  /** Shares of Dir(a, a) have the mean 1/2 and the variance 1 / (4 (2 a + 1)). */
  @Test
  void gammaNumbersHaveTheirMoments() {
    for (double shape : new double[] {0.05, 0.5, 3}) {
      RoundRandom random = new RoundRandom(1, RoundRandom.Purpose.DEALING, 0);
      int count = 20_000;
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < count; i++) {
        double a = random.nextLogGamma(shape);
        double b = random.nextLogGamma(shape);
        double share = 1 / (1 + Math.exp(b - a));
        sum += share;
        squares += (share - 0.5) * (share - 0.5);
      }
      assertEquals(0.5, sum / count, 0.01);
      assertEquals(1 / (4 * (2 * shape + 1)), squares / count, 0.005);
    }
  }

  @Test
  void wrongNumbersAreNamed() {
    assertProblem("clients.iid.count asks for 1,001 parts", new IidClients(1_001));
    assertProblem("clients.classes asks for 1,200 parts", new ClassesClients(600, 2));
    assertProblem(
        "clients.classes.per-client must be at most 10, the number of classes, not 11",
        new ClassesClients(5, 11));
    assertProblem("clients.dirichlet.count asks for 2,000 parts", new DirichletClients(2_000, 1));
  }

  private static void assertProblem(String message, Clients clients) {
    ConfigException e = assertThrows(ConfigException.class, () -> clients.deal(DATA, NOWHERE, 1));
    assertTrue(e.getMessage().startsWith(message), e.getMessage());
  }

  @Test
  void writersHaveTheImagesThatTheTableGivesThem() throws Exception {
    StringBuilder csv = new StringBuilder("index,writer\n");
    for (int i = 0; i < IMAGES; i++) {
      csv.append(i).append(",w").append(i % 12).append('\n');
    }
    Path file = Files.writeString(directory.resolve("who.csv"), csv);
    int[][] parts =
        new WritersClients(file.toString()).deal(DATA, asked -> GroupTable.read(Path.of(asked)), 1);
    assertEquals(12, parts.length);
    // w2 before w10.
    assertArrayEquals(IntStream.range(0, 83).map(i -> 12 * i + 10).toArray(), parts[10]);
    Files.writeString(file, csv.toString().replace("writer", "who"));
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () ->
                new WritersClients(file.toString())
                    .deal(DATA, asked -> GroupTable.read(Path.of(asked)), 1));
    assertTrue(e.getMessage().contains("has no column 'writer'"), e.getMessage());
  }
}
