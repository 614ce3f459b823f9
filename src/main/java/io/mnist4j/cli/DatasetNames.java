package io.mnist4j.cli;

import io.mnist4j.data.Catalogue;
import java.util.Iterator;

/** The data sets that have a name, for the shells to complete. */
final class DatasetNames implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return Catalogue.names().iterator();
  }
}
