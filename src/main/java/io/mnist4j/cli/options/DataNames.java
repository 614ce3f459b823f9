package io.mnist4j.cli.options;

import io.mnist4j.data.catalogue.Catalogue;
import io.mnist4j.data.catalogue.CatalogueEntry;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which data sets are meant. */
public final class DataNames {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      defaultValue = "mnist",
      completionCandidates = DatasetNames.class,
      description = "Data sets (see mnist4j data list). Default: ${DEFAULT-VALUE}.")
  private List<String> names = new ArrayList<>();

  public List<CatalogueEntry> entries() {
    try {
      return names.stream().distinct().map(Catalogue::entry).toList();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }
}
