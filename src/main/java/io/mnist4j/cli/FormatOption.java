package io.mnist4j.cli;

import picocli.CommandLine.Option;

/** How a result is written to stdout. */
final class FormatOption {
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

  boolean isJson() {
    return format == Format.JSON;
  }
}
