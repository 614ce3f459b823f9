package io.mnist4j.data.tabular;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.ImageSize;
import io.mnist4j.data.Samples;
import io.mnist4j.data.store.RealMnist;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvWriterTest {
  private static final List<String> DIGITS =
      IntStream.range(0, 10).mapToObj(String::valueOf).toList();

  @TempDir Path folder;

  @Test
  void writesTheFormOfKaggle() throws IOException {
    ImageSet images = new ImageSet(1, 2, new byte[] {0, (byte) 255, 7, 100}, new byte[] {1, 0});
    assertEquals(
        "label,pixel0,pixel1\n1,0,255\n0,7,100\n",
        new String(written(images, List.of("0", "1")), StandardCharsets.UTF_8));
    assertEquals(
        "label,pixel0,pixel1\n\"b,\"\"c\"\"\",0,255\nä,7,100\n",
        new String(written(images, List.of("ä", "b,\"c\"")), StandardCharsets.UTF_8));
  }

  @Test
  void comesBackAsItWas() throws Exception {
    byte[] pixels = new byte[300 * 784];
    new Random(1).nextBytes(pixels);
    byte[] labels = new byte[300];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (i * 7 % 10);
    }
    assertComesBack(new ImageSet(28, 28, pixels, labels));
    assertComesBack(new ImageSet(14, 56, pixels, labels));
    assertComesBack(new ImageSet(1, 1, new byte[] {0, 0, 9}, new byte[] {1, 2, 3}));
  }

  /** Which the reader would take for paper and ink. */
  @Test
  void imagesOfZerosAndOnesComeBackToo() throws Exception {
    assertComesBack(new ImageSet(1, 2, new byte[] {0, 1, 1, 0}, new byte[] {3, 4}));
    assertComesBack(new ImageSet(1, 2, new byte[] {0, -1, -1, 0}, new byte[] {3, 4}));
    assertComesBack(new ImageSet(1, 2, new byte[4], new byte[] {3, 4}));
  }

  @Test
  void namesComeBack() throws Exception {
    ImageSet images = new ImageSet(1, 1, new byte[] {5, 6, 7}, new byte[] {1, 0, 1});
    List<String> names = List.of("T-shirt", "a \"b\", c");
    Samples samples = read(written(images, names), new ImageSize(1, 1));
    assertEquals(List.of("a \"b\", c", "T-shirt"), samples.labelNames());
    assertArrayEquals(new int[] {0, 1, 0}, samples.labels().orElseThrow());
  }

  @Test
  void theRealMnistComesBack() throws Exception {
    assumeTrue(RealMnist.isPresent(), RealMnist.ABSENT);
    ImageSet all = RealMnist.test();
    assertComesBack(all.subset(IntStream.range(0, 4_000).toArray()));
  }

  private void assertComesBack(ImageSet images) throws Exception {
    ImageSize size = new ImageSize(images.height(), images.width());
    Samples samples = read(written(images, DIGITS), size);
    assertEquals(size, samples.size());
    assertEquals(images.size(), samples.count());
    assertArrayEquals(images.pixels(), samples.pixels());
    assertArrayEquals(
        IntStream.range(0, images.size()).map(images::label).toArray(),
        samples.labels().orElseThrow());
  }

  private static byte[] written(ImageSet images, List<String> names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CsvWriter.write(images, names, bytes);
    return bytes.toByteArray();
  }

  private Samples read(byte[] content, ImageSize size) throws Exception {
    TableOptions options = new TableOptions(Optional.of(size), TableOptions.AUTO);
    TableFixture table = new TableFixture(folder, CsvReader::read);
    return table.read(content, options);
  }
}
