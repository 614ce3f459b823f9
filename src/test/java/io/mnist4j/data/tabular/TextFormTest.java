package io.mnist4j.data.tabular;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextFormTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "label,pixel0\n5,0\n",
        "5,0,0\n4,0,0\n",
        "5;0;0\r\n4;0;0\r\n",
        "5\t0\t0",
        "5 0 0.5\n4 1e2 0\n",
        "file,label\na.png,5\n",
        "\n\nname,x\n"
      })
  void knowsCsv(String text) {
    assertForm(TextForm.CSV, text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@relation mnist\n",
        "% a comment\n\n  @RELATION 'a b'\n@attribute x",
        "@attribute a,b numeric\n"
      })
  void knowsArff(String text) {
    assertForm(TextForm.ARFF, text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5 153:0.0117647 154:0.0705882 \n0 128:0.2\n",
        "# made by a program\n1 1:5\n2\n",
        "-1 1:.5 2:1e-3 # why\n",
        "3 qid:1 1:5\n",
        "5 1:2 3:4 5:6 7:8"
      })
  void knowsLibsvm(String text) {
    assertForm(TextForm.LIBSVM, text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \n",
        "hello\n",
        "hello world, this\nis text\n",
        "two words\nand two\n",
        "{\"a\": 1,\n\"b\": 2}\n",
        "[1,2]\n",
        "<html>,\n",
        "epochs: 5\nseed: 1\n",
        "P5 28 28\n\u0000\u0001",
        "1\n2\n3\n",
        "\u001f\u008b,a\n"
      })
  void knowsWhatIsNoTable(String text) {
    assertEquals(Optional.empty(), TextForm.of(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** Rows that are longer than what is looked at. */
  @Test
  void knowsARowWithoutItsEnd() {
    String header =
        IntStream.range(0, 784).mapToObj(i -> "pixel" + i).collect(Collectors.joining(","));
    assertForm(TextForm.CSV, header.substring(0, 4_000));
    assertForm(TextForm.CSV, "5" + ",0".repeat(1_000) + ",");
    assertForm(TextForm.LIBSVM, "5 1:3" + " 12:0.5".repeat(400) + " 13:");
    assertForm(TextForm.LIBSVM, "5 1:3" + " 12:0.5".repeat(400) + " 1");
    assertEquals(Optional.empty(), TextForm.of(" ".repeat(5_000).getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void knowsNoOtherFilesOfTheProject() throws Exception {
    for (String file : new String[] {"README.md", "pom.xml", "configs/default.yaml", "LICENSE"}) {
      assertEquals(Optional.empty(), TextForm.of(Files.readAllBytes(Path.of(file))), file);
    }
  }

  private static void assertForm(TextForm form, String text) {
    assertEquals(Optional.of(form), TextForm.of(text.getBytes(StandardCharsets.UTF_8)));
  }
}
