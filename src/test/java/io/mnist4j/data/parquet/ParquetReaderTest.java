package io.mnist4j.data.parquet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.pictures.ImageFile;
import io.mnist4j.data.pictures.Picture;
import io.mnist4j.data.source.DiskFile;
import io.mnist4j.data.source.FileEntry;
import io.mnist4j.data.strokes.Strokes;
import io.mnist4j.errors.DataException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files in {@code src/test/resources/parquet} are of {@code src/test/parquet/fixtures.py}. */
class ParquetReaderTest {
  private static final Path FILES = Path.of("src/test/resources/parquet");

  /** The images that all of them hold. */
  private static final ImageSet DRAWN = Strokes.generate(1, 20);

  private static final List<String> WORDS =
      List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");

  @TempDir Path folder;

  @Test
  void readsWhatTheHubHas() throws Exception {
    Path file = FILES.resolve("hub.parquet");
    EncodedPictures hub = ParquetReader.read(DiskFile.of(file), ParquetReader.FIND_LABELS);
    assertEquals(WORDS, hub.labelNames());
    assertDrawn(hub);
    assertEquals("image.bytes (binary), image.path (text), label (int64)", hub.columns());
    assertEquals(file + ", row 3", hub.nameOf(3));
    assertTrue(ParquetReader.isParquet(Files.readAllBytes(file)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pyarrow", "pages", "pandas", "polars", "duckdb"})
  void readsWhatOtherProgramsWrite(String name) throws Exception {
    Path file = FILES.resolve(name + ".parquet");
    assertDrawn(ParquetReader.read(DiskFile.of(file), ParquetReader.FIND_LABELS));
  }

  private static void assertDrawn(EncodedPictures pictures) throws DataException {
    assertEquals(DRAWN.size(), pictures.pictures().size());
    for (int i = 0; i < DRAWN.size(); i++) {
      int label = pictures.labels().orElseThrow()[i];
      List<String> names = pictures.labelNames();
      assertEquals(DRAWN.label(i), names.isEmpty() ? label : WORDS.indexOf(names.get(label)));
      Picture picture = ImageFile.decode(pictures.pictures().get(i), pictures.nameOf(i));
      for (int pixel = 0; pixel < 28 * 28; pixel++) {
        int grey = DRAWN.pixels()[i * 28 * 28 + pixel] & 0xff;
        assertEquals(0xff000000 | grey * 0x010101, picture.argb(pixel / 28, pixel % 28));
      }
    }
  }

  @Test
  void namesAreInTheOrderOfTheRows() throws Exception {
    Path file = FILES.resolve("pages.parquet");
    EncodedPictures pages = ParquetReader.read(DiskFile.of(file), "class");
    assertEquals(WORDS.get(DRAWN.label(0)), pages.labelNames().get(0));
    assertEquals(0, pages.labels().orElseThrow()[0]);
    assertEquals(10, pages.labelNames().size());
  }

  @Test
  void zstandardIsRefusedWithAWayOut() {
    Path file = FILES.resolve("zstandard.parquet");
    DataException e =
        assertThrows(DataException.class, () -> ParquetReader.read(DiskFile.of(file), "auto"));
    assertEquals(
        file
            + ": column image.bytes: compressed by Zstandard; save it with Snappy (in pyarrow,"
            + " pandas and Polars: compression='snappy')",
        e.getMessage());
  }

  @Test
  void readsAFileInAnArchive() throws Exception {
    byte[] content = Files.readAllBytes(FILES.resolve("hub.parquet"));
    assertDrawn(ParquetReader.read(archived(content), ParquetReader.FIND_LABELS));
    DataException e =
        assertThrows(
            DataException.class,
            () -> ParquetReader.read(archived(new byte[] {1, 2, 3, 4, 5}), "auto"));
    assertTrue(e.getMessage().startsWith("a.zip/x: not a Parquet file"), e.getMessage());
  }

  private static FileEntry archived(byte[] content) {
    return new FileEntry() {
      @Override
      public String name() {
        return "x";
      }

      @Override
      public long size() {
        return content.length;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(content);
      }

      @Override
      public Optional<Path> path() {
        return Optional.empty();
      }

      @Override
      public String toString() {
        return "a.zip/x";
      }
    };
  }

  /** Columns that may and may not miss values, dictionaries, both versions of pages, all codecs. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 4, 8, 16, 5, 12, 21, 31})
  void readsEveryFormOfThePages(int form) throws Exception {
    for (int codec : List.of(0, 1, 2)) {
      ParquetFixture fixture = ParquetFixture.of(50);
      fixture.codec = codec;
      fixture.optional = (form & 1) == 0;
      fixture.dictionary = (form & 2) != 0;
      fixture.secondVersion = (form & 4) != 0;
      fixture.int32 = (form & 8) != 0;
      fixture.rowsOfAGroup = (form & 16) != 0 ? 7 : 100;
      EncodedPictures read = read(fixture);
      assertEquals(50, read.pictures().size());
      for (int i = 0; i < 50; i++) {
        assertArrayEquals(ParquetFixture.picture(i), read.pictures().get(i));
        assertEquals(i % 3, read.labels().orElseThrow()[i]);
      }
      assertEquals(List.of(), read.labelNames());
    }
  }

  @Test
  void rowsWithoutLabels() throws Exception {
    ParquetFixture unlabelled = ParquetFixture.of(4);
    unlabelled.labels.replaceAll(label -> -1L);
    assertTrue(read(unlabelled).labels().isEmpty());
    unlabelled.labels.replaceAll(label -> null);
    assertTrue(read(unlabelled).labels().isEmpty());
    unlabelled.dictionary = true;
    assertTrue(read(unlabelled).labels().isEmpty());
    Path labelled = Files.write(folder.resolve("l"), ParquetFixture.of(2).bytes());
    assertTrue(ParquetReader.read(DiskFile.of(labelled), "none").labels().isEmpty());
  }

  @Test
  void labelsInSomeRowsAlone() throws Exception {
    refuses(
        "row 1, counted from 0: expected a label in each row or in none, found some",
        fixture -> fixture.labels.set(1, null));
    refuses(
        "row 4, counted from 0: expected a label in each row or in none, found some",
        fixture -> fixture.labels.set(4, -1L));
    refuses(
        "row 1, counted from 0: expected a label in each row or in none, found some",
        fixture -> fixture.labels.set(0, null));
  }

  @Test
  void labelsOutOfRange() throws Exception {
    refuses(
        "row 3, counted from 0: expected a label from 0 on, found -7",
        fixture -> fixture.labels.set(3, -7L));
    refuses(
        "row 3, counted from 0: expected a label from 0 on, found 2147483648",
        fixture -> fixture.labels.set(3, 1L << 31));
    refuses(
        "row 2, counted from 0: expected a label below 2, as many as have names, found 2",
        fixture -> fixture.metadata = ParquetFixture.classNames("a", "b"));
  }

  @Test
  void namesThatAreNoneAreLeftOut() throws Exception {
    for (String metadata :
        List.of("", "[", "{\"info\": 3}", ParquetFixture.classNames("a", "a", "b"))) {
      ParquetFixture fixture = ParquetFixture.of(4);
      fixture.metadata = metadata;
      assertEquals(List.of(), read(fixture).labelNames());
    }
  }

  @Test
  void pictureThatIsNotThere() throws Exception {
    refuses(
        "row 2, counted from 0, has no picture; pictures that lie in files of their own have to be"
            + " saved with it",
        fixture -> fixture.pictures.set(2, null));
  }

  @Test
  void columnThatIsAskedFor() throws Exception {
    Path file = Files.write(folder.resolve("x"), ParquetFixture.of(3).bytes());
    DataException e =
        assertThrows(DataException.class, () -> ParquetReader.read(DiskFile.of(file), "kind"));
    assertEquals(
        file + ": expected a column 'kind' of labels, found image.bytes (binary), label (int64)",
        e.getMessage());
  }

  @Test
  void columnsOfOtherKinds() throws Exception {
    refuses(
        "expected a column of pictures (image, img, picture, as binary or struct{bytes, path}),"
            + " found pixels (list of int32), label (int64)",
        fixture ->
            fixture.schema =
                List.of(
                    ParquetFixture.group("schema", 2),
                    ParquetFixture.leaf("pixels", 1, 2),
                    ParquetFixture.leaf("label", 2, 0)));
    refuses(
        "expected whole numbers or names as labels, one a row, found label (double)",
        fixture ->
            fixture.schema =
                List.of(
                    ParquetFixture.group("schema", 2),
                    ParquetFixture.leaf("img", 6, 0),
                    ParquetFixture.leaf("label", 5, 0)));
  }

  @Test
  void onlyColumnOfBytesHoldsThePictures() throws Exception {
    ParquetFixture fixture = ParquetFixture.of(3);
    fixture.optional = false;
    fixture.schema =
        List.of(
            ParquetFixture.group("schema", 2),
            ParquetFixture.leaf("scan", 6, 0),
            ParquetFixture.leaf("Digit", 2, 0));
    EncodedPictures read = read(fixture);
    assertArrayEquals(ParquetFixture.picture(2), read.pictures().get(2));
    assertArrayEquals(new int[] {0, 1, 2}, read.labels().orElseThrow());
  }

  @Test
  void noRows() throws Exception {
    refuses("expected pictures, found no rows", fixture -> fixture.pictures.clear());
  }

  @Test
  void filesOfOtherKinds() throws Exception {
    refuses("not a Parquet file: expected PAR1 at its beginning, found an empty file", "");
    refuses("not a Parquet file: expected PAR1 at its beginning, found 'hell'", "hello");
    refuses("not a Parquet file: expected PAR1 at its beginning, found 'P\\x05'", "P\u0005");
    refuses(
        "not a Parquet file: expected PAR1 at its beginning, found a pointer of Git LFS; 'git lfs"
            + " pull' brings the file",
        "version https://git-lfs.github.com/spec/v1\n");
    refuses(
        "not a Parquet file: expected PAR1 at its beginning, found an HTML page, perhaps of a"
            + " failed download",
        "<!DOCTYPE html>");
    refuses("is encrypted; save it without encryption", "PAREabcdabcdPARE");
    assertFalse(ParquetReader.isParquet(new byte[] {'P', 'A', 'R'}));
  }

  @Test
  void encryptedColumns() throws Exception {
    refuses(
        "footer: is encrypted; save it without encryption", fixture -> fixture.encrypted = true);
  }

  @Test
  void noBeginningOfAFileIsTakenForAll() throws Exception {
    byte[] whole = Files.readAllBytes(FILES.resolve("hub.parquet"));
    Path file = folder.resolve("part");
    for (int length = 4; length < whole.length; length += 61) {
      Files.write(file, Arrays.copyOf(whole, length));
      DataException e =
          assertThrows(DataException.class, () -> ParquetReader.read(DiskFile.of(file), "auto"));
      assertTrue(e.getMessage().startsWith(file + ": truncated: "), e.getMessage());
      assertTrue(e.getMessage().endsWith("; fetch or copy it again"), e.getMessage());
    }
  }

  @Test
  void damageThatAChecksumShows() throws Exception {
    byte[] content = Files.readAllBytes(FILES.resolve("pages.parquet"));
    content[1_000] ^= 1;
    Path file = Files.write(folder.resolve("damaged"), content);
    DataException e =
        assertThrows(DataException.class, () -> ParquetReader.read(DiskFile.of(file), "auto"));
    assertTrue(
        e.getMessage()
            .matches(".*: column img: page at byte [0-9]+: damaged: its checksum is wrong"),
        e.getMessage());
  }

  @Test
  void folderInsteadOfAFile() {
    DataException e =
        assertThrows(
            DataException.class, () -> ParquetReader.read(new DiskFile(folder, "x", 0), "auto"));
    assertEquals(folder + ": expected a Parquet file, found a folder or device", e.getMessage());
  }

  /** What files claim must not cost memory or time. */
  @Test
  void claimsThatTheFileCannotKeep() throws Exception {
    refuses(
        "expected a picture in each row, found 1000000005 rows in",
        fixture -> fixture.moreRows = 1_000_000_000);
    refuses(
        "absurd numbers of rows",
        fixture -> {
          fixture.rowsOfAGroup = 2;
          fixture.moreRows = Long.MAX_VALUE - 2;
        });
    refuses(
        "bytes of SNAPPY, which cannot hold them",
        fixture -> {
          fixture.codec = ParquetFixture.SNAPPY;
          fixture.morePageBytes = 10_000_000;
        });
    refuses(
        "in all pages of a file of this length, found",
        fixture -> fixture.morePageBytes = 2_000_000_000);
    refuses("more bytes, found", fixture -> fixture.morePageBytes = 1_000_000);
    refuses(
        "page at byte 4: 105 values where 5 rows are left", fixture -> fixture.moreValues = 100);
    refuses(
        "expected a dictionary of 1005 values, found",
        fixture -> {
          fixture.dictionary = true;
          fixture.moreDictionaryValues = 1_000;
        });
    refuses(
        " bytes from byte 1000004 on, found a file of", fixture -> fixture.moreOffset = 1_000_000);
  }

  /** Each page is plausible by itself: nine times 8 MiB of zeros in a file of 80 kB. */
  @Test
  void picturesThatFillTheMemory() throws Exception {
    ParquetFixture fixture = ParquetFixture.of(9);
    fixture.pictures.replaceAll(picture -> new byte[8 << 20]);
    fixture.codec = ParquetFixture.GZIP;
    fixture.rowsOfAGroup = 1;
    refuses("in all pages of a file of this length, found", fixture.bytes());
  }

  @Test
  void pagesThatContradictThemselves() throws Exception {
    refuses(
        "column image.bytes: expected 6 values in a group of rows, found 5",
        fixture -> fixture.moreRows = 1);
    refuses(
        "value 5 of a dictionary of 5",
        fixture -> {
          fixture.dictionary = true;
          fixture.pictures.add(ParquetFixture.picture(5));
          fixture.labels.add(0L);
          fixture.moreDictionaryValues = -1;
        });
    refuses(
        "numbers of 77 bits",
        fixture -> {
          fixture.dictionary = true;
          fixture.indexWidth = 77;
        });
    refuses(
        "corrupt Snappy data: expected",
        fixture -> fixture.codecThatIsSaid = ParquetFixture.SNAPPY);
    refuses(
        "corrupt gzip: Not in GZIP format",
        fixture -> fixture.codecThatIsSaid = ParquetFixture.GZIP);
    refuses("compressed by codec number 99", fixture -> fixture.codecThatIsSaid = 99);
  }

  @Test
  void schemasThatAreNoTrees() throws Exception {
    refuses(
        "footer: a schema that ends early",
        fixture -> fixture.schema = List.of(ParquetFixture.group("schema", 1_000_000)));
    refuses(
        "footer: a schema with parts outside of its tree",
        fixture ->
            fixture.schema =
                List.of(
                    ParquetFixture.group("schema", 1),
                    ParquetFixture.leaf("a", 6, 0),
                    ParquetFixture.leaf("b", 6, 0)));
    refuses(
        "footer: a schema nested more than 16 deep",
        fixture -> fixture.schema = Collections.nCopies(100, ParquetFixture.group("a", 1)));
    refuses(
        "footer: a column of unknown type 70",
        fixture ->
            fixture.schema =
                List.of(ParquetFixture.group("schema", 1), ParquetFixture.leaf("a", 70, 0)));
    refuses(
        "footer: expected 1 columns in each group of rows, found 2",
        fixture ->
            fixture.schema =
                List.of(ParquetFixture.group("schema", 1), ParquetFixture.leaf("image", 6, 0)));
  }

  private EncodedPictures read(ParquetFixture fixture) throws IOException, DataException {
    Path file = Files.write(folder.resolve("fixture"), fixture.bytes());
    return ParquetReader.read(DiskFile.of(file), ParquetReader.FIND_LABELS);
  }

  /** Five pictures, changed. */
  private void refuses(String complaint, Consumer<ParquetFixture> change) throws IOException {
    ParquetFixture fixture = ParquetFixture.of(5);
    change.accept(fixture);
    refuses(complaint, fixture.bytes());
  }

  private void refuses(String complaint, String content) throws IOException {
    refuses(complaint, content.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void refuses(String complaint, byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("broken"), content);
    DataException e =
        assertThrows(DataException.class, () -> ParquetReader.read(DiskFile.of(file), "auto"));
    assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
    assertTrue(e.getMessage().contains(complaint), e.getMessage());
    assertFalse(e.getMessage().contains("\n"), e.getMessage());
  }
}
