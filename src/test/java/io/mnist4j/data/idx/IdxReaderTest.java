package io.mnist4j.data.idx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mnist4j.data.ImageSet;
import io.mnist4j.errors.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxReaderTest {
  private static final byte[] PIXELS = {0, 1, 2, 3, 4, (byte) 255, 6, 7, 8, 9, 10, 11};
  private static final byte[] IMAGES = IdxFixture.idx(PIXELS, 0x803, 2, 3, 2);
  private static final byte[] LABELS = IdxFixture.idx(new byte[] {2, 0}, 0x801, 2);

  @TempDir Path folder;

  @Test
  void readsImagesOfAnySizeWithTheirLabels() throws Exception {
    ImageSet set = IdxFixture.readImageSet(write("i", IMAGES), write("l", LABELS));
    assertEquals(2, set.size());
    assertEquals(3, set.height());
    assertEquals(2, set.width());
    assertArrayEquals(PIXELS, set.pixels());
    assertEquals(2, set.label(0));
    assertEquals(0, set.label(1));
  }

  @Test
  void knowsGzipByContentAndNotByName() throws Exception {
    Path gzipped = write("images", IdxFixture.gzip(IMAGES));
    Path plain = write("images.gz", IMAGES);
    IdxContent fromGzip = IdxReader.read(gzipped, IdxKind.IMAGES);
    IdxContent fromPlain = IdxReader.read(plain, IdxKind.IMAGES);
    assertArrayEquals(fromPlain.payload, fromGzip.payload);
    assertEquals(IdxFixture.sha256(IMAGES), fromGzip.sha256);
    assertEquals(IdxFixture.sha256(IMAGES), fromPlain.sha256);
  }

  @Test
  void readsGzipOfSeveralMembers() throws Exception {
    byte[] first = IdxFixture.gzip(Arrays.copyOf(IMAGES, 10));
    byte[] second = IdxFixture.gzip(Arrays.copyOfRange(IMAGES, 10, IMAGES.length));
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    assertArrayEquals(PIXELS, IdxReader.read(write("two", both), IdxKind.IMAGES).payload);
  }

  @Test
  void hashesFilesOfManySlices() throws Exception {
    byte[] large = IdxFixture.images(700, 28, 28, new Random(3));
    Path file = write("large", IdxFixture.gzip(large));
    assertEquals(IdxFixture.sha256(large), IdxReader.read(file, IdxKind.IMAGES).sha256);
  }

  @Test
  void absentFile() {
    Path file = folder.resolve("absent");
    DataException e = assertThrows(DataException.class, () -> IdxReader.read(file, IdxKind.IMAGES));
    assertEquals("cannot read " + file + ": no such file", e.getMessage());
  }

  @Test
  void folderInsteadOfFile() {
    DataException e =
        assertThrows(DataException.class, () -> IdxReader.read(folder, IdxKind.IMAGES));
    assertEquals(folder + ": expected a file of images, found a folder or device", e.getMessage());
  }

  @Test
  void emptyFile() throws Exception {
    refuses("too short: expected an IDX file of images, found 0 bytes", new byte[0]);
  }

  @Test
  void emptyGzip() throws Exception {
    refuses(
        "too short: expected an IDX file of images, found 0 bytes", IdxFixture.gzip(new byte[0]));
  }

  @Test
  void headerCutOff() throws Exception {
    refuses(
        "too short: expected a header of 16 bytes, found 7 bytes in all", Arrays.copyOf(IMAGES, 7));
  }

  @Test
  void labelsWhereImagesAreExpected() throws Exception {
    refuses(
        "expected images (magic number 0x00000803), found labels (0x00000801): are two files"
            + " swapped?",
        LABELS);
  }

  @Test
  void imagesWhereLabelsAreExpected() throws Exception {
    Path file = write("labels", IMAGES);
    DataException e = assertThrows(DataException.class, () -> IdxReader.read(file, IdxKind.LABELS));
    assertEquals(
        file
            + ": expected labels (magic number 0x00000801), found images (0x00000803): are two"
            + " files swapped?",
        e.getMessage());
  }

  @Test
  void somethingElse() throws Exception {
    refuses(
        "not an IDX file of images: expected magic number 0x00000803, found 0x68656c6c",
        "hello".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void webPage() throws Exception {
    refuses(
        "expected an IDX file of images, found an HTML page, perhaps of a failed download",
        "<html>".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void tooShort() throws Exception {
    refuses(
        "wrong length: expected 28 bytes as its header says, found 27", Arrays.copyOf(IMAGES, 27));
  }

  @Test
  void tooShortInsideGzip() throws Exception {
    refuses(
        "wrong length: expected 28 bytes as its header says, found 27",
        IdxFixture.gzip(Arrays.copyOf(IMAGES, 27)));
  }

  @Test
  void trailingBytes() throws Exception {
    refuses(
        "wrong length: expected 28 bytes as its header says, found 30", Arrays.copyOf(IMAGES, 30));
  }

  @Test
  void trailingBytesInsideGzip() throws Exception {
    refuses(
        "wrong length: expected 28 bytes as its header says, found more",
        IdxFixture.gzip(Arrays.copyOf(IMAGES, 30)));
  }

  @Test
  void trailingBytesAfterGzip() throws Exception {
    byte[] gzip = IdxFixture.gzip(IMAGES);
    for (int more : new int[] {1, 50, 200_000}) {
      refuses(
          "trailing bytes: expected the end after the gzip data, found more",
          Arrays.copyOf(gzip, gzip.length + more));
    }
  }

  @Test
  void truncatedGzip() throws Exception {
    byte[] gzip = IdxFixture.gzip(IdxFixture.images(100, 9, 9, new Random(1)));
    refuses(
        "truncated: expected a whole gzip file, found the end after 5000 bytes",
        Arrays.copyOf(gzip, 5000));
  }

  @Test
  void gzipCutInItsTrailer() throws Exception {
    byte[] gzip = IdxFixture.gzip(IMAGES);
    refuses(
        "truncated: expected a whole gzip file, found the end after %d bytes"
            .formatted(gzip.length - 3),
        Arrays.copyOf(gzip, gzip.length - 3));
  }

  @Test
  void gzipWithAFlippedBit() throws Exception {
    byte[] gzip = IdxFixture.gzip(IMAGES);
    gzip[gzip.length - 8] ^= 1;
    refuses("corrupt gzip: Corrupt GZIP trailer", gzip);
  }

  @Test
  void noImages() throws Exception {
    refuses(
        "absurd dimensions: expected 1 to 2147483639 bytes of content, found a header that says"
            + " 0x3x2",
        IdxFixture.idx(new byte[0], 0x803, 0, 3, 2));
  }

  @Test
  void productOverflows32Bits() throws Exception {
    refuses(
        "absurd dimensions: expected 1 to 2147483639 bytes of content, found a header that says"
            + " 65536x65536x1",
        IdxFixture.idx(PIXELS, 0x803, 65536, 65536, 1));
  }

  @Test
  void productOverflows64Bits() throws Exception {
    refuses(
        "absurd dimensions: expected 1 to 2147483639 bytes of content, found a header that says"
            + " 4294967295x4294967295x4294967295",
        IdxFixture.idx(PIXELS, 0x803, -1, -1, -1));
  }

  @Test
  void promisesWhatNoGzipOfItsSizeHolds() throws Exception {
    byte[] gzip = IdxFixture.gzip(IdxFixture.idx(PIXELS, 0x803, 70_000, 100, 100));
    refuses(
        "wrong length: expected 700000016 bytes as its header says, found a gzip file of %d bytes,"
                .formatted(gzip.length)
            + " which cannot hold them",
        gzip);
  }

  @Test
  void countsThatDiffer() throws Exception {
    Path images = write("images", IMAGES);
    Path labels = write("labels", IdxFixture.idx(new byte[] {1, 0, 1}, 0x801, 3));
    DataException e =
        assertThrows(DataException.class, () -> IdxFixture.readImageSet(images, labels));
    assertEquals(
        labels + ": expected 2 labels, one for each image of " + images + ", found 3",
        e.getMessage());
  }

  private void refuses(String complaint, byte[] content) throws IOException {
    Path file = write("broken", content);
    DataException e = assertThrows(DataException.class, () -> IdxReader.read(file, IdxKind.IMAGES));
    assertEquals(file + ": " + complaint, e.getMessage());
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }
}
