package io.mnist4j.cli;

import io.mnist4j.cli.options.DataDirOption;
import io.mnist4j.cli.options.FormatOption;
import io.mnist4j.data.catalogue.Catalogue;
import io.mnist4j.data.catalogue.CatalogueEntry;
import io.mnist4j.data.catalogue.IdxEntry;
import io.mnist4j.data.store.DataStore;
import io.mnist4j.data.store.DatasetState;
import io.mnist4j.data.store.FileStatus;
import io.mnist4j.errors.ExitCode;
import io.mnist4j.text.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the catalogue, and what of it is on this machine. */
@Command(
    name = "list",
    description = "Lists the data sets that the program knows and where they are.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  mnist4j data list",
      "  mnist4j data list --data-dir /srv/data --format json",
    })
final class DataListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataDirOption dataDir;
  @Mixin private FormatOption format;

  /** One line: state is {@code generated} for what needs no files. */
  private record DatasetRow(CatalogueEntry entry, String state, Optional<Path> folder) {}

  @Override
  public Integer call() {
    DataStore store = dataDir.store();
    List<DatasetRow> rows = Catalogue.entries().stream().map(entry -> row(store, entry)).toList();
    PrintWriter out = spec.commandLine().getOut();
    out.print(format.isJson() ? json(store, rows) : text(rows) + System.lineSeparator());
    out.flush();
    return ExitCode.OK.value;
  }

  private static DatasetRow row(DataStore store, CatalogueEntry entry) {
    if (!(entry instanceof IdxEntry idx)) {
      return new DatasetRow(entry, "generated", Optional.empty());
    }
    List<FileStatus> files = store.verify(idx);
    return new DatasetRow(
        entry,
        DatasetState.of(files).name().toLowerCase(Locale.ROOT),
        files.stream().flatMap(file -> file.path().stream()).map(Path::getParent).findFirst());
  }

  private static String text(List<DatasetRow> rows) {
    List<String> lines = new ArrayList<>();
    lines.add(line("NAME", "IMAGES", "CLASSES", "STATE", "FOLDER"));
    for (DatasetRow row : rows) {
      CatalogueEntry entry = row.entry();
      lines.add(
          line(
              entry.name(),
              entry.trainImages() + " + " + entry.testImages(),
              String.valueOf(entry.classNames().size()),
              row.state(),
              row.folder().map(String::valueOf).orElse("-")));
    }
    return String.join(System.lineSeparator(), lines);
  }

  private static String line(
      String name, String images, String classes, String state, String folder) {
    return "%-14s %-14s %-8s %-11s %s".formatted(name, images, classes, state, folder);
  }

  private record ListedDataset(
      String name,
      String description,
      int trainImages,
      int testImages,
      String state,
      String folder,
      List<String> classNames) {}

  private record DatasetListing(String dataDir, List<ListedDataset> datasets) {}

  private static String json(DataStore store, List<DatasetRow> rows) {
    List<ListedDataset> datasets = new ArrayList<>();
    for (DatasetRow row : rows) {
      CatalogueEntry entry = row.entry();
      datasets.add(
          new ListedDataset(
              entry.name(),
              entry.description(),
              entry.trainImages(),
              entry.testImages(),
              row.state(),
              row.folder().map(String::valueOf).orElse(null),
              entry.classNames()));
    }
    return Json.pretty(new DatasetListing(store.folder().toString(), datasets));
  }
}
