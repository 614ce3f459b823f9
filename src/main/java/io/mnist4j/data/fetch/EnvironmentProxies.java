package io.mnist4j.data.fetch;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * The proxies that {@code http_proxy}, {@code https_proxy} and {@code no_proxy} name, in lower or
 * upper case as curl and others read them. This machine itself is never asked through a proxy.
 */
final class EnvironmentProxies extends ProxySelector {
  private final Map<String, String> environment;

  private EnvironmentProxies(Map<String, String> environment) {
    this.environment = environment;
  }

  /** The environment's proxies, unless the JVM was started with proxies of its own. */
  static ProxySelector select(Map<String, String> environment, Properties system) {
    boolean jvmHasOwn =
        system.containsKey("http.proxyHost")
            || system.containsKey("https.proxyHost")
            || system.containsKey("java.net.useSystemProxies");
    return jvmHasOwn ? ProxySelector.getDefault() : new EnvironmentProxies(Map.copyOf(environment));
  }

  @Override
  public List<Proxy> select(URI uri) {
    String address = variable(uri.getScheme() + "_proxy");
    if (address.isBlank() || uri.getHost() == null || direct(uri.getHost())) {
      return List.of(Proxy.NO_PROXY);
    }
    try {
      URI proxy = URI.create(address.contains("://") ? address : "http://" + address);
      int port = proxy.getPort() < 0 ? 80 : proxy.getPort();
      return List.of(
          new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), port)));
    } catch (IllegalArgumentException e) {
      return List.of(Proxy.NO_PROXY);
    }
  }

  private boolean direct(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.equals("localhost") || name.startsWith("127.") || name.equals("[::1]")) {
      return true;
    }
    return Arrays.stream(variable("no_proxy").split("[,\\s]+"))
        .filter(suffix -> !suffix.isEmpty())
        .map(suffix -> suffix.toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", ""))
        .anyMatch(
            suffix -> suffix.equals("*") || name.equals(suffix) || name.endsWith("." + suffix));
  }

  private String variable(String name) {
    String lower = environment.getOrDefault(name, "");
    return lower.isBlank() ? environment.getOrDefault(name.toUpperCase(Locale.ROOT), "") : lower;
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException e) {}
}
