package io.mnist4j.errors;

/**
 * A data set that is not on disk and was not, or could not be, fetched. Another data set may stand
 * in for it; for one that is there and corrupt (a plain {@link DataException}) none should.
 */
public final class MissingDataException extends DataException {
  private static final long serialVersionUID = 1L;

  public MissingDataException(String message) {
    super(message);
  }
}
