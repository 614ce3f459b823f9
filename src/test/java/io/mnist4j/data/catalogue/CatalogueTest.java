package io.mnist4j.data.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mnist4j.text.ClosestName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  @Test
  void findsEveryEntryByItsName() {
    for (CatalogueEntry entry : Catalogue.entries()) {
      assertSame(entry, Catalogue.entry(entry.name()));
      assertEquals(10, entry.classNames().size());
    }
  }

  @Test
  void misspelledNameIsUnderstood() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Catalogue.entry("fashon-minst"));
    assertEquals(
        "unknown data set 'fashon-minst' (there are mnist, fashion-mnist, strokes); did you mean"
            + " fashion-mnist?",
        e.getMessage());
  }

  @Test
  void farNameGetsNoSuggestion() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Catalogue.entry("cifar10"));
    assertEquals(
        "unknown data set 'cifar10' (there are mnist, fashion-mnist, strokes)", e.getMessage());
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
