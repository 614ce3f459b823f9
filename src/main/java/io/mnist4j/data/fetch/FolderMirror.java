package io.mnist4j.data.fetch;

import io.mnist4j.data.fetch.TransferException.Remedy;
import io.mnist4j.files.FileProblem;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A mirror that is a folder of this machine. */
record FolderMirror(Path folder, Duration stallTimeout) implements Mirror {
  @Override
  public String name() {
    return folder.toString();
  }

  @Override
  public ResponseBody open(String file, long offset) throws TransferException {
    Path path = folder.resolve(file);
    if (FileProblem.isNoFile(path)) {
      throw new TransferException(Remedy.NEXT_MIRROR, file + " is no file");
    }
    try {
      SeekableByteChannel channel = Files.newByteChannel(path);
      long total = channel.size();
      long start = offset <= total ? offset : 0;
      return new ResponseBody(
          Channels.newInputStream(channel.position(start)),
          start,
          total,
          stallTimeout,
          FolderMirror::failure);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private static TransferException failure(IOException e) {
    return new TransferException(Remedy.NEXT_MIRROR, FileProblem.reason(e));
  }
}
