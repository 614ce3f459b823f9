package io.mnist4j.data.parquet;

import io.mnist4j.data.source.FileEntry;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;

/** A file that is read at any place: on disk, or out of an archive in memory. */
final class ParquetBytes implements Closeable {
  /** The longest file that is taken out of an archive. */
  private static final int MAX_IN_MEMORY = 1 << 30;

  /** The longest array that HotSpot allocates. */
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  /** Null if the file is in memory. */
  private final FileChannel channel;

  private final byte[] memory;

  private ParquetBytes(FileChannel channel, byte[] memory) {
    this.channel = channel;
    this.memory = memory;
  }

  static ParquetBytes open(FileEntry file) throws IOException {
    if (file.path().isPresent()) {
      Path path = file.path().get();
      return new ParquetBytes(FileChannel.open(path), new byte[0]);
    }
    try (InputStream in = file.open()) {
      byte[] head = in.readNBytes(ParquetMagic.BYTES);
      // Before all of it is taken into memory.
      ParquetMagic.require(head);
      byte[] rest = in.readNBytes(MAX_IN_MEMORY - head.length + 1);
      if (rest.length > MAX_IN_MEMORY - head.length) {
        throw new ParquetFormatException(
            "longer than %d MiB; take it out of its archive".formatted(MAX_IN_MEMORY >> 20));
      }
      byte[] all = Arrays.copyOf(head, head.length + rest.length);
      System.arraycopy(rest, 0, all, head.length, rest.length);
      return new ParquetBytes(null, all);
    }
  }

  long length() throws IOException {
    return channel == null ? memory.length : channel.size();
  }

  /**
   * Reads some bytes.
   *
   * @throws ParquetFormatException if the file has not so many there, or they are too many
   */
  byte[] read(long at, long count) throws IOException {
    if (at < 0 || count < 0 || at > length() || count > length() - at) {
      throw new ParquetFormatException(
          "expected %d bytes from byte %d on, found a file of %d bytes"
              .formatted(count, at, length()));
    }
    if (count > MAX_ARRAY) {
      throw new ParquetFormatException(
          "%d bytes in one group of rows; save it with smaller ones".formatted(count));
    }
    if (channel == null) {
      return Arrays.copyOfRange(memory, (int) at, (int) (at + count));
    }
    ByteBuffer buffer = ByteBuffer.allocate((int) count);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        throw new ParquetFormatException("became shorter while it was read");
      }
    }
    return buffer.array();
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
