package io.mnist4j.data.fetch;

import io.mnist4j.data.fetch.TransferException.Remedy;
import io.mnist4j.files.FileProblem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A mirror that is a folder of this machine. */
final class FileSource implements Mirror {
  private final Path folder;

  FileSource(Path folder) {
    this.folder = folder;
  }

  @Override
  public String name() {
    return folder.toString();
  }

  @Override
  public ResponseBody open(String file, long offset) throws TransferException {
    try {
      SeekableByteChannel channel = Files.newByteChannel(folder.resolve(file));
      long start = offset <= channel.size() ? offset : 0;
      return new Copy(channel.position(start), start, channel.size());
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private static TransferException failure(IOException e) {
    return new TransferException(Remedy.NEXT_MIRROR, FileProblem.reason(e));
  }

  private record Copy(SeekableByteChannel channel, long start, long total) implements ResponseBody {
    @Override
    public ByteBuffer next() throws TransferException {
      ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
      try {
        return channel.read(bytes) < 0 ? null : bytes.flip();
      } catch (IOException e) {
        throw failure(e);
      }
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        // Only read from: nothing is lost.
      }
    }
  }
}
