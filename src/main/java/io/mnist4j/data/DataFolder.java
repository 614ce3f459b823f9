package io.mnist4j.data;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** Where data sets lie on this machine. */
public final class DataFolder {
  /** The environment variable that names the folder. */
  public static final String VARIABLE = "MNIST4J_DATA";

  /** The system property in which the launcher passes the checkout that it belongs to. */
  public static final String HOME_PROPERTY = "mnist4j.home";

  /** The system property that says that the launcher belongs to an unpacked archive. */
  public static final String INSTALLED_PROPERTY = "mnist4j.installed";

  private DataFolder() {}

  /**
   * The first of: what was asked for, {@code $MNIST4J_DATA}, {@code data/} of the checkout, {@code
   * mnist4j} in the user's caches. The folder need not exist.
   *
   * @param asked from the command line; null if it was not given
   * @param environment the process's variables
   * @param system the JVM's properties
   */
  public static Path resolve(Path asked, Map<String, String> environment, Properties system) {
    if (asked != null) {
      return asked;
    }
    String named = environment.getOrDefault(VARIABLE, "");
    if (!named.isBlank()) {
      return Path.of(named);
    }
    String checkout = system.getProperty(HOME_PROPERTY, "");
    if (!checkout.isBlank() && system.getProperty(INSTALLED_PROPERTY) == null) {
      return Path.of(checkout, "data");
    }
    return caches(environment, system);
  }

  /**
   * Where decoded pictures are kept: {@code mnist4j/decoded} in the user's caches. It need not
   * exist.
   */
  public static Path decoded(Map<String, String> environment, Properties system) {
    return caches(environment, system).resolve("decoded");
  }

  /**
   * {@code $XDG_CACHE_HOME/mnist4j}, else {@code ~/.cache/mnist4j} (XDG Base Directory
   * Specification, which has a relative path ignored).
   */
  private static Path caches(Map<String, String> environment, Properties system) {
    Path named = Path.of(environment.getOrDefault("XDG_CACHE_HOME", ""));
    if (named.isAbsolute()) {
      return named.resolve("mnist4j");
    }
    // The JVM takes user.home from the password file, a shell takes ~ from HOME.
    String home = environment.getOrDefault("HOME", "");
    return Path.of(home.isBlank() ? system.getProperty("user.home") : home, ".cache", "mnist4j");
  }
}
