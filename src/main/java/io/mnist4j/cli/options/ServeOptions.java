package io.mnist4j.cli.options;

import io.mnist4j.serve.ServeSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** Where a server listens, and the limits of what it takes. */
public final class ServeOptions extends OptionGroup {
  private static final int KIB = 1 << 10;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description =
          "Where to listen: 127.0.0.1 (the default) is for this machine alone, 0.0.0.0 for all that"
              + " reach it.")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "0 to 65535 (default: 8080); 0 takes any that is free.")
  private int port;

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      description =
          "A name by which browsers may call this server, beside localhost and addresses; may be "
              + "given several times.")
  private Set<String> allowedHosts = Set.of();

  @Option(
      names = "--allow-origin",
      paramLabel = "URL",
      description =
          "A site such as https://example.org whose pages may use this server; may be given several"
              + " times.")
  private Set<String> allowedOrigins = Set.of();

  @Option(
      names = "--max-body",
      paramLabel = "KIB",
      defaultValue = "8192",
      description = "The longest body of a request, in KiB (default: 8192).")
  private int maxBody;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "Predictions that one address may ask for in a second (default: 1000; 0: no limit).")
  private int rate;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "In which a request has to come in, and be worked on (default: 30).")
  private int timeout;

  @Option(
      names = "--max-connections",
      paramLabel = "N",
      defaultValue = "20000",
      description = "Connections that are open at once; more have to wait (default: 20000).")
  private int maxConnections;

  @Option(
      names = "--as-is",
      description =
          "Only scales whole pictures to the network's size, light on dark as they are: for"
              + " networks whose images were not made as MNIST's were, such as fashion-mnist.")
  private boolean asIs;

  @Option(
      names = "--collect",
      paramLabel = "DIR",
      description =
          "The page offers to say what a digit is, and saves it in this folder, for train"
              + " --dataset.")
  private Path collect;

  @Option(
      names = "--compare",
      paramLabel = "MODEL",
      description =
          "Another model, whose answers the page shows beside, and which other programs ask for by"
              + " its name; may be given several times.")
  private List<Path> compared = List.of();

  @Option(
      names = "--reload",
      description = "Answers by the model's file as it is then, whenever it changes.")
  private boolean reload;

  /** Whether files of models that change are read again. */
  public boolean reloads() {
    return reload;
  }

  /** The models whose answers are shown beside. */
  public List<Path> compared() {
    return compared;
  }

  /** Where pictures go that are named on the page; empty where none are taken. */
  public Optional<Path> collect() {
    return Optional.ofNullable(collect);
  }

  /** All of them, checked. */
  public ServeSettings settings() {
    try {
      return new ServeSettings(
          host,
          port,
          allowedHosts,
          allowedOrigins,
          Math.multiplyExact(maxBody, KIB),
          rate,
          timeout,
          maxConnections,
          asIs);
    } catch (IllegalArgumentException e) {
      throw wrong("--" + e.getMessage());
    } catch (ArithmeticException e) {
      throw wrong("--max-body is too large: " + maxBody);
    }
  }
}
