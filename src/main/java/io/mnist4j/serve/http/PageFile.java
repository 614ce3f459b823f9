package io.mnist4j.serve.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A file of the page, kept in memory. */
public final class PageFile implements Request.Handler {
  private final String contentType;
  private final byte[] content;
  private final String tag;

  /**
   * @param name of a resource beside this class
   */
  public PageFile(String name, String contentType) {
    this.contentType = contentType;
    try (InputStream in = PageFile.class.getResourceAsStream(name)) {
      content = in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    CRC32 crc = new CRC32();
    crc.update(content);
    tag = '"' + HexFormat.of().toHexDigits((int) crc.getValue()) + '"';
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.ETAG, tag);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
    if (tag.equals(request.getHeaders().get(HttpHeader.IF_NONE_MATCH))) {
      response.setStatus(304);
      callback.succeeded();
      return true;
    }
    return Responses.write(response, callback, 200, contentType, content);
  }
}
