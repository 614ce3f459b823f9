package io.mnist4j.data.fetch;

import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How downloads are done.
 *
 * @param mirrors base addresses (http, https or file) that replace those of the catalogue; empty
 *     for the catalogue's. {@code {dataset}} in one stands for the data set's name
 * @param proxies which proxy a host is reached through
 * @param connectTimeout for a name look-up and for a connection; not retried, so that a machine
 *     with no network learns it quickly
 * @param stallTimeout with no answer, or no further byte
 * @param totalTimeout for all files of a data set together, waiting for another process included
 * @param tries of one file at one mirror, at least 1
 * @param firstPause before the second try; doubled for each further one
 * @param longestPause between two tries. A mirror that asks (Retry-After) for more is given up
 */
public record FetchSettings(
    List<String> mirrors,
    ProxySelector proxies,
    Duration connectTimeout,
    Duration stallTimeout,
    Duration totalTimeout,
    int tries,
    Duration firstPause,
    Duration longestPause) {

  /** The environment variable with base addresses, separated by commas or spaces. */
  public static final String MIRRORS_VARIABLE = "MNIST4J_MIRRORS";

  private static final Set<String> WEB = Set.of("http", "https");
  private static final int MAX_PORT = 65_535;

  /**
   * @throws IllegalArgumentException if an address is no mirror's, or there is less than one try
   */
  public FetchSettings {
    mirrors = List.copyOf(mirrors);
    for (String mirror : mirrors) {
      checkMirror(mirror);
    }
    if (tries < 1) {
      throw new IllegalArgumentException("tries must be at least 1, not " + tries);
    }
  }

  /**
   * The defaults, with {@code MNIST4J_MIRRORS} and the proxy variables of the environment.
   *
   * @throws IllegalArgumentException if {@code MNIST4J_MIRRORS} holds something else than addresses
   */
  public static FetchSettings of(Map<String, String> environment) {
    List<String> mirrors =
        Arrays.stream(environment.getOrDefault(MIRRORS_VARIABLE, "").split("[,\\s]+"))
            .filter(mirror -> !mirror.isEmpty())
            .toList();
    return new FetchSettings(
        mirrors,
        EnvironmentProxies.select(environment, System.getProperties()),
        Duration.ofSeconds(4),
        Duration.ofSeconds(20),
        Duration.ofMinutes(30),
        4,
        Duration.ofSeconds(1),
        Duration.ofSeconds(30));
  }

  private static void checkMirror(String mirror) {
    if (!isBaseAddress(mirror.replace("{dataset}", "name"))) {
      throw new IllegalArgumentException(
          "%s: '%s' is not a base address such as https://host/folder/ or file:///folder/"
              .formatted(MIRRORS_VARIABLE, mirror));
    }
  }

  private static boolean isBaseAddress(String address) {
    try {
      URI uri = URI.create(address);
      if ("file".equals(uri.getScheme())) {
        return Path.of(uri).isAbsolute();
      }
      return WEB.contains(String.valueOf(uri.getScheme()))
          && uri.getHost() != null
          && uri.getPort() <= MAX_PORT;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
