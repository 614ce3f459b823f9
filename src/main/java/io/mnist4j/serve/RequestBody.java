package io.mnist4j.serve;

import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.model.InputRange;
import io.mnist4j.serve.http.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client sends: images, or a picture, as JSON or as a file, by itself or in a form.
 *
 * @param images of the network's size
 * @param picture the content of a file; empty where there are images
 */
record RequestBody(List<GreyImage> images, Optional<byte[]> picture) {
  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=\"?([^\";,]{1,70})\"?", Pattern.CASE_INSENSITIVE);

  private static final String END_OF_HEAD = "\r\n\r\n";

  /**
   * Reads a body.
   *
   * @param type the header Content-Type, or nothing. JSON is told by its content as well, for curl
   *     calls all that it sends a form
   * @param input what the network takes
   * @param range what the numbers of paper and of ink are
   * @throws Problem if it is empty, a form without a file, or JSON of something else
   */
  static RequestBody of(byte[] body, String type, ModelJson.Input input, InputRange range)
      throws Problem {
    byte[] content = type.startsWith("multipart/") ? file(body, type) : body;
    if (content.length == 0) {
      throw new Problem(400, "the body is empty; send a picture, or pixels as JSON");
    }
    int first = 0;
    while (first < content.length - 1 && Character.isWhitespace(content[first])) {
      first++;
    }
    boolean json = content[first] == '[' || content[first] == '{';
    return json || type.startsWith("application/json")
        ? PixelArrays.read(content, input.height(), input.width(), range)
        : new RequestBody(List.of(), Optional.of(content));
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
