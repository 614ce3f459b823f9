package io.mnist4j.train.tensorboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.SessionLog;
import org.tensorflow.proto.Summary;

/** Event files, read by TensorFlow's own message classes, each checksum compared. */
class TensorBoardWriterTest {
  private static final long NOW = 1_767_225_600_123L;

  @TempDir Path directory;

  @Test
  void scalarsAreReadByTensorFlow() throws Exception {
    try (TensorBoardWriter writer = TensorBoardWriter.create(directory, 0, NOW)) {
      writer.scalar("loss/train", 0, 2.25, NOW + 1);
      writer.scalar("loss/train", 300, 1e-3, NOW + 2);
      writer.scalar("Genauigkeit \u2013 Prüfung", (1L << 40) + 5, Double.NaN, NOW + 3);
      writer.scalar("x".repeat(300), Long.MAX_VALUE, Double.NEGATIVE_INFINITY, NOW + 4);
    }
    List<Event> events = read(files().get(0));
    assertEquals(5, events.size());
    assertEquals("brain.Event:2", events.get(0).getFileVersion());
    assertEquals(NOW / 1e3, events.get(0).getWallTime());
    assertScalar(events.get(1), "loss/train", 0, 2.25f, NOW + 1);
    assertScalar(events.get(2), "loss/train", 300, 1e-3f, NOW + 2);
    assertScalar(events.get(3), "Genauigkeit \u2013 Prüfung", (1L << 40) + 5, Float.NaN, NOW + 3);
    assertScalar(events.get(4), "x".repeat(300), Long.MAX_VALUE, Float.NEGATIVE_INFINITY, NOW + 4);
  }

  /**
   * The first bytes of every event file of TensorFlow's: 24 bytes follow, and a checksum of that.
   */
  @Test
  void framingIsThatOfTensorFlow() throws Exception {
    TensorBoardWriter.create(directory, 0, NOW).close();
    byte[] start = Arrays.copyOf(Files.readAllBytes(files().get(0)), 12);
    assertEquals("1800000000000000a37f4b22", HexFormat.of().formatHex(start));
  }

  @Test
  void eachPointIsThereAtOnce() throws Exception {
    try (TensorBoardWriter writer = TensorBoardWriter.create(directory, 0, NOW)) {
      writer.scalar("loss", 1, 0.5, NOW);
      assertEquals(2, read(files().get(0)).size());
    }
  }

  @Test
  void resumedRunGoesOnInANewFileThatComesLater() throws Exception {
    Path folder = directory.resolve("not/there");
    TensorBoardWriter.create(folder, 0, NOW).close();
    TensorBoardWriter.create(folder, 0, NOW).close();
    TensorBoardWriter.create(folder, 7, NOW + 60_000).close();
    try (Stream<Path> list = Files.list(folder)) {
      List<String> names = list.map(file -> file.getFileName().toString()).sorted().toList();
      assertEquals(3, names.size());
      assertTrue(names.get(0).startsWith("events.out.tfevents.1767225600."), names.get(0));
      assertTrue(names.get(1).startsWith("events.out.tfevents.1767225601."), names.get(1));
      assertTrue(names.get(2).startsWith("events.out.tfevents.1767225660."), names.get(2));
      assertEquals(1, read(folder.resolve(names.get(0))).size());
      List<Event> resumed = read(folder.resolve(names.get(2)));
      assertEquals(2, resumed.size());
      assertEquals(SessionLog.SessionStatus.START, resumed.get(1).getSessionLog().getStatus());
      assertEquals(7, resumed.get(1).getStep());
    }
  }

  @Test
  void fullDiskIsNamedWithTheFile() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    TensorBoardWriter writer = new TensorBoardWriter(Path.of("events"), full);
    FileSystemException refused =
        assertThrows(FileSystemException.class, () -> writer.scalar("loss", 1, 0.5, NOW));
    assertEquals("events: No space left on device", refused.getMessage());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> list = Files.list(directory)) {
      return list.toList();
    }
  }

  private static void assertScalar(Event event, String tag, long step, float value, long millis) {
    assertEquals(step, event.getStep());
    assertEquals(millis / 1e3, event.getWallTime());
    assertEquals(1, event.getSummary().getValueCount());
    Summary.Value entry = event.getSummary().getValue(0);
    assertEquals(tag, entry.getTag());
    assertEquals(Summary.Value.ValueCase.SIMPLE_VALUE, entry.getValueCase());
    assertEquals(value, entry.getSimpleValue());
    assertEquals(0, event.getUnknownFields().getSerializedSize());
  }

  private static List<Event> read(Path file) throws IOException {
    List<Event> events = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      byte[] length = checked(in, Long.BYTES);
      long size = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
      events.add(Event.parseFrom(checked(in, Math.toIntExact(size))));
    }
    return events;
  }

  /** Reads so many bytes, and the masked CRC-32C that follows them. */
  private static byte[] checked(ByteBuffer in, int size) {
    byte[] bytes = new byte[size];
    in.get(bytes);
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    int unmasked = Integer.rotateLeft(in.getInt() - 0xa282ead8, 15);
    assertEquals((int) crc.getValue(), unmasked, "checksum of the bytes before " + in.position());
    return bytes;
  }
}
