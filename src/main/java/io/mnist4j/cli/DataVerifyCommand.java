package io.mnist4j.cli;

import io.mnist4j.cli.options.DataDirOption;
import io.mnist4j.cli.options.DataNames;
import io.mnist4j.cli.options.FormatOption;
import io.mnist4j.data.catalogue.CatalogueEntry;
import io.mnist4j.data.catalogue.IdxEntry;
import io.mnist4j.data.store.DataStore;
import io.mnist4j.data.store.FileStatus;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.ExitCode;
import io.mnist4j.text.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Reads data sets on disk and compares the SHA-256 of their content with the catalogue's. */
@Command(
    name = "verify",
    description =
        "Verifies that data sets on disk are what their names say: structure, and SHA-256 of the "
            + "uncompressed content. Exits with 3 if a file is missing or corrupt.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  mnist4j data verify                              MNIST",
      "  mnist4j data verify fashion-mnist --data-dir /srv/data",
      "  mnist4j data verify --format json                for scripts",
    })
final class DataVerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataNames names;
  @Mixin private DataDirOption dataDir;
  @Mixin private FormatOption format;

  @Override
  public Integer call() throws DataException {
    DataStore store = dataDir.store();
    Map<String, List<FileStatus>> statuses = new LinkedHashMap<>();
    for (CatalogueEntry entry : names.entries()) {
      statuses.put(entry.name(), entry instanceof IdxEntry idx ? store.verify(idx) : List.of());
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(format.isJson() ? json(statuses) : text(statuses) + System.lineSeparator());
    out.flush();
    refuse(statuses);
    return ExitCode.OK.value;
  }

  private static void refuse(Map<String, List<FileStatus>> statuses) throws DataException {
    List<String> wrong = new ArrayList<>();
    statuses.forEach(
        (name, files) -> {
          if (files.stream().anyMatch(file -> file.state() != FileStatus.FileState.OK)) {
            wrong.add(name);
          }
        });
    if (!wrong.isEmpty()) {
      throw new DataException(
          "missing or corrupt files: get them with mnist4j data fetch " + String.join(" ", wrong));
    }
  }

  private static String text(Map<String, List<FileStatus>> statuses) {
    List<String> lines = new ArrayList<>();
    statuses.forEach(
        (name, files) -> {
          if (files.isEmpty()) {
            lines.add("ok       %s: made by the program, no files".formatted(name));
          }
          for (FileStatus file : files) {
            String details = file.path().map(String::valueOf).orElse(file.problem());
            if (file.state() == FileStatus.FileState.CORRUPT) {
              details = file.problem();
            }
            lines.add("%-8s %s %s: %s".formatted(state(file), name, file.name(), details));
          }
        });
    return String.join(System.lineSeparator(), lines);
  }

  private record VerifiedFile(
      String name,
      String state,
      String path,
      String expectedSha256,
      String foundSha256,
      String problem) {}

  private record VerifiedDataset(String name, List<VerifiedFile> files) {}

  private static String json(Map<String, List<FileStatus>> statuses) {
    List<VerifiedDataset> datasets = new ArrayList<>();
    statuses.forEach(
        (name, files) ->
            datasets.add(
                new VerifiedDataset(
                    name, files.stream().map(DataVerifyCommand::verified).toList())));
    return Json.pretty(Map.of("datasets", datasets));
  }

  private static VerifiedFile verified(FileStatus file) {
    return new VerifiedFile(
        file.name(),
        state(file),
        file.path().map(String::valueOf).orElse(null),
        file.expectedSha256(),
        file.foundSha256().orElse(null),
        file.problem().isEmpty() ? null : file.problem());
  }

  private static String state(FileStatus file) {
    return file.state().name().toLowerCase(Locale.ROOT);
  }
}
