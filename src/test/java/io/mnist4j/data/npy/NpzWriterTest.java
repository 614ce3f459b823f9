package io.mnist4j.data.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.Part;
import io.mnist4j.data.Samples;
import io.mnist4j.data.store.RealMnist;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class NpzWriterTest {
  private static final ImageSet SET =
      new ImageSet(
          2, 3, new byte[] {0, 1, 2, 3, 4, (byte) 255, 6, 7, 8, 9, 10, 11}, new byte[] {5, 0});

  @TempDir Path folder;

  @Test
  void writesWhatItReads() throws Exception {
    Map<Part, ImageSet> parts =
        Map.of(Part.TEST, SET, Part.TRAIN, SET.subset(new int[] {1}), Part.VALIDATION, SET);
    Path file = folder.resolve("a.npz");
    NpzWriter.write(Files.newOutputStream(file), parts);
    Map<Part, Samples> read =
        NpyDataset.read(
            List.of(NpyFixture.inArchive("a.npz", Files.readAllBytes(file))), Optional.empty());
    assertEquals(3, read.size());
    assertArrayEquals(SET.pixels(), read.get(Part.TEST).pixels());
    assertArrayEquals(new int[] {5, 0}, read.get(Part.VALIDATION).labels().orElseThrow());
    assertArrayEquals(new int[] {0}, read.get(Part.TRAIN).labels().orElseThrow());
  }

  @Test
  void hasTheNamesOfKerasAndAlignedHeaders() throws Exception {
    byte[] npz = written(Map.of(Part.TRAIN, SET, Part.TEST, SET));
    List<String> names = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(npz))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        names.add(entry.getName());
        byte[] content = zip.readAllBytes();
        int values = entry.getName().startsWith("x") ? 12 : 2;
        String header =
            new String(content, 10, content.length - values - 10, StandardCharsets.US_ASCII);
        assertEquals(0, (content.length - values) % 64);
        String shape = entry.getName().startsWith("x") ? "(2, 2, 3)" : "(2,)";
        assertEquals(
            "{'descr': '|u1', 'fortran_order': False, 'shape': " + shape + ", }", header.strip());
        assertEquals('\n', header.charAt(header.length() - 1));
      }
    }
    assertEquals(List.of("x_train.npy", "y_train.npy", "x_test.npy", "y_test.npy"), names);
  }

  @Test
  void theSameImagesGiveTheSameBytesInEachTimeZone() throws Exception {
    byte[] here = written(Map.of(Part.TRAIN, SET));
    TimeZone zone = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
      assertArrayEquals(here, written(Map.of(Part.TRAIN, SET)));
    } finally {
      TimeZone.setDefault(zone);
    }
  }

  @Test
  @EnabledIf(value = "io.mnist4j.data.store.RealMnist#isPresent", disabledReason = RealMnist.ABSENT)
  void mnistComesBack() throws Exception {
    ImageSet mnist = RealMnist.test();
    Path file = Files.write(folder.resolve("mnist.npz"), written(Map.of(Part.TEST, mnist)));
    Samples read =
        NpyDataset.read(
                List.of(NpyFixture.onDisk(folder, "mnist.npz", Files.readAllBytes(file))),
                Optional.empty())
            .get(Part.TEST);
    assertArrayEquals(mnist.pixels(), read.pixels());
    int[] labels = new int[mnist.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = mnist.label(i);
    }
    assertArrayEquals(labels, read.labels().orElseThrow());
  }

  private static byte[] written(Map<Part, ImageSet> parts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    NpzWriter.write(bytes, parts);
    return bytes.toByteArray();
  }
}
