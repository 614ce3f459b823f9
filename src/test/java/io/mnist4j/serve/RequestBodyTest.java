package io.mnist4j.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mnist4j.serve.http.Problem;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestBodyTest {
  private static final String FORM = "multipart/form-data; boundary=\"a b\"";

  @ParameterizedTest
  @CsvSource({
    "'[1]', '', true",
    "' {\"a\":1}', application/x-www-form-urlencoded, true",
    "PNG, image/png, false",
    "1, application/json, true",
  })
  void jsonIsToldByItsContent(String content, String type, boolean json) throws Problem {
    RequestBody body = RequestBody.of(bytes(content), type);
    assertEquals(json, body.isJson());
    assertEquals(content, text(body));
  }

  @Test
  void theFileOfAFormIsTaken() throws Problem {
    String form =
        "--a b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n"
            + "--a b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x.png\"\r\n"
            + "Content-Type: image/png\r\n\r\nPNG\r\n--content\r\n\r\n--a b--\r\n";
    assertEquals("PNG\r\n--content\r\n", text(RequestBody.of(bytes(form), FORM)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''    | ''        | the body is empty",
        "--x-- | multipart/form-data | the form's Content-Type has no boundary",
        "--x-- | multipart/form-data; boundary=x | the form has no file",
        "--x filename= | multipart/form-data; boundary=x | the form has no file",
      })
  void saysWhatIsMissing(String content, String type, String message) {
    Problem problem = assertThrows(Problem.class, () -> RequestBody.of(bytes(content), type));
    assertEquals(400, problem.status());
    assertEquals(message, problem.getMessage().replaceFirst("; .*", ""));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String text(RequestBody body) {
    return new String(body.content(), StandardCharsets.ISO_8859_1);
  }
}
