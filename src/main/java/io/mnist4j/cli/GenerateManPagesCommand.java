package io.mnist4j.cli;

import io.mnist4j.cli.options.Subcommand;
import io.mnist4j.cli.shell.ManPage;
import io.mnist4j.files.AtomicFile;
import io.mnist4j.model.Build;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mnist4j generate-man-pages}. */
@Command(
    name = "generate-man-pages",
    description = "Writes a manual page for each command.",
    footer = {
      "  mnist4j generate-man-pages ~/.local/share/man    for man mnist4j, man mnist4j-train ...",
      "  mnist4j generate-man-pages man                   read with: man -M man mnist4j-train",
    })
final class GenerateManPagesCommand extends Subcommand {
  @Parameters(paramLabel = "DIR", description = "A folder of manual pages; they go to man1/ in it.")
  private Path folder;

  @Override
  public Integer call() throws IOException {
    List<ManPage> pages =
        ManPage.all(Mnist4jCommand.commandLine().getCommandSpec(), Build.current().mnist4j());
    Path section = Files.createDirectories(folder.resolve("man1"));
    for (ManPage page : pages) {
      AtomicFile.write(section.resolve(page.name() + ".1"), page.text());
    }
    return print(
        "%d pages in %s; read them with: man -M %s mnist4j%n"
            .formatted(pages.size(), section, folder));
  }
}
