package io.mnist4j.backend;

import io.mnist4j.errors.BackendException;

/** The CPU, ready to compute. */
public final class StartedBackend {
  private StartedBackend() {}

  public static Backend cpu() {
    try {
      return Backend.cpu().start();
    } catch (BackendException e) {
      throw new AssertionError(e);
    }
  }
}
