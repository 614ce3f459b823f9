package io.mnist4j.data.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
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

  @Test
  void proxiesOfTheEnvironment() {
    ProxySelector proxies =
        EnvironmentProxies.select(
            Map.of(
                "https_proxy", "http://proxy.example:3128",
                "HTTP_PROXY", "other.example",
                "no_proxy", "localhost, .inside.example,exact.example"),
            new Properties());
    assertEquals(proxy("proxy.example", 3128), proxies.select(URI.create("https://a.example/x")));
    assertEquals(proxy("other.example", 80), proxies.select(URI.create("http://a.example/x")));
    for (String direct :
        List.of(
            "https://b.inside.example/",
            "https://exact.example/",
            "http://127.0.0.1:80/",
            "http://localhost/",
            "http://[::1]/")) {
      assertEquals(List.of(Proxy.NO_PROXY), proxies.select(URI.create(direct)), direct);
    }
  }

  @Test
  void jvmsOwnProxiesComeFirst() {
    Properties system = new Properties();
    system.setProperty("https.proxyHost", "jvm.example");
    assertEquals(
        ProxySelector.getDefault(),
        EnvironmentProxies.select(Map.of("https_proxy", "http://proxy.example:3128"), system));
  }

  @Test
  void contentRange() {
    assertEquals(
        Optional.of(new ResponseHeaders.ContentRange(5, 10)),
        ResponseHeaders.contentRange("bytes 5-9/10"));
    assertEquals(
        Optional.of(new ResponseHeaders.ContentRange(5, -1)),
        ResponseHeaders.contentRange("bytes 5-9/*"));
    for (String wrong : List.of("", "bytes */10", "bytes 9-5/10", "bytes 5-10/10", "lines 1-2/3")) {
      assertEquals(Optional.empty(), ResponseHeaders.contentRange(wrong), wrong);
    }
  }

  @Test
  void retryAfter() {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    assertEquals(Optional.of(Duration.ofSeconds(7)), ResponseHeaders.retryAfter("7", now));
    assertEquals(
        Optional.of(Duration.ofMinutes(1)),
        ResponseHeaders.retryAfter("Thu, 1 Jan 2026 00:01:00 GMT", now));
    assertEquals(
        Optional.of(Duration.ZERO),
        ResponseHeaders.retryAfter("Wed, 31 Dec 2025 23:00:00 GMT", now));
    assertEquals(Optional.empty(), ResponseHeaders.retryAfter("soon", now));
  }

  private static List<Proxy> proxy(String host, int port) {
    return List.of(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port)));
  }
}
