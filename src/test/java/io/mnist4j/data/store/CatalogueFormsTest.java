package io.mnist4j.data.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.Dataset;
import io.mnist4j.data.catalogue.CatalogueEntry;
import io.mnist4j.data.catalogue.CatalogueFile;
import io.mnist4j.data.catalogue.DatasetLayout;
import io.mnist4j.data.catalogue.FileForm;
import io.mnist4j.data.catalogue.FileHash;
import io.mnist4j.data.catalogue.FileHash.HashKind;
import io.mnist4j.data.catalogue.FileRole;
import io.mnist4j.data.fetch.FetchListener;
import io.mnist4j.data.fetch.TestMirror;
import io.mnist4j.data.idx.IdxFixture;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.MissingDataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data sets of the catalogue that are not four files known by their content. */
class CatalogueFormsTest {
  private static final byte[] TRAIN = "3 1:0.5\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TEST = "1 1:-1 2:0.25\n".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path directory;
  private final List<String> notes = new ArrayList<>();

  @Test
  void anArchiveIsFetchedOnceForAllItsDataSets() throws Exception {
    Map<String, byte[]> members = new TreeMap<>();
    addMembers(members, "letters", 1);
    addMembers(members, "digits", 2);
    members.put("gzip/../../evil", new byte[10]);
    byte[] zip = zip(members);
    try (TestMirror mirror = new TestMirror(Map.of("gzip.zip", zip))) {
      CatalogueEntry letters = part("letters", zip, mirror.base());
      CatalogueEntry digits = part("digits", zip, mirror.base());
      Dataset dataset = store().load(letters, listener());
      assertEquals(List.of("gzip.zip"), mirror.requests());
      assertEquals(10, dataset.train().height(), "12x10 are turned");
      byte[] labels = IdxFixture.tiny(1).get(FileRole.TEST_LABELS);
      assertEquals(labels[8], dataset.test().label(0), "the labels of the files begin at 1");
      assertEquals(
          List.of(
              "letters: rows and columns of the images are exchanged, since EMNIST stores columns"),
          notes);
      FetchResult second = store().fetch(digits, false, listener());
      assertEquals(4, second.fetched().size());
      assertEquals(1, mirror.requests().size(), "the zip is there");
      assertEquals(4, store().fetch(digits, true, listener()).fetched().size());
      assertEquals(2, mirror.requests().size(), "force fetches it anew");
      try (Stream<Path> files = Files.walk(directory)) {
        assertEquals(1 + 8 + 1, files.filter(Files::isRegularFile).count(), "nothing else");
      }

      FileStatus status = store().verify(letters).get(0);
      assertEquals("no published hash; as it was fetched", status.remark());
      Path file = status.path().orElseThrow();
      Files.write(file, IdxFixture.tiny(9).get(FileRole.TRAIN_IMAGES));
      assertTrue(
          store()
              .verify(letters)
              .get(0)
              .remark()
              .startsWith(file + ": expected SHA-256 " + status.found().orElseThrow() + " as it"));
      assertEquals("corrupt", DatasetStatus.of(letters, store()).state());
      Files.delete(file.resolveSibling("mnist4j-fetched.json"));
      assertEquals(
          "no published hash; not fetched by mnist4j", store().verify(letters).get(0).remark());
      Files.writeString(file.resolveSibling("mnist4j-fetched.json"), "{");
      assertTrue(
          store().verify(letters).get(0).remark().contains("mnist4j-fetched.json: is not JSON"));
    }
  }

  @Test
  void anArchiveWithoutTheFilesIsNamed() throws Exception {
    Map<String, byte[]> members = new TreeMap<>();
    addMembers(members, "letters", 1);
    members.remove("gzip/emnist-letters-test-labels-idx1-ubyte.gz");
    Path archive = directory.resolve("emnist/gzip.zip");
    refused(members, archive + ": has no gzip/emnist-letters-test-labels-idx1-ubyte.gz");
    members.put("gzip/emnist-letters-test-labels-idx1-ubyte.gz", new byte[100_000]);
    refused(
        members,
        archive
            + ": expected at most 4154 bytes of emnist-letters-test-labels-idx1-ubyte.gz, found"
            + " more");
    members.put("gzip/emnist-letters-test-labels-idx1-ubyte.gz", new byte[100]);
    refused(members, "not an IDX file of labels");
    try (Stream<Path> files = Files.list(directory.resolve("emnist"))) {
      assertTrue(files.noneMatch(file -> file.toString().endsWith(".part")));
    }
  }

  private void refused(Map<String, byte[]> members, String expected) throws Exception {
    byte[] zip = zip(members);
    try (TestMirror mirror = new TestMirror(Map.of("gzip.zip", zip))) {
      DataException e =
          assertThrows(
              DataException.class,
              () -> store().load(part("letters", zip, mirror.base()), FetchListener.SILENT));
      assertTrue(e.getMessage().contains(expected), e.getMessage());
    }
  }

  @Test
  void filesWithAPublishedHashAreThatFileAndNoOther() throws Exception {
    Map<FileRole, byte[]> tiny = IdxFixture.tiny(1);
    Map<String, byte[]> published = new TreeMap<>();
    List<CatalogueFile> files = new ArrayList<>();
    for (FileRole role : FileRole.values()) {
      byte[] gzip = IdxFixture.gzip(tiny.get(role));
      published.put("q-" + role.gzipName(), gzip);
      files.add(CatalogueFile.idx(role, "q-" + role.gzipName(), Optional.of(md5(gzip)), 30_000));
    }
    try (TestMirror mirror = new TestMirror(published)) {
      CatalogueEntry entry = entry("q", files, mirror.base());
      assertEquals(200, store().load(entry, FetchListener.SILENT).train().size());
      assertEquals("complete", DatasetStatus.of(entry, store()).state());
      assertEquals("present", DatasetStatus.glance(entry, store()).state());
      Path file = directory.resolve("q/q-t10k-labels-idx1-ubyte.gz");
      byte[] other = IdxFixture.gzip(IdxFixture.tiny(2).get(FileRole.TEST_LABELS));
      Files.write(file, other);
      assertEquals(
          "%s: expected MD5 %s, found %s"
              .formatted(file, files.get(3).hash().orElseThrow().hex(), md5(other).hex()),
          store().verify(entry).get(3).remark());
      published.put(file.getFileName().toString(), other);
      String message =
          assertThrows(
                  MissingDataException.class,
                  () -> store().fetch(entry, false, FetchListener.SILENT))
              .getMessage();
      assertTrue(message.contains(": wrong content: expected MD5 "), message);
      assertTrue(message.contains(". Put the four files into "), message);
    }
  }

  @Test
  void filesOfOtherFormsAreFetchedAndFound() throws Exception {
    try (TestMirror mirror = new TestMirror(Map.of("u.bz2", TRAIN, "u.t.bz2", TEST))) {
      CatalogueEntry entry = usps(mirror.base());
      assertEquals("missing", DatasetStatus.glance(entry, store()).state());
      Path place = store().folderOf(entry, FetchListener.SILENT);
      assertEquals(directory.resolve("u"), place);
      assertArrayEquals(TRAIN, Files.readAllBytes(place.resolve("u.bz2")));
      assertEquals(2, mirror.requests().size());
      assertEquals("complete", DatasetStatus.of(entry, store()).state());
      Files.move(place.resolve("u.t.bz2"), directory.resolve("u.t.bz2"));
      assertEquals("complete", DatasetStatus.of(entry, store()).state());
      DataException e =
          assertThrows(DataException.class, () -> store().folderOf(entry, FetchListener.SILENT));
      assertTrue(e.getMessage().startsWith("u: expected all files in one folder, found some in"));
      Files.delete(directory.resolve("u.t.bz2"));
      assertEquals("incomplete", DatasetStatus.glance(entry, store()).state());
      Files.write(place.resolve("u.t.bz2"), new byte[100]);
      assertEquals("corrupt", DatasetStatus.glance(entry, store()).state(), "by its length");
      Files.delete(place.resolve("u.t.bz2"));
      Files.write(directory.resolve("u.t.bz2"), new byte[100]);
      assertEquals("incomplete", DatasetStatus.glance(entry, store()).state());
    }
  }

  @Test
  void filesOfOtherFormsAreReadByTheirContent() throws Exception {
    byte[] train =
        "1 1:1 4:0.5\n2 2:1 4:1\n3 1:0.2 3:1 4:1\n2 4:1\n".getBytes(StandardCharsets.US_ASCII);
    byte[] test = "3 1:0.2 4:1\n1 3:1\n".getBytes(StandardCharsets.US_ASCII);
    try (TestMirror mirror = new TestMirror(Map.of("u.bz2", train, "u.t.bz2", test))) {
      CatalogueEntry entry =
          entry(
              "u",
              List.of(
                  CatalogueFile.of("u.bz2", FileForm.LIBSVM, md5(train), 1000),
                  CatalogueFile.of("u.t.bz2", FileForm.LIBSVM, md5(test), 1000)),
              mirror.base());
      Dataset dataset = store().load(entry, listener());
      assertEquals("u", dataset.name());
      assertEquals(List.of("a", "b", "c"), dataset.classNames(), "labels begin at 1");
      assertArrayEquals(new byte[] {0, 1, 2, 1}, dataset.train().labels());
      assertArrayEquals(new byte[] {2, 0}, dataset.test().labels());
      assertEquals(2, dataset.train().height());
      assertArrayEquals(
          new byte[] {51, 0, 0, (byte) 255, 0, 0, (byte) 255, 0}, dataset.test().pixels());
    }
    byte[] zip = zip(Map.of("fog/train_images.npy", new byte[9]));
    try (TestMirror mirror = new TestMirror(Map.of("many.zip", zip))) {
      CatalogueFile file = CatalogueFile.of("many.zip", FileForm.ZIP, md5(zip), 10_000);
      CatalogueEntry entry = entry("many", List.of(file), mirror.base());
      DataException e = assertThrows(DataException.class, () -> store().load(entry, listener()));
      assertTrue(e.getMessage().startsWith("many holds many data sets: unpack "), e.getMessage());
    }
  }

  @Test
  void whatToPutWhereIsSaid() {
    MissingDataException e =
        assertThrows(
            MissingDataException.class,
            () -> store().folderOf(usps("file:///nowhere/"), FetchListener.SILENT));
    assertEquals(
        ("cannot fetch u (u.bz2): /nowhere: no such file. Put u.bz2 and u.t.bz2 into %s or set"
                + " MNIST4J_DATA, then try again")
            .formatted(directory.resolve("u")),
        e.getMessage());
  }

  @Test
  void labelsBeyondTheClassesAreRefused() throws Exception {
    Map<FileRole, byte[]> tiny = IdxFixture.tiny(1);
    CatalogueEntry entry = IdxFixture.entry("tiny", tiny);
    CatalogueEntry shifted = entry.with(new DatasetLayout("tiny", Optional.empty(), "", false, 1));
    IdxFixture.write(directory.resolve("tiny"), tiny);
    DataException e =
        assertThrows(DataException.class, () -> store().load(shifted, FetchListener.SILENT));
    assertEquals("tiny: expected labels 1 to 3, found others", e.getMessage());
    assertFalse(entry.classNames().isEmpty());
  }

  private static CatalogueEntry usps(String mirror) {
    List<CatalogueFile> files =
        List.of(
            CatalogueFile.of("u.bz2", FileForm.LIBSVM, md5(TRAIN), 1000),
            CatalogueFile.of("u.t.bz2", FileForm.LIBSVM, md5(TEST), 1000).ofLength(TEST.length));
    return entry("u", files, mirror);
  }

  private static CatalogueEntry part(String name, byte[] zip, String mirror) {
    List<CatalogueFile> files = new ArrayList<>();
    for (FileRole role : FileRole.values()) {
      long most = role == FileRole.TEST_LABELS ? 58 : 30_000;
      files.add(CatalogueFile.idx(role, member(name, role), Optional.empty(), most));
    }
    CatalogueFile archive = CatalogueFile.of("gzip.zip", FileForm.ZIP, md5(zip), 1 << 20);
    return entry(name, files, mirror)
        .with(new DatasetLayout("emnist", Optional.of(archive), "gzip/", true, 1));
  }

  private static CatalogueEntry entry(String name, List<CatalogueFile> files, String mirror) {
    return CatalogueEntry.of(
        name, "made up", List.of("a", "b", "c"), 200, 50, files, List.of(mirror));
  }

  private static String member(String part, FileRole role) {
    return "emnist-%s-%s".formatted(part, role.gzipName().replace("t10k-", "test-"));
  }

  private static void addMembers(Map<String, byte[]> members, String part, long seed) {
    IdxFixture.tiny(seed)
        .forEach(
            (role, content) -> {
              byte[] file = content.clone();
              for (int i = 8; i < file.length && role.fileName().contains("labels"); i++) {
                file[i]++;
              }
              members.put("gzip/" + member(part, role), IdxFixture.gzip(file));
            });
  }

  private static byte[] zip(Map<String, byte[]> members) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        zip.putNextEntry(new ZipEntry(member.getKey()));
        zip.write(member.getValue());
      }
    }
    return bytes.toByteArray();
  }

  private static FileHash md5(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("MD5").digest(content);
      return new FileHash(HashKind.MD5, HexFormat.of().formatHex(digest), "this test");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private DataStore store() {
    return new DataStore(directory, TestMirror.SETTINGS);
  }

  private FetchListener listener() {
    return new FetchListener() {
      @Override
      public void note(String text) {
        notes.add(text);
      }
    };
  }
}
