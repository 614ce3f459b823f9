package io.mnist4j.data.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.Dataset;
import io.mnist4j.data.catalogue.CatalogueEntry;
import io.mnist4j.data.catalogue.FileRole;
import io.mnist4j.data.idx.IdxFixture;
import io.mnist4j.data.store.DataStore;
import io.mnist4j.data.store.FetchResult;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.MissingDataException;
import io.mnist4j.files.NamedPipe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FetchTest {
  private static final String FIRST = "train-images-idx3-ubyte.gz";
  private static final byte[] FIRST_BYTES =
      IdxFixture.gzip(IdxFixture.TINY.get(FileRole.TRAIN_IMAGES));

  /** A label of a host name has 63 characters at most: no name server is asked for this one. */
  private static final String NO_HOST = "x".repeat(64) + ".invalid";

  private static final String NOWHERE = "http://" + NO_HOST + "/";

  @TempDir Path folder;

  private final List<String> heard = new ArrayList<>();
  private TestMirror mirror;
  private TestMirror second;

  @BeforeEach
  void start() throws IOException {
    mirror = TestMirror.of(IdxFixture.TINY);
    second = TestMirror.of(IdxFixture.TINY);
  }

  @AfterEach
  void stop() {
    mirror.close();
    second.close();
  }

  @Test
  void fetchesAllFilesAndNothingTwice() throws Exception {
    Dataset dataset = load(mirror.base());
    assertEquals(200, dataset.train().size());
    assertEquals(
        List.of(
            "train-images-idx3-ubyte.gz",
            "train-labels-idx1-ubyte.gz",
            "t10k-images-idx3-ubyte.gz",
            "t10k-labels-idx1-ubyte.gz"),
        mirror.requests());
    assertArrayEquals(FIRST_BYTES, Files.readAllBytes(installed()));
    load(mirror.base());
    assertEquals(4, mirror.requests().size());
    assertEquals(List.of(), parts());
  }

  @Test
  void fetchesOnlyWhatIsMissing() throws Exception {
    Files.write(folder.resolve("train-images.idx3-ubyte.gz"), FIRST_BYTES);
    load(mirror.base());
    assertEquals(3, mirror.requests().size());
    assertFalse(Files.exists(installed()));
  }

  @Test
  void forceFetchesAnew() throws Exception {
    load(mirror.base());
    FetchResult kept = store().fetch(entry(mirror.base()), false, FetchListener.SILENT);
    assertEquals(List.of(), kept.fetched());
    FetchResult result = store().fetch(entry(mirror.base()), true, FetchListener.SILENT);
    assertEquals(result.files(), result.fetched());
    assertEquals(installed(), result.files().get(0));
    assertEquals(8, mirror.requests().size());
  }

  @Test
  void fetchReplacesWhatIsCorrupt() throws Exception {
    load(mirror.base());
    Files.write(installed(), new byte[100]);
    FetchResult result = store().fetch(entry(mirror.base()), false, FetchListener.SILENT);
    assertEquals(List.of(installed()), result.fetched());
    assertEquals(200, load(mirror.base()).train().size());
  }

  @Test
  void slowMirrorIsWaitedFor() throws Exception {
    mirror.first(TestMirror.slow(10, Duration.ofMillis(200)));
    new DataStore(folder, impatient(Duration.ofMillis(900), Duration.ofSeconds(60)))
        .load(entry(mirror.base()), listener());
    assertEquals(4, mirror.requests().size());
    assertTrue(heard.contains(FIRST + " " + FIRST_BYTES.length + "/" + FIRST_BYTES.length));
  }

  @Test
  void stalledTransferIsContinued() throws Exception {
    mirror.first(mirror.stallAfter(1000));
    new DataStore(folder, impatient(Duration.ofSeconds(1), Duration.ofSeconds(60)))
        .load(entry(mirror.base()), listener());
    assertEquals(FIRST + " bytes=1000-", mirror.requests().get(1));
    assertTrue(heard.contains("retry " + mirror.name() + ": no bytes for 1 s"), heard::toString);
  }

  @Test
  void silentMirrorIsAskedAgain() throws Exception {
    mirror.first(mirror.silence());
    CatalogueEntry entry = entry(mirror.base());
    FetchSettings settings = impatient(Duration.ofMillis(500), Duration.ofSeconds(60));
    new DataStore(folder, settings).load(entry, listener());
    assertEquals(5, mirror.requests().size());
    assertTrue(heard.contains("retry " + mirror.name() + ": no answer for 0.5 s"), heard::toString);
  }

  @Test
  void cutTransferIsContinued() throws Exception {
    mirror.first(TestMirror.cutAfter(7000));
    load(mirror.base());
    assertEquals(FIRST + " bytes=7000-", mirror.requests().get(1));
    assertEquals(5, mirror.requests().size());
    assertArrayEquals(FIRST_BYTES, Files.readAllBytes(installed()));
  }

  @Test
  void anotherMirrorContinuesWhatOneLeft() throws Exception {
    mirror.then(TestMirror.cutAfter(7000));
    load(mirror.base(), second.base());
    assertEquals(FIRST + " bytes=7000-", second.requests().get(0));
  }

  @Test
  void leftoverOfAKilledProcessIsContinued() throws Exception {
    leavePart(Arrays.copyOf(FIRST_BYTES, 5000));
    load(mirror.base());
    assertEquals(FIRST + " bytes=5000-", mirror.requests().get(0));
    assertEquals(List.of(), parts());
  }

  @Test
  void wholeLeftoverIsInstalled() throws Exception {
    leavePart(FIRST_BYTES);
    load(mirror.base());
    assertEquals(FIRST + " bytes=%d-".formatted(FIRST_BYTES.length), mirror.requests().get(0));
    assertEquals(4, mirror.requests().size());
  }

  @Test
  void leftoverThatIsTooLongIsStartedOver() throws Exception {
    byte[] tooLong = Arrays.copyOf(FIRST_BYTES, FIRST_BYTES.length + 50);
    leavePart(tooLong);
    load(mirror.base());
    assertEquals(
        List.of(FIRST + " bytes=%d-".formatted(tooLong.length), FIRST),
        mirror.requests().subList(0, 2));
  }

  @Test
  void leftoverOfSomethingElseIsStartedOver() throws Exception {
    leavePart(new byte[3000]);
    load(mirror.base());
    assertEquals(List.of(FIRST + " bytes=3000-", FIRST), mirror.requests().subList(0, 2));
    assertArrayEquals(FIRST_BYTES, Files.readAllBytes(installed()));
  }

  @Test
  void ignoredRangeStartsOver() throws Exception {
    leavePart(Arrays.copyOf(FIRST_BYTES, 5000));
    mirror.then(TestMirror::ignoreRange);
    load(mirror.base());
    assertArrayEquals(FIRST_BYTES, Files.readAllBytes(installed()));
    assertEquals(4, mirror.requests().size());
  }

  @Test
  void wrongRangeStartsOver() throws Exception {
    leavePart(Arrays.copyOf(FIRST_BYTES, 5000));
    mirror.first(TestMirror::wrongRange);
    load(mirror.base());
    assertEquals(List.of(FIRST + " bytes=5000-", FIRST), mirror.requests().subList(0, 2));
  }

  @Test
  void redirectIsFollowedWithItsRange() throws Exception {
    leavePart(Arrays.copyOf(FIRST_BYTES, 5000));
    mirror.first(TestMirror.redirect(second.base() + "deep/" + FIRST));
    load(mirror.base());
    assertEquals(List.of("deep/" + FIRST + " bytes=5000-"), second.requests());
  }

  @Test
  void redirectLoopEnds() {
    mirror.then(TestMirror.redirect("/again"));
    fails(mirror.name() + ": redirected more than 5 times", mirror.base());
    assertEquals(6, mirror.requests().size());
  }

  @Test
  void redirectToAnUnknownHost() {
    mirror.then(TestMirror.redirect(NOWHERE));
    fails(mirror.name() + ": unknown host", mirror.base());
  }

  @Test
  void redirectToAnImpossibleHost() {
    mirror.then(TestMirror.redirect("https://" + NO_HOST + "/"));
    MissingDataException e = assertThrows(MissingDataException.class, () -> load(mirror.base()));
    assertTrue(e.getMessage().contains(mirror.name() + ": no web address: "), e.getMessage());
  }

  @Test
  void redirectToNowhere() {
    mirror.then(TestMirror.redirect("file:///etc/passwd"));
    fails(mirror.name() + ": redirects to no web address", mirror.base());
  }

  @Test
  void redirectsKeepSecrecy() throws Exception {
    URI secure = URI.create("https://a.example/x/y");
    assertEquals(URI.create("https://a.example/x/z"), HttpMirror.redirected(secure, "z"));
    assertEquals(URI.create("https://b.example/"), HttpMirror.redirected(secure, "//b.example/"));
    TransferException e =
        assertThrows(
            TransferException.class, () -> HttpMirror.redirected(secure, "http://a.example/"));
    assertEquals("redirects from https to http, which is refused", e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void passingTroubleIsWaitedOut(int status) throws Exception {
    mirror.first(TestMirror.status(status), TestMirror.status(status, "Retry-After", "1"));
    load(mirror.base());
    assertEquals(6, mirror.requests().size());
    assertEquals(
        List.of(
            "retry %s: HTTP %d".formatted(mirror.name(), status),
            "retry %s: HTTP %d".formatted(mirror.name(), status)),
        heard.stream().filter(line -> line.startsWith("retry")).toList());
  }

  @Test
  void mirrorThatAsksForTooLongAPauseIsLeft() throws Exception {
    mirror.then(TestMirror.status(429, "Retry-After", "3600"));
    load(mirror.base(), second.base());
    assertEquals(1, mirror.requests().size());
    assertTrue(
        heard.contains("failed " + mirror.name() + ": HTTP 429, asks to wait 60 min"),
        heard::toString);
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404})
  void mirrorWithoutTheFileIsNotAskedAgain(int status) throws Exception {
    mirror.then(TestMirror.status(status));
    load(mirror.base(), second.base());
    assertEquals(1, mirror.requests().size(), "one refusal and the others are asked first");
    assertEquals(4, second.requests().size());
  }

  @Test
  void htmlPageIsRefused() {
    mirror.then(TestMirror.html());
    fails(mirror.name() + ": sent an HTML page instead of the file", mirror.base());
    assertEquals(1, mirror.requests().size());
  }

  @Test
  void wrongContentIsRefusedAndTheNextMirrorAsked() throws Exception {
    byte[] wrong = IdxFixture.tiny(2).get(FileRole.TRAIN_IMAGES);
    mirror.first(TestMirror.body(IdxFixture.gzip(wrong)));
    load(mirror.base(), second.base());
    assertTrue(
        heard.contains(
            "failed %s: wrong content: expected SHA-256 %s, found %s"
                .formatted(
                    mirror.name(),
                    IdxFixture.sha256(IdxFixture.TINY.get(FileRole.TRAIN_IMAGES)),
                    IdxFixture.sha256(wrong))),
        heard::toString);
    assertArrayEquals(FIRST_BYTES, Files.readAllBytes(installed()));
  }

  @Test
  void wrongLengthIsRefused() {
    mirror.then(TestMirror.body(Arrays.copyOf(FIRST_BYTES, 2000)));
    fails(
        mirror.name()
            + ": wrong content: truncated: expected a whole gzip file, found the end after 2000"
            + " bytes",
        mirror.base());
  }

  @Test
  void announcedLengthIsLimited() {
    mirror.then(TestMirror.body(new byte[100_000]));
    fails(mirror.name() + ": announces 100000 bytes, expected 28136 at most", mirror.base());
  }

  @Test
  void sizeIsLimitedWhereNoLengthIsAnnounced() throws Exception {
    mirror.then(TestMirror::endless);
    fails(mirror.name() + ": sends more than the 28136 bytes expected at most", mirror.base());
  }

  @Test
  void uncompressedContentGetsANameThatSaysSo() throws Exception {
    mirror.first(TestMirror.body(IdxFixture.TINY.get(FileRole.TRAIN_IMAGES)));
    load(mirror.base());
    assertFalse(Files.exists(installed()));
    assertTrue(Files.exists(folder.resolve("tiny/train-images-idx3-ubyte")));
  }

  @Test
  void everyMirrorFailsInItsOwnWay() throws Exception {
    mirror.then(TestMirror.status(404));
    second.then(TestMirror.status(503));
    int freePort;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      freePort = socket.getLocalPort();
    }
    String refused = "127.0.0.1:" + freePort;
    fails(
        "%s: unknown host; %s: connection refused or network unreachable; %s: HTTP 404; %s: HTTP 503 after 3 tries"
            .formatted(NO_HOST, refused, mirror.name(), second.name()),
        NOWHERE,
        "http://" + refused + "/",
        mirror.base(),
        second.base());
    assertEquals(1, mirror.requests().size());
    assertEquals(3, second.requests().size());
    assertFalse(Files.exists(folder.resolve("tiny")), "nothing empty stays behind");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
      })
  void serverThatCannotSpeakHttp(String answer) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> answerAll(server, answer));
      thread.setDaemon(true);
      thread.start();
      String name = "127.0.0.1:" + server.getLocalPort();
      fails(name + ": the connection was cut after 3 tries", "http://" + name + "/");
    }
  }

  private static void answerAll(ServerSocket server, String answer) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        socket.getInputStream().read(new byte[4096]);
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        // The client hangs up too.
      }
    }
  }

  @Test
  void bodyWithoutLengthIsReadToItsEnd() throws Exception {
    mirror.first(
        (exchange, content) -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(content);
        });
    load(mirror.base());
    assertTrue(heard.contains(FIRST + " " + FIRST_BYTES.length + "/-1"), heard::toString);
  }

  @Test
  void settingsReplaceTheMirrors() throws Exception {
    DataStore store = new DataStore(folder, settings(List.of(mirror.base() + "{dataset}"), DIRECT));
    store.load(entry(NOWHERE), listener());
    assertEquals("tiny/" + FIRST, mirror.requests().get(0));
  }

  @Test
  void proxyLooksNamesUp() throws Exception {
    ProxySelector proxy =
        ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), mirror.port()));
    new DataStore(folder, settings(List.of(NOWHERE), proxy)).load(entry(), listener());
    assertEquals(4, mirror.requests().size());
  }

  @Test
  void proxyThatRefuses() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> answerAll(server, "HTTP/1.1 403 No\r\n\r\n"));
      thread.setDaemon(true);
      thread.start();
      ProxySelector proxy =
          ProxySelector.of(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()));
      DataStore store = new DataStore(folder, settings(List.of("https://mirror.invalid"), proxy));
      MissingDataException e =
          assertThrows(MissingDataException.class, () -> store.load(entry(), listener()));
      assertTrue(
          e.getMessage().contains("mirror.invalid: the proxy refuses: Tunnel failed, got: 403"),
          e.getMessage());
    }
  }

  @Test
  void folderAsMirror(@TempDir Path other) throws Exception {
    for (Map.Entry<FileRole, byte[]> file : IdxFixture.TINY.entrySet()) {
      Files.write(other.resolve(file.getKey().gzipName()), IdxFixture.gzip(file.getValue()));
    }
    leavePart(Arrays.copyOf(FIRST_BYTES, 5000));
    Path absent = other.resolve("absent");
    load(absent.toUri().toString(), other.toUri().toString());
    assertTrue(heard.contains("failed " + absent + ": no such file"), heard::toString);
    assertArrayEquals(FIRST_BYTES, Files.readAllBytes(installed()));
  }

  @Test
  void timeIsLimitedInAll() {
    DataStore store =
        new DataStore(folder, impatient(Duration.ofSeconds(10), Duration.ofMillis(400)));
    mirror.then(TestMirror.slow(1000, Duration.ofMillis(50)));
    MissingDataException e =
        assertThrows(
            MissingDataException.class, () -> store.load(entry(mirror.base()), listener()));
    assertTrue(e.getMessage().contains(": gave up after 0.4 s."), e.getMessage());
  }

  @Test
  void twoThreadsFetchOnce() throws Exception {
    mirror.first(TestMirror.slow(10, Duration.ofMillis(50)));
    CompletableFuture<Integer> one = CompletableFuture.supplyAsync(this::loadQuietly);
    CompletableFuture<Integer> other = CompletableFuture.supplyAsync(this::loadQuietly);
    assertEquals(400, one.join() + other.join());
    assertEquals(4, mirror.requests().size());
  }

  private int loadQuietly() {
    try {
      return store().load(entry(mirror.base()), FetchListener.SILENT).train().size();
    } catch (DataException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void folderBelowAFileCannotBeWritten() throws Exception {
    Path file = Files.write(folder.resolve("file"), new byte[1]);
    DataStore store = new DataStore(file.resolve("data"), TestMirror.SETTINGS);
    MissingDataException e =
        assertThrows(
            MissingDataException.class, () -> store.load(entry(mirror.base()), listener()));
    assertTrue(
        e.getMessage()
            .startsWith("cannot fetch tiny: cannot write to " + file.resolve("data/tiny") + ": "),
        e.getMessage());
    assertTrue(
        e.getMessage().endsWith(". Choose another folder, for example with MNIST4J_DATA"),
        e.getMessage());
    assertEquals(List.of(), mirror.requests());
  }

  @Test
  void aFetchThatFailsLeavesNothingBehind() throws Exception {
    Path data = folder.resolve("made/data");
    DataStore store = new DataStore(data, TestMirror.SETTINGS);
    mirror.then(TestMirror.status(404));
    assertThrows(MissingDataException.class, () -> store.load(entry(mirror.base()), listener()));
    assertFalse(Files.exists(folder.resolve("made")));
    Files.createDirectories(data);
    assertThrows(MissingDataException.class, () -> store.load(entry(mirror.base()), listener()));
    try (Stream<Path> files = Files.list(data)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void aFetchThatSucceedsLeavesTheFilesAlone() throws Exception {
    load(mirror.base());
    try (Stream<Path> files = Files.list(folder.resolve("tiny"))) {
      assertEquals(4, files.count());
    }
  }

  @Test
  void pipesAreNotWaitedFor(@TempDir Path other) throws Exception {
    NamedPipe.create(other.resolve(FIRST));
    fails(other + ": " + FIRST + " is no file", other.toUri().toString());
    Files.createDirectories(folder.resolve("tiny"));
    NamedPipe.create(folder.resolve("tiny/.lock"));
    MissingDataException e = assertThrows(MissingDataException.class, () -> load(mirror.base()));
    assertTrue(e.getMessage().contains(": .lock is no file."), e.getMessage());
    assertTrue(Files.exists(folder.resolve("tiny/.lock")));
  }

  private static final ProxySelector DIRECT = ProxySelector.of(null);

  private static FetchSettings settings(List<String> mirrors, ProxySelector proxies) {
    FetchSettings settings = TestMirror.SETTINGS;
    return new FetchSettings(
        mirrors,
        proxies,
        settings.connectTimeout(),
        settings.stallTimeout(),
        settings.totalTimeout(),
        settings.tries(),
        settings.firstPause(),
        settings.longestPause());
  }

  private static FetchSettings impatient(Duration timeout, Duration totalTimeout) {
    FetchSettings settings = TestMirror.SETTINGS;
    return new FetchSettings(
        List.of(),
        DIRECT,
        timeout,
        timeout,
        totalTimeout,
        settings.tries(),
        settings.firstPause(),
        settings.longestPause());
  }

  private Dataset load(String... mirrors) throws DataException {
    return store().load(entry(mirrors), listener());
  }

  /** Nothing is installed, and the error is one line with these reasons. */
  private void fails(String reasons, String... mirrors) {
    MissingDataException e = assertThrows(MissingDataException.class, () -> load(mirrors));
    assertEquals(
        "cannot fetch tiny (%s): %s. Put the four files into %s or set MNIST4J_DATA, then try again"
            .formatted(FIRST, reasons, folder.resolve("tiny")),
        e.getMessage());
    assertFalse(Files.exists(installed()));
  }

  private DataStore store() {
    return new DataStore(folder, TestMirror.SETTINGS);
  }

  private static CatalogueEntry entry(String... mirrors) {
    return IdxFixture.entry("tiny", IdxFixture.TINY, mirrors);
  }

  private Path installed() {
    return folder.resolve("tiny").resolve(FIRST);
  }

  private void leavePart(byte[] bytes) throws IOException {
    Files.createDirectories(folder.resolve("tiny"));
    Files.write(folder.resolve("tiny").resolve(FIRST + ".part"), bytes);
  }

  private List<Path> parts() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("tiny"))) {
      return files.filter(file -> file.toString().endsWith(".part")).toList();
    }
  }

  private FetchListener listener() {
    return new FetchListener() {
      @Override
      public void progress(String file, long bytes, long total) {
        heard.add(file + " " + bytes + "/" + total);
      }

      @Override
      public void retrying(String file, String from, String reason, Duration pause) {
        heard.add("retry " + from + ": " + reason);
      }

      @Override
      public void mirrorFailed(String file, String from, String reason) {
        heard.add("failed " + from + ": " + reason);
      }
    };
  }
}
