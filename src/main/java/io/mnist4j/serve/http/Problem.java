package io.mnist4j.serve.http;

import java.util.Map;

/** Why a request is refused or fails; becomes a problem details object (RFC 9457). */
public final class Problem extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;
  private final boolean error;
  private final transient Map<String, String> headers;

  /**
   * @param status of HTTP, 400 to 599
   * @param detail what is wrong and what to do, for a person
   */
  public Problem(int status, String detail) {
    this(status, detail, Map.of());
  }

  /**
   * @param headers that the answer has besides
   */
  public Problem(int status, String detail, Map<String, String> headers) {
    this(status, detail, headers, false);
  }

  private Problem(int status, String detail, Map<String, String> headers, boolean error) {
    // No stack trace: where in this program it was found does not matter.
    super(detail, null, false, false);
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.error = error;
  }

  /** Too much to do; it may go better later. */
  public static Problem busy(String detail) {
    return new Problem(503, detail, Map.of("Retry-After", "1"));
  }

  /** The same, whose detail is the answer's {@code error} too. */
  public Problem asError() {
    return new Problem(status, getMessage(), headers, true);
  }

  boolean isError() {
    return error;
  }

  public int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }
}
