package io.mnist4j.hostile;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The short form of fuzzing: what is known, and some hundred random changes to it, the same each
 * time. The long one is {@link FuzzSoakTest}.
 */
class FuzzTest {
  private static final int CHANGES = 150;

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void onlyDocumentedExceptionsLeaveAReader(Reader reader) throws Exception {
    Path file = directory.resolve("input");
    List<byte[]> contents = Contents.of(reader);
    assertTrue(!contents.isEmpty());
    for (byte[] content : contents) {
      read(reader, content, file);
    }
    Random random = new Random(7);
    for (int i = 0; i < CHANGES; i++) {
      read(reader, changed(contents.get(random.nextInt(contents.size())), random), file);
    }
  }

  private static void read(Reader reader, byte[] content, Path file) {
    try {
      reader.read(content, file);
    } catch (Exception | Error e) {
      byte[] start = Arrays.copyOf(content, Math.min(200, content.length));
      throw new AssertionError(
          "%s of %d bytes, beginning with %s"
              .formatted(reader, content.length, HexFormat.of().formatHex(start)),
          e);
    }
  }

  /** Flips, cuts, repeats, or puts in a number that is seldom expected. */
  private static byte[] changed(byte[] content, Random random) {
    byte[] changed = content.clone();
    if (changed.length == 0) {
      return new byte[] {(byte) random.nextInt()};
    }
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      int at = random.nextInt(changed.length);
      switch (random.nextInt(5)) {
        case 0 -> changed[at] = (byte) random.nextInt();
        case 1 -> changed[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> changed[at] = (byte) (random.nextBoolean() ? 0xff : 0x7f);
        case 3 -> Arrays.fill(changed, at, Math.min(changed.length, at + 4), (byte) 0xff);
        default -> changed = Arrays.copyOf(changed, Math.max(1, at));
      }
    }
    return changed;
  }
}
