package io.mnist4j.data.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResponseHeadersTest {
  @Test
  void contentRange() {
    assertEquals(
        Optional.of(new ResponseHeaders.ContentRange(5, 10)),
        ResponseHeaders.contentRange("bytes 5-9/10"));
    assertEquals(
        Optional.of(new ResponseHeaders.ContentRange(5, -1)),
        ResponseHeaders.contentRange("bytes 5-9/*"));
    for (String wrong : List.of("", "bytes */10", "bytes 9-5/10", "bytes 5-10/10", "lines 1-2/3")) {
      assertEquals(Optional.empty(), ResponseHeaders.contentRange(wrong), wrong);
    }
  }

  @Test
  void retryAfter() {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    assertEquals(Optional.of(Duration.ofSeconds(7)), ResponseHeaders.retryAfter("7", now));
    assertEquals(
        Optional.of(Duration.ofMinutes(1)),
        ResponseHeaders.retryAfter("Thu, 1 Jan 2026 00:01:00 GMT", now));
    assertEquals(
        Optional.of(Duration.ZERO),
        ResponseHeaders.retryAfter("Wed, 31 Dec 2025 23:00:00 GMT", now));
    assertEquals(Optional.empty(), ResponseHeaders.retryAfter("soon", now));
  }
}
