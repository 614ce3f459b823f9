package io.mnist4j.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FileProblemTest {
  @TempDir Path directory;

  @Test
  void missingFileIsNamedSo() {
    assertEquals("no such file", reasonOfReading(directory.resolve("none")));
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it says access denied of a folder")
  void folderThatIsReadIsNamedSo() {
    assertEquals("it is a folder", reasonOfReading(directory));
  }

  @Test
  void whatTheSystemSaysIsKept() {
    assertEquals("permission denied", FileProblem.reason(new AccessDeniedException("a")));
    assertEquals("disk full", FileProblem.reason(new FileSystemException("a", null, "disk full")));
    assertEquals("no rest", FileProblem.reason(new IOException("no rest")));
    assertEquals("EOFException", FileProblem.reason(new EOFException()));
  }

  private static String reasonOfReading(Path file) {
    return FileProblem.reason(assertThrows(IOException.class, () -> Files.readString(file)));
  }
}
