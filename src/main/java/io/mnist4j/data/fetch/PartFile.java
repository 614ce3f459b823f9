package io.mnist4j.data.fetch;

import io.mnist4j.data.catalogue.FileRole;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that is not whole yet, next to where it will lie: {@code <name>.part}. */
final class PartFile implements AutoCloseable {
  private final FileChannel channel;

  private PartFile(FileChannel channel) {
    this.channel = channel;
  }

  static Path path(Path folder, FileRole role) {
    return folder.resolve(role.gzipName() + ".part");
  }

  /** Opens what an earlier start left, or begins. */
  static PartFile open(Path part) throws IOException {
    return new PartFile(
        FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
  }

  long size() throws IOException {
    return channel.size();
  }

  /** Drops everything from this index on; the next bytes go there. */
  void continueAt(long index) throws IOException {
    channel.truncate(index).position(index);
  }

  void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  long position() throws IOException {
    return channel.position();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
