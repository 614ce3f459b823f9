package io.mnist4j.data.tabular;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mnist4j.data.ImageSize;
import io.mnist4j.data.Samples;
import io.mnist4j.data.source.DiskFile;
import io.mnist4j.data.source.FileEntry;
import io.mnist4j.errors.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Small tables on disk, and what is read from them. */
final class TableFixture {
  /** Where the file lies. */
  final Path file;

  /** What the reader said. */
  final List<String> notes = new ArrayList<>();

  private final Reading reader;

  /** One of the readers. */
  interface Reading {
    Samples read(FileEntry entry, TableOptions options, Consumer<String> notes)
        throws DataException;
  }

  TableFixture(Path folder, Reading reader) {
    this.file = folder.resolve("table");
    this.reader = reader;
  }

  Samples read(String text) throws Exception {
    return read(text, TableOptions.DEFAULT);
  }

  Samples read(String text, TableOptions options) throws Exception {
    return read(text.getBytes(StandardCharsets.UTF_8), options);
  }

  Samples read(byte[] content, TableOptions options) throws Exception {
    notes.clear();
    return reader.read(write(content), options, notes::add);
  }

  FileEntry write(byte[] content) throws IOException, DataException {
    Files.write(file, content);
    return DiskFile.of(file);
  }

  /** The message, without the name of the file, which it begins with. */
  String refused(String text, TableOptions options) throws IOException {
    return refused(text.getBytes(StandardCharsets.UTF_8), options);
  }

  String refused(byte[] content, TableOptions options) throws IOException {
    Files.write(file, content);
    String message =
        assertThrows(
                DataException.class,
                () -> reader.read(DiskFile.of(file), options, notes::add),
                () -> new String(content, StandardCharsets.ISO_8859_1))
            .getMessage();
    assertEquals(1, message.lines().count(), message);
    return message.replace(file.toString(), "");
  }

  void assertRefused(String expected, String text) throws IOException {
    assertEquals(expected, refused(text, TableOptions.DEFAULT));
  }

  static TableOptions label(String column) {
    return new TableOptions(Optional.empty(), column);
  }

  static TableOptions size(int height, int width) {
    return new TableOptions(Optional.of(new ImageSize(height, width)), TableOptions.AUTO);
  }

  static void assertPixels(Samples samples, int... expected) {
    int[] found = new int[samples.pixels().length];
    for (int i = 0; i < found.length; i++) {
      found[i] = Byte.toUnsignedInt(samples.pixels()[i]);
    }
    assertArrayEquals(expected, found);
  }

  static void assertLabels(Samples samples, int... expected) {
    assertArrayEquals(expected, samples.labels().orElseThrow());
  }
}
