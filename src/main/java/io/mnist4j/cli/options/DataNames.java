package io.mnist4j.cli.options;

import io.mnist4j.data.catalogue.Catalogue;
import io.mnist4j.data.catalogue.CatalogueEntry;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.Parameters;

/** Which data sets are meant. */
public final class DataNames extends OptionGroup {
  /** For the shells: what can be trained on. */
  static final class Candidates implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Catalogue.imageNames().iterator();
    }
  }

  /** For the shells: what can be fetched. */
  static final class AllCandidates implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Catalogue.names().iterator();
    }
  }

  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      defaultValue = "mnist",
      completionCandidates = AllCandidates.class,
      description = "Data sets (see mnist4j data list). Default: ${DEFAULT-VALUE}.")
  private List<String> names = new ArrayList<>();

  public List<CatalogueEntry> entries() {
    try {
      return names.stream().distinct().map(Catalogue::entry).toList();
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }
}
