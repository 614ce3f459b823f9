package io.mnist4j.model.foreign;

/**
 * Why a network cannot be taken, without the file's name; it names the layer where one is to blame.
 */
final class UnreadableModelException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableModelException(String message) {
    super(message);
  }

  UnreadableModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
