package io.mnist4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class DataFolderTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("MNIST4J_DATA", "/srv/data", "HOME", "/home/me");

  private final Properties system = new Properties();

  @Test
  void whatIsAskedForComesFirst() {
    system.setProperty("mnist4j.home", "/src/mnist4j");
    assertEquals(Path.of("here"), DataFolder.resolve(Path.of("here"), ENVIRONMENT, system));
  }

  @Test
  void thenTheVariable() {
    system.setProperty("mnist4j.home", "/src/mnist4j");
    assertEquals(Path.of("/srv/data"), DataFolder.resolve(null, ENVIRONMENT, system));
  }

  @Test
  void thenTheCheckout() {
    system.setProperty("mnist4j.home", "/src/mnist4j");
    Map<String, String> environment = Map.of("MNIST4J_DATA", "", "HOME", "/home/me");
    assertEquals(Path.of("/src/mnist4j/data"), DataFolder.resolve(null, environment, system));
  }

  @Test
  void thenTheHomeFolder() {
    system.setProperty("user.home", "/var/passwd-home");
    assertEquals(
        Path.of("/home/me/.cache/mnist4j"),
        DataFolder.resolve(null, Map.of("HOME", "/home/me"), system));
    assertEquals(
        Path.of("/var/passwd-home/.cache/mnist4j"), DataFolder.resolve(null, Map.of(), system));
  }

  @Test
  void anInstallationOfAllUsersKeepsNoData() {
    system.setProperty("mnist4j.home", "/opt/mnist4j");
    system.setProperty("mnist4j.installed", "true");
    assertEquals(
        Path.of("/home/me/.cache/mnist4j"),
        DataFolder.resolve(null, Map.of("HOME", "/home/me"), system));
  }

  @Test
  void theCachesMayLieElsewhere() {
    Map<String, String> elsewhere = Map.of("HOME", "/home/me", "XDG_CACHE_HOME", "/var/caches");
    assertEquals(Path.of("/var/caches/mnist4j"), DataFolder.resolve(null, elsewhere, system));
    assertEquals(Path.of("/var/caches/mnist4j/decoded"), DataFolder.decoded(elsewhere, system));
    Map<String, String> relative = Map.of("HOME", "/home/me", "XDG_CACHE_HOME", "caches");
    assertEquals(Path.of("/home/me/.cache/mnist4j"), DataFolder.resolve(null, relative, system));
  }
}
