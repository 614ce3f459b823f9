package io.mnist4j.data.npy;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bytes of a zip, on disk or in memory, read at any place by any thread. */
interface ZipBytes extends Closeable {
  /** How many there are. */
  long length() throws IOException;

  /**
   * Some of them, in the order of a zip's numbers.
   *
   * @throws EOFException if there are none, or fewer, at this place
   */
  ByteBuffer at(long position, int count) throws IOException;

  /** Those of an entry, which must be there. */
  InputStream stream(long position, long count);

  /** Of a file, which stays open. */
  static ZipBytes of(Path file) throws IOException {
    return new OnDisk(FileChannel.open(file, StandardOpenOption.READ));
  }

  /** Of an array, which is not copied. */
  static ZipBytes of(byte[] zip) {
    return new InMemory(zip);
  }

  /** In an array. */
  record InMemory(byte[] zip) implements ZipBytes {
    @Override
    public long length() {
      return zip.length;
    }

    @Override
    public ByteBuffer at(long position, int count) throws IOException {
      if (position < 0 || position > zip.length - count) {
        throw new EOFException();
      }
      return ByteBuffer.wrap(zip, (int) position, count).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public InputStream stream(long position, long count) {
      return new ByteArrayInputStream(zip, (int) position, (int) count);
    }

    @Override
    public void close() {}
  }

  /** In a file. */
  record OnDisk(FileChannel file) implements ZipBytes {
    @Override
    public long length() throws IOException {
      return file.size();
    }

    @Override
    public ByteBuffer at(long position, int count) throws IOException {
      if (position < 0 || position > length() - count) {
        throw new EOFException();
      }
      ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
      while (bytes.hasRemaining()) {
        if (file.read(bytes, position + bytes.position()) < 0) {
          throw new EOFException();
        }
      }
      return bytes.flip();
    }

    @Override
    public InputStream stream(long position, long count) {
      return new FileSection(file, position, position + count);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  /** A part of a file. */
  final class FileSection extends InputStream {
    private final FileChannel file;
    private final long end;
    private long position;

    FileSection(FileChannel file, long start, long end) {
      this.file = file;
      this.end = end;
      position = start;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (position >= end) {
        return -1;
      }
      int most = (int) Math.min(length, end - position);
      int read = file.read(ByteBuffer.wrap(bytes, offset, most), position);
      position += Math.max(0, read);
      return read;
    }
  }
}
