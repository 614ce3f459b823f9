package io.mnist4j.data.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mnist4j.data.catalogue.FileHash.HashKind;
import io.mnist4j.text.ClosestName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {
  @TempDir Path directory;

  @Test
  void findsEveryEntryByItsName() {
    for (CatalogueEntry entry : Catalogue.entries()) {
      assertSame(entry, Catalogue.entry(entry.name()));
      assertEquals(entry.classNames().size(), Set.copyOf(entry.classNames()).size());
    }
  }

  @Test
  void misspelledNameIsUnderstood() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Catalogue.entry("fashon-minst"));
    assertEquals(
        "unknown data set 'fashon-minst' (there are %s); did you mean fashion-mnist?"
            .formatted(String.join(", ", Catalogue.names())),
        e.getMessage());
  }

  @Test
  void farNameGetsNoSuggestion() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Catalogue.entry("cifar10"));
    assertEquals(
        "unknown data set 'cifar10' (there are %s)".formatted(String.join(", ", Catalogue.names())),
        e.getMessage());
  }

  @Test
  void classesAreAsManyAsThePublishersSay() {
    assertEquals(
        List.of(10, 10, 10, 10, 10, 10, 49, 10, 10, 10, 62, 47, 47, 26, 10, 10),
        Catalogue.entries().stream().map(entry -> entry.classNames().size()).toList());
    assertEquals("ゝ", Catalogue.entry("k49").classNames().get(48));
    assertEquals("Zz", Catalogue.entry("emnist-letters").classNames().get(25));
    assertEquals("t", Catalogue.entry("emnist-balanced").classNames().get(46));
  }

  @Test
  void hashesOfFilesAreThoseOfTheirTools() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "what is up, doc?");
    assertEquals("bd9dbf5aae1a3862dd1526723246b20206e5fc37", HashKind.GIT_BLOB.of(file));
    Files.writeString(file, "");
    assertEquals("d41d8cd98f00b204e9800998ecf8427e", HashKind.MD5.of(file));
    assertThrows(
        IllegalArgumentException.class, () -> new FileHash(HashKind.MD5, "0".repeat(40), "x"));
  }

  @Test
  void closestName() {
    List<String> names = List.of("mnist", "strokes");
    assertEquals(Optional.of("mnist"), ClosestName.to("MNITS", names));
    assertEquals(Optional.of("strokes"), ClosestName.to("stroke", names));
    assertEquals(Optional.of("x"), ClosestName.to("y", List.of("x")));
    assertEquals(Optional.empty(), ClosestName.to("kmnist-letters", names));
  }
}
