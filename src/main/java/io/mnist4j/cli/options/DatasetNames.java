package io.mnist4j.cli.options;

import io.mnist4j.data.catalogue.Catalogue;
import java.util.Iterator;

/** The data sets that have a name, for the shells to complete. */
public final class DatasetNames implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return Catalogue.names().iterator();
  }
}
