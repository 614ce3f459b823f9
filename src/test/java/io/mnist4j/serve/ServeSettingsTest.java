package io.mnist4j.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServeSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "'', 80, 1024, 0, 1, 1, host must not be empty",
    "h, 65536, 1024, 0, 1, 1, 'port must be 0 to 65535, not 65536'",
    "h, 80, 1023, 0, 1, 1, 'max-body must be 1 KiB to 1 GiB, not 1023 bytes'",
    "h, 80, 1024, -1, 1, 1, 'rate must be at least 0, not -1'",
    "h, 80, 1024, 0, 0, 1, 'timeout must be 1 to 3600, not 0'",
    "h, 80, 1024, 0, 3601, 1, 'timeout must be 1 to 3600, not 3601'",
    "h, 80, 1024, 0, 1, 0, 'max-connections must be at least 1, not 0'",
  })
  void limitsAreChecked(
      String host, int port, int body, int rate, int timeout, int connections, String message) {
    assertEquals(
        message,
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    new ServeSettings(
                        host, port, Set.of(), Set.of(), body, rate, timeout, connections, false))
            .getMessage());
  }

  @ParameterizedTest
  @CsvSource({"localhost, false", "127.0.0.9, false", "::1, false", "0.0.0.0, true", "box, true"})
  void othersReachItUnlessItListensToThisMachineAlone(String host, boolean isPublic) {
    assertEquals(isPublic, on(host).isPublic());
  }

  @Test
  void itsNamesAreInLowerCase() {
    assertEquals(Set.of("localhost", "box", "digits.example"), on("Box").hostNames());
  }

  private static ServeSettings on(String host) {
    return new ServeSettings(host, 80, Set.of("Digits.Example"), Set.of(), 1024, 0, 1, 1, false);
  }
}
