package io.mnist4j.federated;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FederationFileTest {
  @Test
  void everyShippedFileIsRead() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("configs", "federations"))) {
      List<Path> federations = files.toList();
      assertEquals(4, federations.size());
      for (Path file : federations) {
        assertEquals(
            "mnist", FederationFile.read(file, List.of()).data().dataset(), file.toString());
      }
    }
  }
}
