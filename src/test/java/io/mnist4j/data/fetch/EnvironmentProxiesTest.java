package io.mnist4j.data.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class EnvironmentProxiesTest {
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

  private static List<Proxy> proxy(String host, int port) {
    return List.of(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port)));
  }
}
