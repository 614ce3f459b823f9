package io.mnist4j.cli.options;

import picocli.CommandLine.Option;

/** How a result is written to stdout. */
public final class FormatOption {
  enum Format {
    TEXT,
    JSON
  }

  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "How results are written to stdout (default: ${DEFAULT-VALUE}).")
  private Format format;

  public boolean isJson() {
    return format == Format.JSON;
  }
}
