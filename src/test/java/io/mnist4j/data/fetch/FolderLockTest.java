package io.mnist4j.data.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FolderLockTest {
  @TempDir Path directory;

  private final List<Path> waitedFor = new ArrayList<>();

  @Test
  void foldersThatItMadeGoWithIt() throws Exception {
    Path folder = directory.resolve("a/b");
    try (FolderLock lock = take(folder, Duration.ofSeconds(5))) {
      assertTrue(Files.isRegularFile(lock.folder().resolve(".lock")));
    }
    assertFalse(Files.exists(directory.resolve("a")));
    assertTrue(Files.exists(directory));
  }

  @Test
  void whatHoldsAFileStays() throws Exception {
    Path folder = directory.resolve("a/b");
    try (FolderLock lock = take(folder, Duration.ofSeconds(5))) {
      Files.writeString(lock.folder().resolve("file"), "");
    }
    assertTrue(Files.exists(folder.resolve("file")));
    assertFalse(Files.exists(folder.resolve(".lock")));
  }

  @Test
  void anotherOneWaitsForItAndThenHasAFileOfItsOwn() throws Exception {
    FolderLock first = take(directory.resolve("a"), Duration.ofSeconds(5));
    CompletableFuture<FolderLock> second =
        CompletableFuture.supplyAsync(() -> takeQuietly(directory.resolve("a")));
    assertThrows(TimeoutException.class, () -> second.get(300, TimeUnit.MILLISECONDS));
    first.close();
    try (FolderLock lock = second.get(10, TimeUnit.SECONDS)) {
      assertTrue(Files.exists(lock.folder().resolve(".lock")));
    }
    assertEquals(List.of(directory.resolve("a")), waitedFor);
  }

  @Test
  void waitingEndsAtTheDeadline() throws Exception {
    FolderLock first = take(directory, Duration.ofSeconds(5));
    IOException e = assertThrows(IOException.class, () -> take(directory, Duration.ofMillis(200)));
    assertEquals("another process holds it; gave up after 0.2 s", e.getMessage());
    assertTrue(Files.exists(directory.resolve(".lock")), "it is still the other's");
    first.close();
  }

  private FolderLock takeQuietly(Path folder) {
    try {
      return take(folder, Duration.ofSeconds(20));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private FolderLock take(Path folder, Duration deadline) throws IOException, InterruptedException {
    return FolderLock.take(
        folder,
        Fetcher.Deadline.in(deadline),
        new FetchListener() {
          @Override
          public void waiting(Path waiting) {
            waitedFor.add(waiting);
          }
        });
  }
}
