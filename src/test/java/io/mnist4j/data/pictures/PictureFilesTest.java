package io.mnist4j.data.pictures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.errors.DataException;
import io.mnist4j.files.NamedPipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureFilesTest {
  @TempDir Path folder;

  @BeforeEach
  void makeFiles() throws Exception {
    Files.createDirectories(folder.resolve("sub/deep"));
    for (String name :
        List.of("b.png", "a.JPG", "c.txt", ".d.png", "sub/e.tiff", "sub/deep/f.png")) {
      Files.createFile(folder.resolve(name));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', 'a.JPG,b.png'",
    "/b.png, b.png",
    "/missing.png, missing.png",
    "/*.png, '.d.png,b.png'",
    "/**.png, '.d.png,b.png,sub/deep/f.png'",
    "'/{a,b}.*', 'a.JPG,b.png'",
    "/sub/*, sub/e.tiff",
  })
  void namesFilesFoldersAndPatterns(String argument, String expected) throws Exception {
    assertEquals(expected, found(folder + argument));
  }

  @ParameterizedTest
  @CsvSource({
    "/*.gif, no file matches",
    "/none/*.png, no file matches",
    "/sub/deep/../../[, neither a file nor a pattern",
    "/sub/deep/.., 'no PNG, JPEG, GIF, BMP or TIFF file in this folder'",
  })
  void saysThatThereIsNothing(String argument, String message) throws Exception {
    Files.delete(folder.resolve("sub/e.tiff"));
    DataException e = assertThrows(DataException.class, () -> PictureFiles.of(folder + argument));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  /** A link that leads back to where the search began. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a privilege there")
  void aLinkLoopIsLeftOut() throws Exception {
    Files.createSymbolicLink(folder.resolve("sub/back"), folder);
    Files.createSymbolicLink(folder.resolve("other"), folder.resolve("sub/deep"));
    assertEquals(".d.png,b.png,other/f.png,sub/deep/f.png", found(folder + "/**.png"));
  }

  @Test
  @Timeout(60)
  void aNamedPipeIsNotWaitedFor() throws Exception {
    Path pipe = folder.resolve("pipe.png");
    NamedPipe.create(pipe);
    assertEquals(
        pipe + ": is a pipe or a device, not a picture",
        assertThrows(DataException.class, () -> ImageFile.read(pipe)).getMessage());
    assertFalse(found(folder + "/*").contains("pipe"));
  }

  private String found(String argument) throws Exception {
    return String.join(
        ",",
        PictureFiles.of(argument).stream()
            .map(file -> folder.relativize(file).toString().replace('\\', '/'))
            .toList());
  }
}
