package io.mnist4j.cli.options;

import io.mnist4j.data.DatasetParts;
import io.mnist4j.data.fetch.FetchListener;
import io.mnist4j.data.store.DataSpec;
import io.mnist4j.data.store.DatasetChoice;
import io.mnist4j.digits.DigitForm;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DataException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A data set of any form, and how it is understood. */
public final class DataSource extends OptionGroup {
  @Parameters(
      index = "0",
      paramLabel = "NAME|FILE",
      completionCandidates = DataNames.Candidates.class,
      description =
          "A data set's name, or a folder or file: pictures in folders of classes, IDX, npz or npy,"
              + " CSV, ARFF, LIBSVM, Parquet; zip and tar archives.")
  private String source;

  @Option(
      names = "--size",
      paramLabel = "HEIGHTxWIDTH",
      defaultValue = DataSpec.AUTO,
      description = "Of pictures and of rows of numbers (default: as they are).")
  private String size;

  @Option(
      names = "--form",
      paramLabel = "as-is|digits",
      defaultValue = DataSpec.AUTO,
      description = "Takes pictures as they are (default), or finds the digit in each.")
  private String form;

  @Option(
      names = "--label-column",
      paramLabel = "first|last|NAME",
      defaultValue = DataSpec.AUTO,
      description = "Of a table (default: found by its name or content).")
  private String labelColumn;

  @Mixin private DataDirOption dataDir;

  /** Reads the data set, or fetches it. */
  public DatasetParts load(FetchListener listener) throws ConfigException, DataException {
    DataSpec spec;
    try {
      DataSpec all = DataSpec.DEFAULT;
      spec =
          new DataSpec(
              source, 0, all.classes(), all.validation(), all.test(), size, form, labelColumn);
    } catch (IllegalArgumentException e) {
      throw wrong("--" + e.getMessage());
    }
    return DatasetChoice.parts(spec, DigitForm.DIGITS, dataDir.store(), listener);
  }
}
