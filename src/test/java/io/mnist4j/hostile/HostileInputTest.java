package io.mnist4j.hostile;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.npy.NpyDataset;
import io.mnist4j.data.npy.NpyFixture;
import io.mnist4j.data.pictures.ImageFile;
import io.mnist4j.data.source.DiskFile;
import io.mnist4j.data.source.FileEntry;
import io.mnist4j.data.tabular.ArffReader;
import io.mnist4j.data.tabular.CsvReader;
import io.mnist4j.data.tabular.LibsvmReader;
import io.mnist4j.data.tabular.TableOptions;
import io.mnist4j.errors.DataException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Configurations, pictures, tables and IDX files that would take all time or memory. */
class HostileInputTest {
  private static final Path ZERO = Path.of("/dev/zero");

  @TempDir static Path directory;

  /**
   * Each is refused in a few lines, the slowest of which took minutes once; all in one process,
   * with -Psoak in one each.
   */
  @TestFactory
  Stream<DynamicTest> attacksEndInAFewLines() throws Exception {
    List<Attack> attacks = new ArrayList<>(configurations());
    if (Files.exists(ZERO)) {
      attacks.add(
          new Attack(
              "endless", 2, "a million characters", List.of("train", "--config", "/dev/zero")));
    }
    attacks.add(pictureThatFillsTheMemory());
    attacks.add(imagesThatFillTheMemory());
    attacks.addAll(archivesThatLie());
    List<Attack.Outcome> outcomes = new ArrayList<>();
    if (Soak.isOn()) {
      for (Attack attack : attacks) {
        outcomes.add(attack.launch(directory));
      }
    } else {
      outcomes.addAll(Attack.launchAll(directory, attacks));
    }
    return IntStream.range(0, attacks.size())
        .mapToObj(
            i -> {
              int most = attacks.get(i).arguments().contains("--print-config") ? 60 : 1;
              return DynamicTest.dynamicTest(
                  attacks.get(i).name(), () -> attacks.get(i).judgeLines(outcomes.get(i), most));
            });
  }

  private static List<Attack> configurations() throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("keys", lines(6_000, "k%d: 1"));
    texts.put("value", "training: {epochs: " + "9".repeat(5_000) + "}");
    texts.put("quote", "a: \"" + "x".repeat(5_000));
    texts.put("long-key", "x".repeat(5_000) + ": 1");
    texts.put("exponent", "training: {epochs: 1e9999}");
    texts.put("brackets", "a: " + "[".repeat(60));
    texts.put("dashes", "- ".repeat(60));
    texts.put("questions", "? ".repeat(60));
    texts.put("aliases", "a: &a [x]\nb: [*a, *a]\n");
    texts.put("anchors", lines(3, "a%1$d: &b%1$d 1"));
    texts.put("tag", "training: !!java.util.Date []");
    texts.put("terminal", "\"\\e[0m\\a\": 1");
    texts.put("documents", "--- {}\n".repeat(3));
    List<Attack> attacks = new ArrayList<>();
    for (Map.Entry<String, String> text : texts.entrySet()) {
      Path file = Files.writeString(directory.resolve(text.getKey() + ".yaml"), text.getValue());
      attacks.add(
          new Attack(
              text.getKey(),
              2,
              "",
              List.of("train", "--print-config", "--config", file.toString())));
    }
    return attacks;
  }

  private static String lines(int count, String pattern) {
    return IntStream.range(0, count)
        .mapToObj(i -> pattern.formatted(i))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void picturesOfAbsurdSize() throws IOException {
    assertRefused("at most 40 megapixels", png(Integer.MAX_VALUE, Integer.MAX_VALUE, 1_000));
    assertRefused("at most 40 megapixels", png(60_000, 60_000, 1_000));
    assertRefused("no picture of a digit", png(39_000_000, 1, 39_000_001));
    assertRefused("there is hardly anything on it", png(6_000, 6_000, 6_000 * 6_001));
  }

  private static void assertRefused(String expected, byte[] picture) {
    DataException e =
        assertThrows(DataException.class, () -> ImageFile.decode(picture, "picture.png"));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  /** Arrays, and zips of them, that say to be what their file cannot hold. */
  @Test
  void arraysThatLie() throws IOException {
    byte[] noise = new byte[300_000];
    new Random(1).nextBytes(noise);
    byte[] large = NpyFixture.bytes(noise, 2_000_000, 28, 28);
    assertRefused("wrong length: expected 1568000082 bytes", "x_test.npy", large);
    assertRefused("absurd shape", "x_test.npy", NpyFixture.bytes(noise, 1L << 40, 1L << 40));
    byte[] images = NpyFixture.bytes(noise, 300, 100, 10);
    Map<String, byte[]> honest = Map.of("x_test.npy", images);
    assertRefused(
        "is said to hold 2,000,000,000 bytes",
        "a.npz",
        HostileZips.lyingEntry(honest, "y_test.npy", large, 2_000_000_000));
    assertRefused(
        "wrong length: expected 300079 bytes",
        "a.npz",
        HostileZips.lyingEntry(Map.of(), "x_test.npy", images, 300_000));
    assertRefused(
        "two entries x_test.npy", "a.npz", HostileZips.doubled(honest, "x_test.npy", images));
    assertRefused("no images do", "a.npz", HostileZips.overlapping(honest, 20, ".npy", images));
  }

  private static void assertRefused(String expected, String name, byte[] content)
      throws IOException {
    Path file = Files.write(directory.resolve(name), content);
    for (FileEntry entry :
        List.of(new DiskFile(file, name, content.length), NpyFixture.inArchive(name, content))) {
      DataException e =
          assertThrows(
              DataException.class, () -> NpyDataset.read(List.of(entry), Optional.empty()));
      assertTrue(e.getMessage().contains(expected), e.getMessage());
    }
  }

  /** Each is small, and would take far more memory, or never end, if it were believed. */
  @Test
  void tablesThatStandForMoreThanTheyHold() throws IOException {
    byte[] longLine = bytes("label,a\n1," + "0".repeat(1_200_000));
    assertTableRefused(":2: expected lines of at most 1048576 bytes", CsvReader::read, longLine);
    byte[] columns = bytes("1,".repeat(20_000));
    assertTableRefused("expected at most 16386 columns", CsvReader::read, columns);
    byte[] blank = gzip(90, bytes(" \n".repeat(1 << 19)));
    assertTableRefused("times the length of the gzip data", CsvReader::read, blank);
    byte[] rows = bytes("1 16384:1\n" + "1\n".repeat(30_000));
    assertTableRefused("at most 200 pixels for each byte", LibsvmReader::read, rows);
    assertTableRefused("at most 200 pixels for each byte", LibsvmReader::read, gzip(1, rows));
    byte[] index = bytes("1 2147483648:1\n");
    assertTableRefused("an index of at most 16384", LibsvmReader::read, index);
    byte[] attributes = bytes("@relation r\n" + "@attribute a real\n".repeat(17_000));
    assertTableRefused("expected at most 16386 attributes", ArffReader::read, attributes);
  }

  private interface TableReader {
    void read(FileEntry entry, TableOptions options, Consumer<String> notes) throws DataException;
  }

  private static void assertTableRefused(String expected, TableReader reader, byte[] content)
      throws IOException {
    Path file = Files.write(directory.resolve("table"), content);
    DataException e =
        assertThrows(
            DataException.class,
            () -> reader.read(DiskFile.of(file), TableOptions.DEFAULT, note -> {}));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  private static byte[] gzip(int times, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      for (int i = 0; i < times; i++) {
        out.write(content);
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Attack pictureThatFillsTheMemory() throws IOException {
    Path model = Files.write(directory.resolve("m.zip"), HostileZips.of(HostileModelTest.ours()));
    Path folder = Files.createDirectories(directory.resolve("pictures/7"));
    Files.write(folder.resolve("bomb.png"), png(6_000, 6_000, 6_000 * 6_001));
    return new Attack(
        "picture",
        3,
        "there is hardly anything on it",
        List.of("evaluate", model.toString(), "--dataset", folder.getParent().toString()));
  }

  private static Attack imagesThatFillTheMemory() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("idx"));
    ByteBuffer header = ByteBuffer.allocate(16).putInt(0x803).putInt(1).putInt(20_000);
    byte[] images = header.putInt(15_000).array();
    byte[] noise = new byte[400_000];
    new Random(1).nextBytes(noise);
    ByteBuffer labels = ByteBuffer.allocate(9).putInt(0x801).putInt(1).put((byte) 1);
    for (String part : List.of("train", "t10k")) {
      Path file = folder.resolve(part + "-images-idx3-ubyte.gz");
      try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
        out.write(images);
        out.write(noise);
      }
      Files.write(folder.resolve(part + "-labels-idx1-ubyte"), labels.array());
    }
    return new Attack(
        "idx", 3, "in which no pictures are so many", List.of("train", "--dataset", "../idx"));
  }

  private static List<Attack> archivesThatLie() throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry("train/0/a.png");
    entry.setSize(500L << 20);
    byte[] header = new byte[10_240];
    entry.writeEntryHeader(header);
    Files.write(directory.resolve("lies.tar"), header);
    Map<String, byte[]> two = new LinkedHashMap<>();
    two.put("0/a.png", new byte[8]);
    two.put("1/b.png", new byte[8]);
    Files.write(directory.resolve("twice.zip"), HostileZips.doubled(two, "0/a.png", new byte[8]));
    Files.write(directory.resolve("none.zip"), HostileZips.of(two));
    Files.writeString(directory.resolve("wide.csv"), "1,".repeat(40_000) + "1\n");
    return List.of(
        dataset("lies.tar", "its files are more than 65 MiB; unpack it, and name the folder"),
        dataset("twice.zip", "a damaged zip archive: two entries are called 0/a.png"),
        dataset("none.zip", "none of 2 pictures can be read"),
        dataset("wide.csv", "wide.csv: expected at most 16386 columns"));
  }

  private static Attack dataset(String file, String expected) {
    return new Attack(file, 3, expected, List.of("train", "--dataset", "../" + file));
  }

  /** An 8-bit grey PNG whose content is zeros, as many as there are said to be. */
  private static byte[] png(int width, int height, int zeros) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeLong(0x89504e470d0a1a0aL);
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    chunk(out, "IHDR", header.put(new byte[] {8, 0, 0, 0, 0}).array());
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflated = new DeflaterOutputStream(data)) {
      deflated.write(new byte[zeros]);
    }
    chunk(out, "IDAT", data.toByteArray());
    chunk(out, "IEND", new byte[0]);
    return bytes.toByteArray();
  }

  private static void chunk(DataOutputStream out, String type, byte[] content) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(content);
    out.writeInt(content.length);
    out.write(name);
    out.write(content);
    out.writeInt((int) crc.getValue());
  }
}
