package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReferencePagesTest {

  @Test
  void pagesAreThoseOfTheProgram() throws Exception {
    for (Map.Entry<Path, String> page : ReferencePages.contents().entrySet()) {
      assertEquals(
          page.getValue(),
          Files.readString(page.getKey()),
          page.getKey() + " is not that of the program; ReferencePages writes it anew");
    }
  }
}
