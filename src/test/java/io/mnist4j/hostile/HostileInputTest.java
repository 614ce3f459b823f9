package io.mnist4j.hostile;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.pictures.ImageFile;
import io.mnist4j.errors.DataException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Configurations, pictures and IDX files that would take all time or memory. */
class HostileInputTest {
  @TempDir static Path directory;

  /** Each is refused in a few lines; the slowest of them took minutes once. */
  @TestFactory
  Stream<DynamicTest> configurations() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("keys", lines(60_000, "k%d: 1"));
    texts.put("value", "training: {epochs: " + "9".repeat(900_000) + "}");
    if (Soak.isOn()) {
      texts.put("laughs", laughs());
      texts.put("tag", "training: !!javax.script.ScriptEngineManager [!!java.net.URL [a]]");
      texts.put("brackets", "a: " + "[".repeat(900_000));
      texts.put("dashes", "- ".repeat(450_000));
      texts.put("questions", "? ".repeat(450_000));
      texts.put("quote", "a: \"" + "x".repeat(900_000));
      texts.put("long-key", "x".repeat(900_000) + ": 1");
      texts.put("anchors", lines(40_000, "a%1$d: &b%1$d 1"));
      texts.put("exponent", "training: {epochs: 1e999999999}");
      texts.put("terminal", "\"\\e[2J\\a\": 1");
      texts.put("documents", "--- {}\n".repeat(100_000));
    }
    return texts.entrySet().stream()
        .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> configuration(entry)));
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no /dev/zero")
  void configurationWithoutEnd() throws Exception {
    Attack attack =
        new Attack("endless", 2, "a million characters", List.of("train", "--config", "/dev/zero"));
    attack.judge(attack.launch(directory));
  }

  private void configuration(Map.Entry<String, String> text) throws Exception {
    Path file = Files.writeString(directory.resolve(text.getKey() + ".yaml"), text.getValue());
    Attack attack =
        new Attack(
            text.getKey(), 2, "", List.of("train", "--print-config", "--config", file.toString()));
    attack.judgeLines(attack.launch(directory), 60);
  }

  private static String lines(int count, String pattern) {
    return IntStream.range(0, count)
        .mapToObj(i -> pattern.formatted(i))
        .collect(Collectors.joining("\n"));
  }

  private static String laughs() {
    StringBuilder yaml = new StringBuilder("a: &a [x,x,x,x,x,x,x,x,x]\n");
    for (char c = 'b'; c < 'k'; c++) {
      String alias = "*" + (char) (c - 1);
      yaml.append("%1$c: &%1$c [%2$s]%n".formatted(c, (alias + ",").repeat(9)));
    }
    return yaml.toString();
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

  @Test
  void pictureThatFillsTheMemory() throws Exception {
    Path model = Files.write(directory.resolve("m.zip"), HostileZips.of(HostileModelTest.ours()));
    Path folder = Files.createDirectories(directory.resolve("pictures/7"));
    Files.write(folder.resolve("bomb.png"), png(6_000, 6_000, 6_000 * 6_001));
    Attack attack =
        new Attack(
            "picture",
            3,
            "there is hardly anything on it",
            List.of("evaluate", model.toString(), "--dataset", folder.getParent().toString()));
    attack.judge(attack.launch(directory));
  }

  @Test
  void imagesThatFillTheMemory() throws Exception {
    Path folder = Files.createDirectories(directory.resolve("idx"));
    ByteBuffer header = ByteBuffer.allocate(16).putInt(0x803).putInt(1).putInt(20_000);
    byte[] images = header.putInt(15_000).array();
    ByteBuffer labels = ByteBuffer.allocate(9).putInt(0x801).putInt(1).put((byte) 1);
    for (String part : List.of("train", "t10k")) {
      Path file = folder.resolve(part + "-images-idx3-ubyte.gz");
      try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
        out.write(images);
        for (int i = 0; i < 300; i++) {
          out.write(new byte[1_000_000]);
        }
      }
      Files.write(folder.resolve(part + "-labels-idx1-ubyte"), labels.array());
    }
    Attack attack =
        new Attack(
            "idx", 3, "in which no pictures are so many", List.of("train", "--dataset", "../idx"));
    attack.judge(attack.launch(directory));
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
