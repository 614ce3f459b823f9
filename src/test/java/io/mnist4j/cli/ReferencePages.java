package io.mnist4j.cli;

import io.mnist4j.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.nd4j.shade.jackson.databind.JsonNode;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The pages of {@code docs/reference} that follow from the commands and from serve's document. */
final class ReferencePages {
  private static final String OPENAPI = "src/main/resources/io/mnist4j/serve/page/openapi.json";

  private static final int WIDTH = 100;

  private ReferencePages() {}

  /** File → what it has to hold. */
  static Map<Path, String> contents() throws IOException {
    return Map.of(
        Path.of("docs/reference/options.md"), options(),
        Path.of("docs/reference/http.md"), http());
  }

  /** Writes them anew. */
  public static void main(String[] args) throws IOException {
    for (Map.Entry<Path, String> file : contents().entrySet()) {
      Files.writeString(file.getKey(), file.getValue());
    }
  }

  private static String options() {
    StringBuilder page = new StringBuilder("# All options\n\n");
    page.append("What `--help` says of each command; [which there are](commands.md).\n");
    CommandLine all = Mnist4jCommand.commandLine();
    all.setUsageHelpWidth(WIDTH);
    addHelp(all, page);
    return page.toString();
  }

  private static void addHelp(CommandLine command, StringBuilder page) {
    String help = command.getUsageMessage(Ansi.OFF).replaceAll(" +\n", "\n").stripTrailing();
    boolean isRoot = command.getParent() == null;
    page.append("\n## ")
        .append(command.getCommandSpec().qualifiedName())
        .append("\n\n```text\n")
        // They are the same for all.
        .append(isRoot ? help : help.replaceFirst("\n\nExit codes:(\n  .*)+", ""))
        .append("\n```\n");
    // A command stands under each of its names.
    Set<CommandLine> below = new LinkedHashSet<>(command.getSubcommands().values());
    below.forEach(child -> addHelp(child, page));
  }

  private static String http() throws IOException {
    JsonNode document = Json.parse(Files.readString(Path.of(OPENAPI)));
    StringBuilder page =
        new StringBuilder(
            """
            # Addresses of serve

            What `GET /openapi.json` tells of; [how to use them](../how-to/serve.md).

            | request | what it does | parameters | body | answer |
            |---|---|---|---|---|
            """);
    document
        .get("paths")
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fields()
                    .forEachRemaining(
                        method -> {
                          if (method.getValue().has("responses")) {
                            page.append(row(path.getKey(), method));
                          }
                        }));
    page.append("\n## Parameters\n\n| name | values | what it does |\n|---|---|---|\n");
    for (JsonNode parameter : document.get("components").get("parameters")) {
      page.append(
          "| `%s` | %s | %s |%n"
              .formatted(
                  parameter.get("name").asText(),
                  parameter.get("schema").path("type").asText(),
                  parameter.path("description").asText()));
    }
    return page.toString();
  }

  private static String row(String path, Map.Entry<String, JsonNode> method) {
    JsonNode operation = method.getValue();
    List<String> parameters = new ArrayList<>();
    for (JsonNode parameter : operation.path("parameters")) {
      parameters.add("`" + lastPart(parameter) + "`");
    }
    List<String> bodies = new ArrayList<>();
    operation.path("requestBody").path("content").fieldNames().forEachRemaining(bodies::add);
    List<String> answers = new ArrayList<>();
    operation
        .path("responses")
        .path("200")
        .path("content")
        .fields()
        .forEachRemaining(
            type -> {
              String schema = lastPart(type.getValue().path("schema"));
              answers.add(type.getKey() + (schema.isEmpty() ? "" : ": " + schema));
            });
    return "| `%s %s` | %s | %s | %s | %s |%n"
        .formatted(
            method.getKey().toUpperCase(Locale.ROOT),
            path,
            operation.path("summary").asText(),
            String.join(", ", parameters),
            String.join(", ", bodies),
            String.join(", ", answers));
  }

  private static String lastPart(JsonNode reference) {
    String target = reference.path("$ref").asText();
    return target.substring(target.lastIndexOf('/') + 1);
  }
}
