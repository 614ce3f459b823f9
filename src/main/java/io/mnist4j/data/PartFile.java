package io.mnist4j.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

  /** Has the disk keep what was written. */
  void sync() throws IOException {
    channel.force(true);
  }

  /** Renames the finished file; whoever looks sees the old one or the new one, whole. */
  static void install(Path part, Path target) throws IOException {
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel folder = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    } catch (IOException e) {
      // Not every system opens folders; the rename is then as durable as the system makes it.
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
