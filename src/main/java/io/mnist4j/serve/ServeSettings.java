package io.mnist4j.serve;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where a server listens, and the limits of what it takes.
 *
 * @param host name or address to listen on
 * @param port 0 to 65535; 0 takes any that is free
 * @param allowedHosts names beside {@code localhost}, {@code host} and all IP addresses by which
 *     clients may call this server, in lower case
 * @param allowedOrigins whose pages may use this server besides its own, such as {@code
 *     https://example.org:8443}
 * @param maxBodyBytes of one request, 1 KiB to 1 GiB
 * @param requestsPerSecond that one client address may make; 0 for no limit
 * @param timeoutSeconds in which a request has to come in whole, and to be worked on; 1 to 3600
 * @param maxConnections that are open at once, at least 1; more wait to be accepted
 * @param wholePictures whether pictures are only scaled, as a whole, instead of searched for digits
 */
public record ServeSettings(
    String host,
    int port,
    Set<String> allowedHosts,
    Set<String> allowedOrigins,
    int maxBodyBytes,
    int requestsPerSecond,
    int timeoutSeconds,
    int maxConnections,
    boolean wholePictures) {
  private static final int MAX_PORT = 65_535;
  private static final int MIN_BODY = 1 << 10;
  private static final int MAX_BODY = 1 << 30;
  private static final int MAX_TIMEOUT = 3_600;

  public ServeSettings {
    require(!host.isBlank(), "host must not be empty");
    require(port >= 0 && port <= MAX_PORT, "port must be 0 to 65535, not " + port);
    require(
        maxBodyBytes >= MIN_BODY && maxBodyBytes <= MAX_BODY,
        "max-body must be 1 KiB to 1 GiB, not %d bytes".formatted(maxBodyBytes));
    require(requestsPerSecond >= 0, "rate must be at least 0, not " + requestsPerSecond);
    require(
        timeoutSeconds >= 1 && timeoutSeconds <= MAX_TIMEOUT,
        "timeout must be 1 to 3600, not " + timeoutSeconds);
    require(maxConnections >= 1, "max-connections must be at least 1, not " + maxConnections);
    allowedHosts = inLowerCase(allowedHosts);
    allowedOrigins = inLowerCase(allowedOrigins);
    for (String origin : allowedOrigins) {
      require(
          origin.matches("https?://[^/?#@\\s*]+"),
          "allow-origin must be of the form http://name:port, not " + origin);
    }
  }

  private static Set<String> inLowerCase(Set<String> names) {
    return names.stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The names by which clients may call the server, in lower case. */
  Set<String> hostNames() {
    Set<String> names = new HashSet<>(allowedHosts);
    names.add("localhost");
    names.add(host.toLowerCase(Locale.ROOT));
    return names;
  }

  /** Whether others than this machine can get to it. */
  public boolean isPublic() {
    return !host.equals("localhost") && !host.equals("::1") && !host.startsWith("127.");
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
