package io.mnist4j.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mnist4j.model.InputRange;
import io.mnist4j.serve.http.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestBodyTest {
  private static final String FORM = "multipart/form-data; boundary=\"a b\"";

  private static final ModelJson.Input TWO_PIXELS = new ModelJson.Input(1, 2, false);

  @ParameterizedTest
  @CsvSource({
    "' [1,9]', ''",
    "'{\"instances\":[[1,9]]}', application/x-www-form-urlencoded",
    "'[[[1,9]]]', application/json",
  })
  void jsonIsToldByItsContent(String content, String type) throws Problem {
    RequestBody body = of(content, type);
    assertArrayEquals(new byte[] {1, 9}, body.images().get(0).pixels());
    assertEquals(Optional.empty(), body.picture());
  }

  @Test
  void allElseIsAPicture() throws Problem {
    assertEquals("PNG", text(of("PNG", "image/png")));
  }

  @Test
  void theFileOfAFormIsTaken() throws Problem {
    String form =
        """
        --a b
        Content-Disposition: form-data; name="note"

        hello
        --a b
        Content-Disposition: form-data; name="f"; filename="x.png"
        Content-Type: image/png

        PNG
        --content

        --a b--
        """;
    assertEquals("PNG\r\n--content\r\n", text(of(form.replace("\n", "\r\n"), FORM)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''    | ''        | the body is empty",
        "--x-- | multipart/form-data | the form's Content-Type has no boundary",
        "--x-- | multipart/form-data; boundary=x | the form has no file",
        "1 | application/json | an array of pixels is expected, or an array of such arrays",
        "--x filename= | multipart/form-data; boundary=x | the form has no file",
      })
  void saysWhatIsMissing(String content, String type, String message) {
    Problem problem = assertThrows(Problem.class, () -> of(content, type));
    assertEquals(400, problem.status());
    assertEquals(message, problem.getMessage().replaceFirst("; .*", ""));
  }

  private static RequestBody of(String content, String type) throws Problem {
    return RequestBody.of(
        content.getBytes(StandardCharsets.ISO_8859_1), type, TWO_PIXELS, InputRange.BYTES);
  }

  private static String text(RequestBody body) {
    return new String(body.picture().orElseThrow(), StandardCharsets.ISO_8859_1);
  }
}
