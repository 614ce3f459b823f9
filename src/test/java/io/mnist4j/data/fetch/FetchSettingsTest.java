package io.mnist4j.data.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FetchSettingsTest {
  @Test
  void mirrorsOfTheEnvironment() {
    FetchSettings settings =
        FetchSettings.of(
            Map.of("MNIST4J_MIRRORS", " https://a.example/{dataset}, file:///srv/mnist\n"));
    assertEquals(List.of("https://a.example/{dataset}", "file:///srv/mnist"), settings.mirrors());
  }

  @Test
  void noMirrorsInTheEnvironment() {
    assertEquals(List.of(), FetchSettings.of(Map.of()).mirrors());
    assertEquals(List.of(), FetchSettings.of(Map.of("MNIST4J_MIRRORS", " ")).mirrors());
  }

  @Test
  void whatIsNoAddressIsNamed() {
    for (String wrong :
        List.of(
            "ftp://a/",
            "/srv/mnist",
            "https:///x",
            "mirror.example",
            "https://[",
            "file:relative",
            "file://host/folder",
            "http://a:99999/")) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> FetchSettings.of(Map.of("MNIST4J_MIRRORS", wrong)));
      assertEquals(
          "MNIST4J_MIRRORS: '%s' is not a base address such as https://host/folder/ or"
                  .formatted(wrong)
              + " file:///folder/",
          e.getMessage());
    }
  }
}
