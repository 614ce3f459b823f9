package io.mnist4j.cli;

import io.mnist4j.cli.options.DataDirOption;
import io.mnist4j.cli.options.DataNames;
import io.mnist4j.cli.options.FormatOption;
import io.mnist4j.cli.terminal.Console;
import io.mnist4j.cli.terminal.DataFetchProgress;
import io.mnist4j.cli.terminal.VerbosityOptions;
import io.mnist4j.data.catalogue.CatalogueEntry;
import io.mnist4j.data.catalogue.IdxEntry;
import io.mnist4j.data.store.DataStore;
import io.mnist4j.data.store.FetchResult;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.ExitCode;
import io.mnist4j.text.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Gets data sets from their mirrors. */
@Command(
    name = "fetch",
    description =
        "Fetches the files of data sets that are not on disk, or are corrupt, and verifies them.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  mnist4j data fetch                               MNIST, if it is not there yet",
      "  mnist4j data fetch mnist fashion-mnist           both",
      "  mnist4j data fetch --force --data-dir /srv/data  all files anew, into /srv/data/mnist",
      "  MNIST4J_MIRRORS=https://files.example/{dataset}/ mnist4j data fetch",
      "",
      "MNIST4J_MIRRORS replaces the mirrors: base addresses (http, https, file), separated by"
          + " commas",
      "or spaces; {dataset} stands for the name. http_proxy, https_proxy and no_proxy are"
          + " honoured.",
    })
final class DataFetchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataNames names;
  @Mixin private DataDirOption dataDir;
  @Mixin private FormatOption format;
  @Mixin private VerbosityOptions verbosity;

  @Option(names = "--force", description = "Fetch also what is there, and replace it.")
  private boolean force;

  @Override
  public Integer call() throws DataException {
    DataStore store = dataDir.store();
    Map<String, FetchResult> results = new LinkedHashMap<>();
    for (CatalogueEntry entry : names.entries()) {
      results.put(entry.name(), fetch(store, entry));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(format.isJson() ? json(results) : text(results) + System.lineSeparator());
    out.flush();
    return ExitCode.OK.value;
  }

  private FetchResult fetch(DataStore store, CatalogueEntry entry) throws DataException {
    if (!(entry instanceof IdxEntry idx)) {
      return FetchResult.NOTHING;
    }
    try (DataFetchProgress progress = new DataFetchProgress(new Console(spec, verbosity))) {
      return store.fetch(idx, force, progress);
    }
  }

  private static String text(Map<String, FetchResult> results) {
    StringBuilder text = new StringBuilder();
    results.forEach(
        (name, result) -> {
          if (result.files().isEmpty()) {
            text.append(name).append(" is made by the program: there is nothing to fetch\n");
          }
          result
              .files()
              .forEach(
                  file ->
                      text.append(result.fetched().contains(file) ? "fetched  " : "present  ")
                          .append(file)
                          .append('\n'));
        });
    return text.toString().stripTrailing();
  }

  private record FetchedFile(String path, boolean fetched) {}

  private record FetchedDataset(String name, List<FetchedFile> files) {}

  private static String json(Map<String, FetchResult> results) {
    List<FetchedDataset> datasets = new ArrayList<>();
    results.forEach(
        (name, result) ->
            datasets.add(
                new FetchedDataset(
                    name,
                    result.files().stream()
                        .map(
                            file ->
                                new FetchedFile(file.toString(), result.fetched().contains(file)))
                        .toList())));
    return Json.pretty(Map.of("datasets", datasets));
  }
}
