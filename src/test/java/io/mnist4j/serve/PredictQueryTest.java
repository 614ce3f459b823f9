package io.mnist4j.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.model.InputRange;
import io.mnist4j.serve.http.LocalServer;
import io.mnist4j.serve.http.Problem;
import io.mnist4j.serve.http.Responses;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictQueryTest {
  private final AtomicReference<PredictQuery> parsed = new AtomicReference<>();
  private LocalServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        LocalServer.of(
            (request, response, callback) -> {
              try {
                parsed.set(PredictQuery.of(request, InputRange.BYTES));
              } catch (Problem problem) {
                return Responses.problem(response, callback, problem);
              }
              return Responses.text(response, callback, "text/plain", "");
            });
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void allParametersHaveDefaults() throws Exception {
    assertEquals(new PredictQuery(false, false, false, 0, InputRange.BYTES), parse(""));
    assertEquals(
        new PredictQuery(true, true, true, 0.5, InputRange.BYTES),
        parse("?image=true&explain=1&segment&reject=0.5"));
    assertEquals(
        new PredictQuery(false, false, false, 0, new InputRange(1, -1)),
        parse("?image=false&explain=0&scale=1..-1"));
  }

  @ParameterizedTest
  @CsvSource({
    "?images=true, there is no parameter images; there are",
    "?image=yes, 'image is true or false, not yes'",
    "?reject=2, 'reject is from 0 to 1, not 2'",
    "?reject=some, 'reject is from 0 to 1, not some'",
    "?scale=5, scale: a range is PAPER..INK",
    "?a=%zz, what follows the ? of the address is malformed",
  })
  void mistakesAreNamed(String query, String message) throws Exception {
    String response = server.respond("GET", "/" + query);
    assertTrue(response.startsWith("HTTP/1.1 400 "), response);
    assertTrue(response.contains("\"detail\":\"" + message), response);
  }

  private PredictQuery parse(String query) throws Exception {
    String response = server.respond("GET", "/" + query);
    assertTrue(response.startsWith("HTTP/1.1 200 "), response);
    return parsed.get();
  }
}
