package io.mnist4j.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path directory;

  @Test
  void replacesTheWholeFile() throws Exception {
    Path file = directory.resolve("file");
    AtomicFile.write(file, "first and long");
    AtomicFile.write(file, "second");
    assertEquals("second", Files.readString(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void failureLeavesTheOldFileAndNothingElse() throws Exception {
    Path file = directory.resolve("file");
    AtomicFile.write(file, "old");
    FileSystemException failure =
        assertThrows(
            FileSystemException.class,
            () ->
                AtomicFile.write(
                    file,
                    temporary -> {
                      Files.writeString(temporary, "ne");
                      throw new IOException("No space left on device");
                    }));
    assertEquals(file + ": No space left on device", failure.getMessage());
    assertEquals("old", Files.readString(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void folderAppearsWithItsContentOrNotAtAll() throws Exception {
    Path folder = directory.resolve("folder");
    FileSystemException failure =
        assertThrows(
            FileSystemException.class,
            () ->
                AtomicFile.createFolder(
                    folder,
                    temporary -> {
                      Files.writeString(temporary.resolve("a"), "");
                      assertFalse(Files.exists(folder));
                      throw new IOException("No space left on device");
                    }));
    assertEquals(folder + ": No space left on device", failure.getMessage());
    assertEquals(List.of(), files());
    AtomicFile.createFolder(folder, temporary -> Files.writeString(temporary.resolve("a"), "1"));
    assertEquals("1", Files.readString(folder.resolve("a")));
  }

  @Test
  void folderOfTheNameIsLeftAlone() throws Exception {
    Path empty = Files.createDirectory(directory.resolve("empty"));
    assertThrows(
        FileAlreadyExistsException.class, () -> AtomicFile.createFolder(empty, temporary -> {}));
    // Somebody else is quicker.
    Path late = directory.resolve("late");
    assertThrows(
        FileAlreadyExistsException.class,
        () ->
            AtomicFile.createFolder(
                late,
                temporary -> {
                  Files.writeString(temporary.resolve("mine"), "");
                  Files.writeString(Files.createDirectory(late).resolve("theirs"), "");
                }));
    assertEquals(Set.of(empty, late), Set.copyOf(files()));
    assertTrue(Files.exists(late.resolve("theirs")));
    assertFalse(Files.exists(late.resolve("mine")));
  }

  @Test
  void othersMayReadAsTheyMayReadAnyFile() throws Exception {
    Path plain = Files.writeString(directory.resolve("plain"), "");
    Path atomic = directory.resolve("atomic");
    AtomicFile.write(atomic, "");
    if (Files.getFileStore(plain).supportsFileAttributeView("posix")) {
      assertEquals(Files.getPosixFilePermissions(plain), Files.getPosixFilePermissions(atomic));
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }
}
