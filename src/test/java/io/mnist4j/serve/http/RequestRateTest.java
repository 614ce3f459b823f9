package io.mnist4j.serve.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.jetty.util.NanoTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestRateTest {
  private static final long SECOND = 1_000_000_000;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 50})
  void asManyPassAsAreAllowed(int perSecond) {
    long start = NanoTime.now() + SECOND;
    RequestRate rate = new RequestRate(perSecond);
    for (int second = 0; second < 5; second++) {
      int passed = 0;
      for (int i = 0; i < 3 * perSecond; i++) {
        passed += rate.onRequest(start + second * SECOND) ? 1 : 0;
      }
      assertEquals(perSecond, passed, "second " + second);
    }
  }

  /** Requests that are refused do not keep the client out. */
  @Test
  void aClientThatAsksTooOftenIsServedAtTheRate() {
    long start = NanoTime.now() + SECOND;
    RequestRate rate = new RequestRate(4);
    int passed = 0;
    for (int i = 0; i < 100; i++) {
      passed += rate.onRequest(start + i * SECOND / 10) ? 1 : 0;
    }
    // Those of the first second at once, and four in each of ten seconds.
    assertTrue(passed >= 42 && passed <= 44, passed + " passed");
    assertTrue(NanoTime.until(rate.getExpireNanoTime()) > 10 * SECOND);
  }
}
