package io.mnist4j.data.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.Part;
import io.mnist4j.data.Samples;
import io.mnist4j.data.source.FileEntry;
import io.mnist4j.errors.DataException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzFileTest {
  private static final byte[] NPZ =
      NpyFixture.npz(
          new TreeMap<>(Map.of("images", NpyFixture.images(9), "labels", NpyFixture.labels(9))));

  @TempDir Path folder;

  @Test
  void onDiskAndInAnArchiveAreTheSame() throws Exception {
    Samples onDisk = read(NpyFixture.onDisk(folder, "a.npz", NPZ));
    Samples inArchive = read(NpyFixture.inArchive("a.npz", NPZ));
    assertEquals(9, onDisk.count());
    assertEquals(folder.resolve("a.npz") + ": images", onDisk.source());
    assertEquals("archive.zip: a.npz: images", inArchive.source());
    assertArrayEquals(onDisk.pixels(), inArchive.pixels());
    assertArrayEquals(onDisk.labels().orElseThrow(), inArchive.labels().orElseThrow());
  }

  @Test
  void zip64() throws Exception {
    byte[] npz = NpyFixture.zip64("x_test.npy", NpyFixture.images(2));
    Samples inArchive =
        NpyDataset.read(List.of(NpyFixture.inArchive("a.npz", npz)), Optional.empty())
            .get(Part.TEST);
    Samples onDisk =
        NpyDataset.read(List.of(NpyFixture.onDisk(folder, "a.npz", npz)), Optional.empty())
            .get(Part.TEST);
    assertEquals(2, inArchive.count());
    assertArrayEquals(onDisk.pixels(), inArchive.pixels());
  }

  @Test
  void isKnownByItsEntries() throws Exception {
    assertTrue(NpzFile.isNpz(NpyFixture.onDisk(folder, "a.bin", NPZ)));
    assertTrue(NpzFile.isNpz(NpyFixture.inArchive("a.bin", NPZ)));
    byte[] cut = Arrays.copyOf(NPZ, NPZ.length / 2);
    assertTrue(NpzFile.isNpz(NpyFixture.onDisk(folder, "cut", cut)));
    byte[] other = renamed("labels.npy", "labels.txt");
    assertFalse(NpzFile.isNpz(NpyFixture.onDisk(folder, "b.npz", other)));
    for (byte[] none : List.of(new byte[0], "PK".getBytes(StandardCharsets.US_ASCII))) {
      assertFalse(NpzFile.isNpz(NpyFixture.onDisk(folder, "c.npz", none)));
    }
    assertFalse(NpzFile.isNpz(NpyFixture.onDisk(folder, "d.npy", NpyFixture.images(1))));
  }

  @Test
  void damage() {
    String cut = "damaged: it is cut off, or something follows the archive; take a good copy";
    refuses(cut, Arrays.copyOf(NPZ, NPZ.length / 2));
    refuses(cut, Arrays.copyOf(NPZ, NPZ.length + 1));
    refuses("damaged: it has two entries images.npy; take a good copy", doubled());
    refuses(
        "damaged: expected entries NAME.npy, found 'labels.txt'; take a good copy",
        renamed("labels.npy", "labels.txt"));
  }

  @Test
  void aFlippedBitIsNoticed() {
    byte[] images = new byte[4_000];
    new Random(1).nextBytes(images);
    byte[] npz = NpyFixture.npz(Map.of("x_test", NpyFixture.bytes(images, 1_000, 2, 2)));
    npz[2_000] ^= 1;
    for (FileEntry file : places(npz)) {
      DataException e = refusal(file);
      assertTrue(e.getMessage().startsWith(file + ": x_test: damaged: "), e.getMessage());
    }
  }

  @Test
  void lengthsThatLie() {
    byte[] npz = NpyFixture.npz(Map.of("x_test", NpyFixture.images(9)));
    int directory = find(npz, new byte[] {'P', 'K', 1, 2});
    npz[directory + 24]++;
    for (FileEntry file : places(npz)) {
      DataException e = refusal(file);
      assertTrue(
          e.getMessage()
              .startsWith(file + ": x_test: wrong length: expected 110 bytes as its header says"),
          e.getMessage());
    }
    Arrays.fill(npz, directory + 24, directory + 28, (byte) 0x7f);
    for (FileEntry file : places(npz)) {
      DataException e = refusal(file);
      assertTrue(e.getMessage().contains("is said to hold 2,139,062,143 bytes"), e.getMessage());
    }
  }

  /** For so many entries {@link java.util.zip.ZipFile} would take 12 MB. */
  @Test
  void entriesThatTheDirectoryHasNot() {
    byte[] npz = NpyFixture.zip64("x_test.npy", NpyFixture.images(2));
    int record = find(npz, new byte[] {'P', 'K', 6, 6});
    npz[record + 34] = 0x10;
    refuses(
        "damaged: it has more than 1,000 entries, or a directory of more than 4,194,304 bytes; take"
            + " a good copy",
        npz);
    npz[record + 34] = 0;
    npz[record + 32] = 2;
    refuses("damaged: its directory is damaged; take a good copy", npz);
  }

  /** An entry of the second name, which has as many characters, in place of one of the first. */
  private static byte[] renamed(String from, String to) {
    String text = new String(NPZ, StandardCharsets.ISO_8859_1);
    return text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] doubled() {
    return renamed("labels.npy", "images.npy");
  }

  private static int find(byte[] content, byte[] wanted) {
    return new String(content, StandardCharsets.ISO_8859_1)
        .indexOf(new String(wanted, StandardCharsets.ISO_8859_1));
  }

  private List<FileEntry> places(byte[] npz) {
    return List.of(
        NpyFixture.onDisk(folder, "broken.npz", npz), NpyFixture.inArchive("broken.npz", npz));
  }

  /** By the file on disk and by the one in memory. */
  private void refuses(String complaint, byte[] npz) {
    for (FileEntry file : places(npz)) {
      DataException e = assertThrows(DataException.class, () -> NpzFile.open(file));
      assertEquals(file + ": " + complaint, e.getMessage());
    }
  }

  private static DataException refusal(FileEntry file) {
    return assertThrows(
        DataException.class, () -> NpyDataset.read(List.of(file), Optional.empty()));
  }

  private static Samples read(FileEntry file) throws DataException {
    return NpyDataset.read(List.of(file), Optional.empty()).get(Part.TRAIN);
  }
}
