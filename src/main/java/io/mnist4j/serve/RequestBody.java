package io.mnist4j.serve;

import io.mnist4j.serve.http.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a client sends: a picture, or JSON, by itself or as the file of a form. */
record RequestBody(byte[] content, boolean isJson) {
  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=\"?([^\";,]{1,70})\"?", Pattern.CASE_INSENSITIVE);

  private static final String END_OF_HEAD = "\r\n\r\n";

  /**
   * Takes a body apart.
   *
   * @param type the header Content-Type; only a form's is believed, for curl calls all it sends a
   *     form of another kind
   * @throws Problem if it is empty, or a form without a file
   */
  static RequestBody of(byte[] body, String type) throws Problem {
    byte[] content = type.startsWith("multipart/") ? file(body, type) : body;
    int first = 0;
    while (first < content.length - 1 && Character.isWhitespace(content[first])) {
      first++;
    }
    if (content.length == 0) {
      throw new Problem(400, "the body is empty; send a picture, or pixels as JSON");
    }
    boolean json = content[first] == '[' || content[first] == '{';
    return new RequestBody(content, json || type.startsWith("application/json"));
  }

  /** The content of the first file of a form (RFC 7578). */
  private static byte[] file(byte[] form, String type) throws Problem {
    Matcher boundary = BOUNDARY.matcher(type);
    if (!boundary.find()) {
      throw new Problem(400, "the form's Content-Type has no boundary");
    }
    String delimiter = "--" + boundary.group(1);
    String text = new String(form, StandardCharsets.ISO_8859_1);
    int part = text.indexOf(delimiter);
    while (part >= 0) {
      int head = text.indexOf(END_OF_HEAD, part);
      int end = text.indexOf("\r\n" + delimiter, part + delimiter.length());
      if (head >= 0 && head <= end && text.substring(part, head).contains("filename=")) {
        return Arrays.copyOfRange(form, Math.min(end, head + END_OF_HEAD.length()), end);
      }
      part = end < 0 ? -1 : end + 2;
    }
    throw new Problem(400, "the form has no file; with curl that is -F file=@FILE");
  }
}
