package io.mnist4j.serve.http;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Makes problem details of what Jetty itself refuses, such as a malformed request. */
public final class ProblemErrorHandler implements Request.Handler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status =
        request.getAttribute(ErrorHandler.ERROR_STATUS) instanceof Integer code
            ? code
            : response.getStatus();
    if (status < 400) {
      status = 500;
    }
    response.getHeaders().remove(HttpHeader.CONTENT_ENCODING);
    Responses.addSecurityHeaders(response);
    if (request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof HttpException) {
      // Jetty closes the connection after a malformed request, but does not say so after each kind:
      // a client would send its next request into it.
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    return Responses.problem(response, callback, new Problem(status, detail(status, request)));
  }

  private static String detail(int status, Request request) {
    return switch (status) {
      case 408 -> "the request came too slowly";
      case 414 -> "the address of the request is too long";
      case 431 -> "the headers of the request are too long";
      case 500 -> "this is a bug of mnist4j; its log says more";
      case 503 -> "the server is stopping";
      // Jetty's own words for what is wrong with a request line or a header.
      default ->
          request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof HttpException e
                  && e.getReason() != null
              ? e.getReason()
              : "this is not a valid HTTP request";
    };
  }
}
