package io.mnist4j.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.model.InputRange;
import io.mnist4j.serve.http.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PixelArraysTest {
  private static final byte[] PIXELS = {0, 1, 2, 3, 100, (byte) 255};

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[0,1,2,3,100,255]",
        " [[0, 1, 2],\n [3, 1e2, 255.0]] ",
        "[[0,1,2,3,100,255]]",
        "[[[0,1,2],[3,100,255]]]"
      })
  void oneImageInAllItsShapes(String json) throws Exception {
    List<GreyImage> images = read(json, InputRange.BYTES);
    assertEquals(1, images.size());
    assertEquals(2, images.get(0).height());
    assertEquals(3, images.get(0).width());
    assertArrayEquals(PIXELS, images.get(0).pixels());
  }

  @Test
  void manyImages() throws Exception {
    List<GreyImage> images =
        read("[[0,1,2,3,100,255],[0,0,0,0,0,9],[0,1,2,3,100,255]]", InputRange.BYTES);
    assertEquals(3, images.size());
    assertArrayEquals(new byte[] {0, 0, 0, 0, 0, 9}, images.get(1).pixels());
    assertArrayEquals(PIXELS, images.get(2).pixels());
  }

  @Test
  void numbersAreScaledFromTheirRange() throws Exception {
    byte[] expected = {0, (byte) 128, (byte) 255, 0, 0, 0};
    assertArrayEquals(expected, read("[0,0.5,1,0,0,0]", InputRange.UNIT).get(0).pixels());
    assertArrayEquals(expected, read("[1,0.5,0,1,1,1]", new InputRange(1, 0)).get(0).pixels());
    assertArrayEquals(expected, read("[-1,0,1,-1,-1,-1]", new InputRange(-1, 1)).get(0).pixels());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                    | an array of pixels is expected, or the key instances or image",
        "{\"a\":[1]}             | the key a is not known",
        "{\"image\":1}           | an array of pixels is expected, or the key instances or image",
        "{\"instances\":[1]}     | the array is [1]",
        "[1,2,3]               | the array is [3]; for this model an image is [6] or [2, 3]",
        "[]                    | the array is [0]",
        "[[1,2,3],[1,2]]       | an array of 2 where others have 3 (line 1, column 14)",
        "[1,2,3,4,5,6] 7       | something follows after the end",
        "[1,[2]]               | a pixel is expected (line 1, column 4)",
        "[1,null]              | a pixel is expected (line 1, column 4)",
        "[[[[1]]]]             | a pixel is expected (line 1, column 4)",
        "[1,2                  | not JSON: ",
        "[1,,2]                | not JSON: ",
        "[0,0,0,0,0,256]       | pixel 5 is 256, which is outside of 0..255; ?scale=PAPER..INK",
        "[0,0,0,0,0,-0.5]      | pixel 5 is -0.5, which is outside of 0..255",
        "[0,0.5,0,0,0,0]       | the pixels look like 0..1, but 0..255 is expected; ?scale=0..1",
        "[0,1,0,0,0,0]         | the pixels look like 0..1, but 0..255 is expected; ?scale=0..1",
      })
  void saysWhatIsWrong(String json, String message) {
    Problem problem = assertThrows(Problem.class, () -> read(json, InputRange.BYTES));
    assertEquals(400, problem.status());
    assertTrue(problem.getMessage().startsWith(message), problem.getMessage());
  }

  @Test
  void limitsNumbersAndImages() {
    String digits = "[" + "9".repeat(41) + "]";
    Problem problem = assertThrows(Problem.class, () -> read(digits, InputRange.BYTES));
    assertTrue(problem.getMessage().startsWith("a number of too many digits"));
    String many = "[" + "[0,0,0,0,0,0],".repeat(1_000) + "[0,0,0,0,0,0]]";
    problem = assertThrows(Problem.class, () -> read(many, InputRange.BYTES));
    assertEquals(413, problem.status());
    assertEquals("more than 1,000 images in one request", problem.getMessage());
  }

  @Test
  void objectsHoldInstancesOrAPicture() throws Exception {
    List<GreyImage> images =
        read("{\"signature_name\":\"x\",\"instances\":[[0,1,2,3,100,255]]}", InputRange.BYTES);
    assertArrayEquals(PIXELS, images.get(0).pixels());
    for (String text : List.of("data:image/png;base64,AQID", "AQID")) {
      byte[] json = ("{\"image\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8);
      assertArrayEquals(
          new byte[] {1, 2, 3},
          PixelArrays.read(json, 2, 3, InputRange.BYTES).picture().orElseThrow());
    }
  }

  private static List<GreyImage> read(String json, InputRange range) throws Problem {
    return PixelArrays.read(json.getBytes(StandardCharsets.UTF_8), 2, 3, range).images();
  }
}
